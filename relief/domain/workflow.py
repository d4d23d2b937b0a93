"""Which step leaves which state? The one table that buttons, checks and the record read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from relief.domain.errors import WrongState
from relief.domain.labels import label
from relief.domain.permissions import Actor, roles_with
from relief.domain.sentences import Sentence, sentence


class State(StrEnum):
    """States of a case (spine, 'The life of a case')."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OPINION_GIVEN = "opinion_given"
    ON_NOTICE = "on_notice"
    FORWARDED = "forwarded"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    IN_PAYMENT = "in_payment"
    PAID = "paid"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"

    @property
    def label(self) -> Sentence:
        return STATE_LABELS[self]


STATE_LABELS: dict[State, Sentence] = {
    State.DRAFT: label("Draft"),
    State.SUBMITTED: label("Waiting for the unit's opinion"),
    State.OPINION_GIVEN: label("Waiting for notice"),
    State.ON_NOTICE: label("On public notice"),
    State.FORWARDED: label("Waiting for review"),
    State.IN_APPROVAL: label("Waiting for approval"),
    State.APPROVED: label("Waiting for payment"),
    State.IN_PAYMENT: label("Being paid"),
    State.PAID: label("Paid"),
    State.FOLLOWED_UP: label("Followed up"),
    State.CLOSED: label("Closed"),
    State.REFUSED: label("Refused"),
    State.WITHDRAWN: label("Withdrawn"),
    State.REVOKED: label("Revoked"),
}

