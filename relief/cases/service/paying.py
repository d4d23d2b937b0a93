"""What does paying do to a case? The payments room tells it; nobody clicks these steps."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from relief import clock
from relief.cases.models import AwardPart, Case, Instalment
from relief.cases.service.grounds import grounds_of
from relief.cases.service.steps import judge, log, move_to
from relief.db import db, locked
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.workflow import State


def enter_sheets(cases: Sequence[Case], sheet_number: str, *, by: Actor) -> None:
    """A payment of each of these cases was put on a sheet; they are locked, and their grounds are read at once."""
    for case in cases:
        if case.state != State.APPROVED:
            judge(case, "enter_sheet", by)
    fresh = [case for case in cases if case.state == State.APPROVED]
    for case, ground in zip(fresh, grounds_of(fresh, by) if fresh else [], strict=True):
        step = judge(case, "enter_sheet", by, ground.hands)
        log(case, step, move_to(case, State.IN_PAYMENT, ground), changes={"sheet": sheet_number}, by=by)


def leave_sheet(case_id: int, *, by: Actor) -> None:
    """The last payment of the case that was under way came off its sheet."""
    case = locked(Case, case_id)
    if case.state == State.IN_PAYMENT:
        step = judge(case, "leave_sheet", by)
        log(case, step, move_to(case, State.APPROVED), by=by)


def finish_payment(case_id: int, *, by: Actor) -> None:
    """Every instalment of the case was paid."""
    case = locked(Case, case_id)
    step = judge(case, "finish_payment", by)
    log(case, step, move_to(case, State.PAID), by=by)


def await_month(case_id: int, month: Month) -> None:
    """The next instalment falls due in a month to come: the case is in time until that month ends."""
    if month > Month.of(clock.today()):
        locked(Case, case_id).due_on = month.last_day


def reopen_payment(case_id: int, *, by: Actor) -> None:
    """A payment that had succeeded came back."""
    case = locked(Case, case_id)
    if case.state in (State.PAID, State.FOLLOWED_UP, State.CLOSED):
        step = judge(case, "reopen_payment", by)
        case.ended_at = None
        log(case, step, move_to(case, State.IN_PAYMENT), by=by)


def open_instalments(case_id: int) -> list[Instalment]:
    """The instalments of a case that are not dropped."""
    statement = (
        sa.select(Instalment)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .where(AwardPart.case_id == case_id, Instalment.dropped_at.is_(None))
        .order_by(Instalment.id)
    )
    return list(db.session.scalars(statement))
