"""What of an award by month is still to come, what is on its way, and does its next month wait for a re-check?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief import clock
from relief.cases.models import Case, Instalment
from relief.cases.service import open_instalments
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.labels import label
from relief.domain.money import Money, total
from relief.domain.month import Month
from relief.domain.sentences import Sentence
from relief.domain.workflow import PaymentState, State
from relief.payments.facts import Waiting, stops_of
from relief.payments.models import Payment

GONE_OUT = (PaymentState.RELEASED, PaymentState.SENT, PaymentState.SUCCEEDED)


@dataclass(frozen=True)
class ToCome:
    """The months of an award that nobody has sent out yet, and those that went out; `stop`: why the next one waits."""

    left: Sequence[Instalment]
    gone: Sequence[Instalment]
    stop: Sentence | None

    @property
    def amount(self) -> Money:
        """What goes back to the fund when the award ends here."""
        return total(one.amount for one in self.left)

    @property
    def given(self) -> Money:
        """What the household keeps: it arrived, or is on its way."""
        return total(one.amount for one in self.gone)


def months_to_come(case: Case) -> ToCome | None:
    """The months of a running award by month; None for every other case."""
    if case.state != State.IN_PAYMENT or not case.months or not find_kind(case.kind).runs_by_month:
        return None
    left, gone = split_instalments(case.id)
    return ToCome(left, gone, _stop(case, left))


def bar_to_end(coming: ToCome | None) -> Sentence | None:
    """Why an award cannot be ended before its last month; None when it can."""
    if coming is None or not coming.left:
        return label("No month of this award is still to come.")
    if not coming.gone:
        return label("Nothing of this award went out yet: take the approval back, or withdraw the case.")
    return None


def split_instalments(case_id: int) -> tuple[list[Instalment], list[Instalment]]:
    """Open instalments of a case that may still be dropped, and those that are on their way or arrived."""
    gone = set(db.session.scalars(
        sa.select(Payment.instalment_id).where(Payment.case_id == case_id, Payment.state.in_(GONE_OUT))
    ))  # fmt: skip
    listed = open_instalments(case_id)
    return [one for one in listed if one.id not in gone], [one for one in listed if one.id in gone]


def _stop(case: Case, left: Sequence[Instalment]) -> Sentence | None:
    """Why the next month is not paid, once it has come."""
    if not left or Month.parse(left[0].due_month) > Month.of(clock.today()):
        return None
    return stops_of([Waiting(left[0], case, None, left[0].part)]).get(left[0].id)
