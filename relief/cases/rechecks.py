"""Whose living aid needs its re-check? Told to the list of visits that are due (spine: re-check after three months)."""

from __future__ import annotations

import sqlalchemy as sa

from relief.cases.models import AwardPart, Case, Instalment
from relief.domain.aid.routine import LIVING
from relief.domain.visit_codes import VisitKind
from relief.domain.workflow import State
from relief.visits.due import DUE_ON, also_due, days_later
from relief.visits.models import Visit

RECHECK_AFTER = 3
THREE_MONTHS = 91


@also_due
def living_aid() -> sa.Subquery:
    """Households with a living aid that still runs: three months after the approval, or after a later verification."""
    checked = (
        sa.select(sa.func.max(Visit.on))
        .where(
            Visit.household_id == Case.household_id, Visit.kind == VisitKind.VERIFICATION, Visit.on > Case.approved_on
        )
        .correlate(Case)
        .scalar_subquery()
    )
    runs = (
        sa.select(sa.func.count())
        .select_from(Instalment)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .where(AwardPart.case_id == Case.id, Instalment.dropped_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )
    since = sa.func.coalesce(checked, Case.approved_on, type_=sa.Date)
    return (
        sa.select(Case.household_id, days_later(since, THREE_MONTHS).label(DUE_ON))
        .where(
            Case.item == LIVING, Case.state.in_((State.APPROVED, State.IN_PAYMENT)), Case.approved_on.is_not(None),
            runs > RECHECK_AFTER,
        )
        .subquery()
    )
