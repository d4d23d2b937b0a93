"""Whose living aid needs its re-check? Told to the list of visits that are due (spine: re-check after three months)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief.cases.models import AwardPart, Case, Instalment
from relief.db import db
from relief.domain.aid.routine import LIVING
from relief.domain.visit_codes import VisitKind
from relief.domain.workflow import State
from relief.visits.due import DUE_ON, also_due
from relief.visits.models import Visit

RECHECK_AFTER = 3


@also_due
def living_aid() -> sa.Subquery:
    """Households whose living aid stops without a visit: due on the first day of the month that would not be paid.

    A month after the third wants a verification after the approval that is not older than three months (the rule is
    `Routine.instalment_stop`); once one month is covered, so are those before it.
    """
    checked = (
        sa.select(sa.func.max(Visit.on))
        .where(
            Visit.household_id == Case.household_id, Visit.kind == VisitKind.VERIFICATION, Visit.on > Case.approved_on
        )
        .correlate(Case)
        .scalar_subquery()
    )
    return (
        sa.select(Case.household_id, sa.func.min(_first_day(Instalment.due_month), type_=sa.Date).label(DUE_ON))
        .join(AwardPart, AwardPart.case_id == Case.id)
        .join(Instalment, Instalment.part_id == AwardPart.id)
        .where(
            Case.item == LIVING, Case.state.in_((State.APPROVED, State.IN_PAYMENT)), Case.approved_on.is_not(None),
            Instalment.number > RECHECK_AFTER, Instalment.dropped_at.is_(None),
            sa.or_(checked.is_(None), checked < _first_day(Instalment.due_month, before=RECHECK_AFTER)),
        )
        .group_by(Case.household_id)
        .subquery()
    )


def _first_day(month: Any, before: int = 0) -> sa.ColumnElement[Any]:
    """The first day of a month that is kept as `2026-06`, or of so many months before, reckoned by the database."""
    first = month + "-01"
    if db.session.get_bind().dialect.name == "postgresql":
        moved = sa.func.to_date(first, "YYYY-MM-DD") - sa.func.make_interval(0, before)
        return sa.cast(moved, sa.Date)
    return sa.func.date(first, f"-{before} months", type_=sa.Date)