ENDS = frozenset({State.CLOSED, State.REFUSED, State.WITHDRAWN, State.REVOKED})
BEFORE_MONEY = (
    State.DRAFT, State.SUBMITTED, State.OPINION_GIVEN, State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL,
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One row of a step table: who may take what out of which states, and where it leads.

    `leads_to` None means that the state stays, or that the step computes it (send back and resubmit, the last
    approval). `hand` names the part that the actor plays, for the rule of incompatible hands. `reasons` names
    the family of reason codes that must be given. `by_itself`: a consequence or a job takes it, nobody clicks.
    """

    verb: str
    label: Sentence
    permission: str
    leaves: tuple[str, ...]
    leads_to: str | None = None
    hand: str | None = None
    reasons: str | None = None
    stopped_by: tuple[str, ...] = ()
    danger: bool = False
    by_itself: bool = False


_MONEY_STOPS = ("objection", "on_hold")

CASE_STEPS: tuple[Step, ...] = (
    Step("edit", label("Mend the application"), "case.write", (State.DRAFT,), hand="enter"),
    Step("submit", label("Submit"), "case.write", (State.DRAFT,), State.SUBMITTED, hand="enter"),
    Step("discard", label("Discard the draft"), "case.write", (State.DRAFT,), danger=True),
    Step("give_opinion", label("Give the unit's opinion"), "case.opinion", (State.SUBMITTED,),
         State.OPINION_GIVEN, hand="opinion", stopped_by=("on_hold",)),
    Step("post_notice", label("Post the notice"), "case.notice", (State.OPINION_GIVEN,), State.ON_NOTICE,
         stopped_by=("on_hold",)),
    Step("record_objection", label("Record an objection"), "case.notice",
         (State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL), stopped_by=("objection",)),
    Step("settle_objection", label("Settle the objection"), "case.objection",
         (State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL), hand="settle"),
    Step("end_notice", label("End the notice"), "case.notice", (State.ON_NOTICE,), State.FORWARDED,
         stopped_by=_MONEY_STOPS, by_itself=True),
    Step("review", label("Pass the review"), "case.review", (State.FORWARDED,), State.IN_APPROVAL,
         hand="review", stopped_by=_MONEY_STOPS),
    Step("approve", label("Approve"), "case.approve", (State.IN_APPROVAL,), hand="decide",
         stopped_by=_MONEY_STOPS),
    Step("send_back", label("Send back to be mended"), "case.opinion", (State.SUBMITTED,), State.DRAFT,
         hand="opinion", reasons="return"),
    Step("send_back", label("Send back to be mended"), "case.review", (State.FORWARDED,), State.DRAFT,
         hand="review", reasons="return"),
    Step("send_back", label("Send back to be mended"), "case.approve", (State.IN_APPROVAL,), State.DRAFT,
         hand="decide", reasons="return"),
    Step("refuse", label("Refuse"), "case.opinion", (State.SUBMITTED,), State.REFUSED, hand="opinion",
         reasons="refuse", danger=True),
    Step("refuse", label("Refuse"), "case.review", (State.FORWARDED,), State.REFUSED, hand="review",
         reasons="refuse", danger=True),
    Step("refuse", label("Refuse"), "case.approve", (State.IN_APPROVAL,), State.REFUSED, hand="decide",
         reasons="refuse", danger=True),
    Step("hold", label("Put on hold"), "case.hold", (*BEFORE_MONEY, State.APPROVED, State.IN_PAYMENT),
         stopped_by=("on_hold",)),
    Step("resume", label("Resume"), "case.hold", (*BEFORE_MONEY, State.APPROVED, State.IN_PAYMENT)),
    Step("withdraw", label("Withdraw"), "case.write", (*BEFORE_MONEY, State.APPROVED), State.WITHDRAWN,
         reasons="withdraw", danger=True),
    Step("recall", label("Take the approval back"), "case.approve", (State.APPROVED,), State.FORWARDED,
         hand="undo", danger=True),
    Step("enter_sheet", label("Put on a sheet"), "sheet.make", (State.APPROVED, State.IN_PAYMENT),
         State.IN_PAYMENT, stopped_by=_MONEY_STOPS, by_itself=True),
    Step("leave_sheet", label("Take off the sheet"), "sheet.make", (State.IN_PAYMENT,), State.APPROVED,
         by_itself=True),
    Step("finish_payment", label("Last payment succeeded"), "payment.record", (State.IN_PAYMENT,), State.PAID,
         by_itself=True),
    Step("reopen_payment", label("A payment came back"), "payment.record", (State.PAID, State.FOLLOWED_UP),
         State.IN_PAYMENT, by_itself=True),
    Step("follow_up", label("Record the follow-up"), "case.follow_up", (State.PAID,), State.FOLLOWED_UP,
         hand="follow_up"),
    Step("close", label("Close the case"), "case.follow_up", (State.FOLLOWED_UP,), State.CLOSED),
    Step("revoke", label("Revoke"), "case.revoke", (State.APPROVED, State.IN_PAYMENT, State.PAID,
         State.FOLLOWED_UP), State.REVOKED, hand="undo", reasons="revoke", danger=True),
)  # fmt: skip


class SheetState(StrEnum):
    """States of a disbursement sheet 发放表."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RELEASED = "released"
    SENT = "sent"
    RECONCILED = "reconciled"
    CLOSED = "closed"


SHEET_STEPS: tuple[Step, ...] = (
    Step("gather", label("Gather rows"), "sheet.make", (SheetState.DRAFT,)),
    Step("remove_row", label("Take a row off"), "sheet.make", (SheetState.DRAFT,)),
    Step("discard", label("Discard the sheet"), "sheet.make", (SheetState.DRAFT,), danger=True),
    Step("submit", label("Submit the sheet"), "sheet.make", (SheetState.DRAFT,), SheetState.SUBMITTED,
         hand="make"),
    Step("return", label("Return to the maker"), "sheet.release", (SheetState.SUBMITTED,), SheetState.DRAFT,
         hand="release"),
    Step("release", label("Release the money"), "sheet.release", (SheetState.SUBMITTED,), SheetState.RELEASED,
         hand="release"),
    Step("send", label("Mark as sent to the bank"), "payment.record", (SheetState.RELEASED,), SheetState.SENT,
         hand="pay"),
    Step("record", label("Record results"), "payment.record", (SheetState.SENT, SheetState.RECONCILED)),
    Step("reconcile", label("All results recorded"), "payment.record", (SheetState.SENT,),
         SheetState.RECONCILED, by_itself=True),
    Step("book", label("Enter the accounting numbers"), "sheet.make",
         (SheetState.RELEASED, SheetState.SENT, SheetState.RECONCILED)),
    Step("close", label("Close the sheet"), "sheet.make", (SheetState.RECONCILED,), SheetState.CLOSED),
)  # fmt: skip


class PaymentState(StrEnum):
    """States of one attempt to pay one instalment."""

    PLANNED = "planned"
    ON_SHEET = "on_sheet"
    RELEASED = "released"
    SENT = "sent"
    SUCCEEDED = "succeeded"
    BOUNCED = "bounced"
    VOID = "void"


PAYMENT_STEPS: tuple[Step, ...] = (
    Step("put_on_sheet", label("Put on a sheet"), "sheet.make", (PaymentState.PLANNED,), PaymentState.ON_SHEET),
    Step("take_off_sheet", label("Take off the sheet"), "sheet.make", (PaymentState.ON_SHEET,),
         PaymentState.PLANNED),
    Step("release", label("Release"), "sheet.release", (PaymentState.ON_SHEET,), PaymentState.RELEASED),
    Step("send", label("Send to the bank"), "payment.record", (PaymentState.RELEASED,), PaymentState.SENT),
    Step("succeed", label("Mark as succeeded"), "payment.record", (PaymentState.SENT,), PaymentState.SUCCEEDED),
    Step("bounce", label("Mark as bounced"), "payment.record", (PaymentState.SENT, PaymentState.SUCCEEDED),
         PaymentState.BOUNCED),
    Step("pay_again", label("Pay again"), "sheet.make", (PaymentState.BOUNCED,)),
    Step("void", label("Void"), "sheet.make", (PaymentState.PLANNED, PaymentState.ON_SHEET,
         PaymentState.RELEASED), PaymentState.VOID),
)  # fmt: skip


class VoucherState(StrEnum):
    """States of a voucher 领款单; how often it was printed is a count beside it."""

    MADE = "made"
    PRINTED = "printed"
    SIGNED = "signed"
    ARCHIVED = "archived"
    VOID = "void"


VOUCHER_STEPS: tuple[Step, ...] = (
    Step("print", label("Print"), "voucher.print", (VoucherState.MADE,), VoucherState.PRINTED),
    Step("reprint", label("Print again"), "voucher.print", (VoucherState.PRINTED, VoucherState.SIGNED)),
    Step("sign", label("Record the signature"), "payment.record", (VoucherState.PRINTED,), VoucherState.SIGNED),
    Step("archive", label("Archive"), "voucher.print", (VoucherState.SIGNED,), VoucherState.ARCHIVED),
    Step("void", label("Void"), "voucher.void", (VoucherState.MADE, VoucherState.PRINTED, VoucherState.SIGNED),
         VoucherState.VOID, reasons="void", danger=True),
)  # fmt: skip


class NoticeState(StrEnum):
    """States of a public notice 公示."""

    DRAFT = "draft"
    POSTED = "posted"
    ENDED = "ended"
    STOPPED = "stopped"
    TAKEN_DOWN = "taken_down"


NOTICE_STEPS: tuple[Step, ...] = (
    Step("post", label("Post the notice"), "case.notice", (NoticeState.DRAFT,), NoticeState.POSTED),
    Step("stop", label("Stop the notice"), "case.notice", (NoticeState.POSTED, NoticeState.ENDED),
         NoticeState.STOPPED),
    Step("resume", label("Let the notice go on"), "case.objection", (NoticeState.STOPPED,),
         NoticeState.POSTED),
    Step("end", label("End the notice"), "case.notice", (NoticeState.POSTED,), NoticeState.ENDED,
         by_itself=True),
    Step("take_down", label("Take the notice down"), "case.notice", (NoticeState.ENDED, NoticeState.STOPPED),
         NoticeState.TAKEN_DOWN),
)  # fmt: skip

STOPS: dict[str, Sentence] = {
    "objection": label("An objection is open."),
    "on_hold": label("The case is on hold."),
}


@dataclass(frozen=True)
class Offer:
    """A button: what it does, and why it is not there (`why_not` None: it is)."""

    verb: str
    label: Sentence
    why_not: Sentence | None = None
    danger: bool = False

    @property
    def is_open(self) -> bool:
        return self.why_not is None


def find_step(steps: Sequence[Step], verb: str, state: str) -> Step:
    """The row for a verb out of a state; WrongState with a sentence where there is none."""
    named = [step for step in steps if step.verb == verb]
    for step in named:
        if state in step.leaves:
            return step
    raise WrongState(None, "“%(step)s” is not possible now: the state has moved on.", step=named[0].label)


def take(steps: Sequence[Step], verb: str, state: str, by: Actor, stops: Iterable[str] = ()) -> Step:
    """The step, judged for state, role and stops; raises WrongState or NotAllowed with the reason."""
    step = find_step(steps, verb, state)
    by.require(step.permission)
    for stop in stops:
        if stop in step.stopped_by:
            raise WrongState(None, STOPS[stop].message)
    return step


def offers(
    steps: Sequence[Step], state: str, by: Actor, stops: Iterable[str] = (), reasons: dict[str, Sentence] | None = None
) -> list[Offer]:
    """Every step out of this state as a button for this actor, closed ones with the reason.

    `reasons` (verb → sentence) are the findings of gates and hands; role and stops are judged here. A step of
    another role is told as whose turn it is.
    """
    stops, reasons = tuple(stops), reasons or {}
    found: list[Offer] = []
    for step in steps:
        if state not in step.leaves or step.by_itself:
            continue
        found.append(Offer(step.verb, step.label, _why_not(step, by, stops, reasons), step.danger))
    return found


def _why_not(step: Step, by: Actor, stops: tuple[str, ...], reasons: dict[str, Sentence]) -> Sentence | None:
    if not by.can(step.permission):
        who = tuple(role.label for role in roles_with(step.permission))
        return sentence("This is done by: %(roles)s.", roles=who)
    for stop in stops:
        if stop in step.stopped_by:
            return STOPS[stop]
    return reasons.get(step.verb)
