"""What may go on one sheet, and how is a sheet known to be the one that was signed?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relief.domain.calendar import Deadline
from relief.domain.errors import RuleBroken, WrongState
from relief.domain.labels import label
from relief.domain.money import Money, total
from relief.domain.month import Month
from relief.domain.notice import clean_from
from relief.domain.sentences import Sentence, sentence
from relief.domain.ways import Way


@dataclass(frozen=True)
class PaymentFacts:
    """What a planned payment brings to a sheet.

    `needs_notice` is false in the emergency lane, where the notice follows the payment. `notice_ends` is None
    while no notice was posted. `matches_decision`: amount, payee, account and members are those approved.
    `due`: the month in which it falls due. `stopped`: why its kind of aid stops this instalment.
    """

    fund: str
    state: str = "planned"
    way: str = "transfer"
    has_account: bool = True
    account_in_change: bool = False
    payee_deceased: bool = False
    needs_notice: bool = True
    notice_ends: Deadline | None = None
    on_hold: bool = False
    objection_open: bool = False
    matches_decision: bool = True
    due: Month | None = None
    stopped: Sentence | None = None


def may_gather(
    payment: PaymentFacts, fund: str, today: date, *, way: str | None = None, month: Month | None = None
) -> Sentence | None:
    """None when the payment may go on a sheet of this fund, way and month; else why not, the gravest reason first.

    `way` and `month` None: of whatever sheet comes next.
    """
    if payment.state != "planned":
        return label("The payment is not waiting for a sheet.")
    if payment.fund != fund:
        return sentence("This is paid from %(fund)s: a sheet holds one fund only.", fund=payment.fund)
    if way is not None and payment.way != way:
        return sentence("This is given by another way (%(way)s): a sheet has one way.", way=Way(payment.way).label)
    if month is not None and payment.due is not None and payment.due > month:
        return sentence("This instalment falls due in %(month)s only.", month=str(payment.due))
    return _stopped(payment) or _without_account(payment) or _without_notice(payment, today)


def _stopped(payment: PaymentFacts) -> Sentence | None:
    if payment.payee_deceased:
        return label("The payee has died. Name another payee, or drop the award.")
    if payment.objection_open:
        return label("An objection is open. Settle it first.")
    if payment.on_hold:
        return label("The case is on hold.")
    if payment.stopped is not None:
        return payment.stopped
    if not payment.matches_decision:
        return label("Something changed after the approval. The case must be decided anew.")
    return None


def _without_account(payment: PaymentFacts) -> Sentence | None:
    """Cash and goods need none."""
    if payment.way != "transfer":
        return None
    if not payment.has_account:
        return label("The household has no bank account on file.")
    if payment.account_in_change:
        return label("A change of the account waits for a second person.")
    return None


def _without_notice(payment: PaymentFacts, today: date) -> Sentence | None:
    """No money is released on an end that the State Council may still move."""
    if not payment.needs_notice:
        return None
    if payment.notice_ends is None:
        return label("The public notice is missing.")
    if today < clean_from(payment.notice_ends.on):
        return label("The public notice is not over yet.")
    if payment.notice_ends.provisional:
        return label("The end of the notice is provisional: the holidays of that year are not announced yet.")
    return None


def judge_open_for_rows(state: str) -> None:
    """Rows come and go on a draft only: WrongState once the sheet was submitted."""
    if state != "draft":
        raise WrongState(None, "The sheet was submitted: its rows are fixed. Ask for it back to change them.")


@dataclass(frozen=True)
class SheetRow:
    """A row as the control totals see it. `account_tail`: the last four digits, empty for cash and goods."""

    household_id: int
    amount: Money
    account_tail: str = ""


@dataclass(frozen=True)
class ControlTotals:
    """What is frozen at submission and compared at release. `tails`: the account tails added up."""

    rows: int
    households: int
    amount: Money
    tails: int


def control_totals(rows: Iterable[SheetRow]) -> ControlTotals:
    """Count of rows, of households, sum, and hash total of the account tails; the order does not matter."""
    listed = list(rows)
    return ControlTotals(
        len(listed),
        len({row.household_id for row in listed}),
        total(row.amount for row in listed),
        sum(int(row.account_tail) for row in listed if row.account_tail),
    )


def judge_totals(signed: ControlTotals, now: ControlTotals) -> None:
    """RuleBroken naming the first total that is no longer what was submitted; an empty sheet is none."""
    if not now.rows:
        raise RuleBroken("rows", "The sheet has no rows.")
    if signed.rows != now.rows:
        raise RuleBroken("rows", "%(signed)s rows were submitted, there are %(now)s.", signed=signed.rows, now=now.rows)
    if signed.amount != now.amount:
        raise RuleBroken(
            "total", "%(signed)s were submitted, the rows add up to %(now)s.", signed=signed.amount, now=now.amount
        )
    if signed.households != now.households:
        raise RuleBroken(
            "rows",
            "%(signed)s households were submitted, there are %(now)s.",
            signed=signed.households,
            now=now.households,
        )
    if signed.tails != now.tails:
        raise RuleBroken("rows", "An account on the sheet is not the one that was submitted.")
