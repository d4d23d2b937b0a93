"""Who has had a hand in a case? By person, so that nobody decides on what they did themselves."""

from __future__ import annotations

import sqlalchemy as sa

from relief.cases.facts import list_members
from relief.cases.models import Case, CaseStep, ChainLevel
from relief.db import db
from relief.domain.approval import Hands
from relief.persons.queries import relatives_of
from relief.visits.models import Visit, Visitor


def hands_of(case: Case, person_id: int | None) -> Hands:
    """Who has had which hand in this case, by person; `person_id` is who asks, whose kin is looked up."""
    taken = db.session.execute(
        sa.select(CaseStep.hand, sa.func.coalesce(CaseStep.on_behalf_of, CaseStep.person_id))
        .where(CaseStep.case_id == case.id, CaseStep.hand.is_not(None))
    ).all()  # fmt: skip
    by_hand: dict[str, set[int]] = {}
    for hand, person in taken:
        by_hand.setdefault(str(hand), set()).add(person)
    levels = sa.select(ChainLevel.decided_by).where(
        ChainLevel.case_id == case.id, ChainLevel.dropped_at.is_(None), ChainLevel.decided_by.is_not(None)
    )
    household = frozenset(member.person_id for member in list_members(case.household_id))
    return Hands(
        entered=frozenset({case.entered_by, *case.details.get("writers", ()), *by_hand.get("enter", ())} - {None}),
        visited=_visitors(case),
        opinion=frozenset(by_hand.get("opinion", ())),
        reviewed=frozenset(by_hand.get("review", ())),
        decided=frozenset(person for person in db.session.scalars(levels) if person),
        household=household,
        relatives=frozenset({person_id}) if person_id and household & relatives_of(person_id) else frozenset(),
    )


def _visitors(case: Case) -> frozenset[int]:
    since = case.need_on
    statement = (
        sa.select(Visitor.person_id)
        .join(Visit, Visit.id == Visitor.visit_id)
        .where(Visit.household_id == case.household_id, Visit.kind == "verification", Visit.on >= since)
    )
    return frozenset(db.session.scalars(statement))
