"""Which step takes a case out of which state? (spine, 'The life of a case'; notices 公示 beside it)"""

from __future__ import annotations

from enum import StrEnum

from relief.domain.labels import label
from relief.domain.sentences import Sentence
from relief.domain.workflow.taking import EMERGENCY, ORDINARY, Step


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

WITHOUT_AID = (State.REFUSED, State.WITHDRAWN, State.REVOKED)
ENDS = frozenset({State.CLOSED, *WITHOUT_AID})
BEFORE_MONEY = (
    State.DRAFT, State.SUBMITTED, State.OPINION_GIVEN, State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL,
)  # fmt: skip

PROMISED = (State.APPROVED, State.IN_PAYMENT, State.PAID)

_MONEY_STOPS = ("objection", "on_hold")
_DECIDED_AGAINST = (State.REFUSED, State.REVOKED)

# A row leaves its list's common steps by the hand whose turn it is; taken on the page of the list, not of the case.
_TURNS = (
    (State.DRAFT, "case.write"), (State.SUBMITTED, "case.opinion"), (State.OPINION_GIVEN, "case.notice"),
    (State.ON_NOTICE, "case.notice"), (State.FORWARDED, "case.review"), (State.IN_APPROVAL, "case.approve"),
)  # fmt: skip


def _list_steps(verb: str, text: Sentence) -> tuple[Step, ...]:
    return tuple(Step(verb, text, permission, (state,), by_itself=True) for state, permission in _TURNS)


CASE_STEPS: tuple[Step, ...] = (
    Step("edit", label("Mend the application"), "case.write", (State.DRAFT,), hand="enter"),
    Step("submit", label("Submit"), "case.write", (State.DRAFT,), State.SUBMITTED, hand="enter"),
    Step("ask_urgently", label("Ask for emergency aid"), "case.write", (State.DRAFT,), State.IN_APPROVAL, hand="enter",
         stopped_by=("on_hold",), lane=ORDINARY),
    Step("discard", label("Discard the draft"), "case.write", (State.DRAFT,), danger=True),
    Step("give_opinion", label("Give the unit's opinion"), "case.opinion", (State.SUBMITTED,),
         State.OPINION_GIVEN, hand="opinion", stopped_by=("on_hold",)),
    Step("give_opinion", label("Give the unit's opinion"), "case.opinion", PROMISED, hand="opinion",
         stopped_by=("settled", "has_opinion"), lane=EMERGENCY),
    Step("post_notice", label("Post the notice"), "case.notice", (State.OPINION_GIVEN,), State.ON_NOTICE,
         stopped_by=("on_hold",)),
    Step("post_notice", label("Post the notice"), "case.notice", PROMISED,
         stopped_by=("settled", "no_opinion", "has_notice"), lane=EMERGENCY),
    Step("record_objection", label("Record an objection"), "case.notice",
         (State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL), stopped_by=("objection",)),
    Step("record_objection", label("Record an objection"), "case.notice", PROMISED,
         stopped_by=("objection", "settled"), lane=EMERGENCY),
    Step("settle_objection", label("Settle the objection"), "case.objection",
         (State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL), hand="settle"),
    Step("settle_objection", label("Settle the objection"), "case.objection", PROMISED, hand="settle", lane=EMERGENCY),
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
         hand="undo", stopped_by=("on_hold",)),
    Step("resume", label("Resume"), "case.hold", (*BEFORE_MONEY, State.APPROVED, State.IN_PAYMENT), hand="undo"),
    Step("withdraw", label("Withdraw the case"), "case.write", (*BEFORE_MONEY, State.APPROVED), State.WITHDRAWN,
         reasons="withdraw", danger=True),
    *_list_steps("lift_out", label("Lift out of the list")),
    *_list_steps("put_back", label("Put back on the list")),
    Step("recall", label("Take the approval back"), "case.approve", (State.APPROVED,), State.FORWARDED,
         hand="undo", danger=True, lane=ORDINARY),
    Step("recall", label("Take the approval back"), "case.approve", (State.APPROVED,), State.DRAFT,
         hand="undo", danger=True, lane=EMERGENCY),
    Step("ratify", label("Ratify the emergency aid"), "case.ratify", PROMISED, hand="ratify",
         stopped_by=("objection", "settled", "no_opinion", "no_notice"), lane=EMERGENCY),
    Step("enter_sheet", label("Put on a sheet"), "sheet.make", (State.APPROVED, State.IN_PAYMENT),
         State.IN_PAYMENT, stopped_by=_MONEY_STOPS, by_itself=True),
    Step("leave_sheet", label("Take off the sheet"), "sheet.make", (State.IN_PAYMENT,), State.APPROVED,
         by_itself=True),
    Step("finish_payment", label("Last payment succeeded"), "payment.record", (State.IN_PAYMENT,), State.PAID,
         by_itself=True),
    Step("reopen_payment", label("A payment came back"), "payment.record", (State.PAID, State.FOLLOWED_UP,
         State.CLOSED), State.IN_PAYMENT, by_itself=True),
    Step("end_months", label("End the monthly aid"), "case.end_months", (State.IN_PAYMENT,), hand="undo", reasons="end",
         danger=True, by_itself=True),
    Step("follow_up", label("Record the follow-up"), "case.follow_up", (State.PAID,), State.FOLLOWED_UP,
         hand="follow_up", stopped_by=("unratified",)),
    Step("close", label("Close the case"), "case.follow_up", (State.FOLLOWED_UP,), State.CLOSED),
    Step("revoke", label("Revoke"), "case.revoke", (State.APPROVED, State.IN_PAYMENT, State.PAID,
         State.FOLLOWED_UP, State.CLOSED), State.REVOKED, hand="undo", reasons="revoke", danger=True),
    Step("record_appeal", label("Record an appeal"), "appeal.write", _DECIDED_AGAINST, stopped_by=("appeal", "final")),
    Step("judge_appeal", label("Answer the appeal"), "appeal.judge", _DECIDED_AGAINST, hand="appeal",
         stopped_by=("no_appeal",)),
    Step("reopen", label("Opened again"), "appeal.judge", (State.REFUSED,), State.SUBMITTED, by_itself=True),
    Step("reopen", label("Opened again"), "appeal.judge", (State.REVOKED,), State.FORWARDED, by_itself=True),
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
