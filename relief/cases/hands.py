"""Who has had a hand in a case? By person, so that nobody decides on what they did themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relief.cases.fact_rows import grouped
from relief.cases.models import Case, CaseStep, ChainLevel
from relief.cases.passing import UNUSUAL, passed_of_all
from relief.cases.ways_models import OpinionPassed
from relief.db import db
from relief.domain.approval import Hands
from relief.households.models import Member
from relief.persons.queries import relatives_of
from relief.visits.models import Visit, Visitor


@dataclass(frozen=True)
class CaseHands(Hands):
    """The hands of a case; `passed` is to whom its unit had passed the opinion on beforehand, if it had."""

    passed: OpinionPassed | None = None

    @property
    def unusual_opinion(self) -> str | None:
        """What the record calls an opinion that somebody else gives in the unit's place."""
        return UNUSUAL if self.passed else None


def hands_of(case: Case, person_id: int | None) -> CaseHands:
    """Who has had which hand in this case, by person; `person_id` is who asks, whose kin is looked up."""
    return hands_of_all([case], person_id)[0]


def hands_of_all(cases: Sequence[Case], person_id: int | None) -> list[CaseHands]:
    """The hands of many cases at once, in their order; the number of statements does not grow with them."""
    ids, households = [case.id for case in cases], sorted({case.household_id for case in cases})
    steps, levels = _steps(ids), _levels(ids)
    members, visitors = _members(households), _visitors(households)
    kin, passed = relatives_of(person_id) if person_id else frozenset(), passed_of_all(cases)
    return [
        _hands(case, steps.get(case.id, []), levels.get(case.id, []), members.get(case.household_id, []),
               visitors.get(case.household_id, []), person_id, kin, passed[place])
        for place, case in enumerate(cases)
    ]  # fmt: skip


def _hands(
    case: Case, steps: Iterable[tuple[str, int]], levels: Iterable[int], members: Iterable[int],
    visitors: Iterable[Any], person_id: int | None, kin: frozenset[int], passed: OpinionPassed | None,
) -> CaseHands:  # fmt: skip
    by_hand = grouped((str(hand), person) for hand, person in steps)
    household = frozenset(members)
    return CaseHands(
        passed=passed,
        entered=frozenset({case.entered_by, *case.details.get("writers", ()), *by_hand.get("enter", ())} - {None}),
        visited=frozenset(person for person, on in visitors if on >= case.need_on),
        took_part=frozenset(person for _hand, person in steps),
        opinion=frozenset(by_hand.get("opinion", ())),
        reviewed=frozenset(by_hand.get("review", ())),
        decided=frozenset(levels),
        household=household,
        relatives=frozenset({person_id}) if person_id and household & kin else frozenset(),
    )


def _steps(case_ids: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    rows = db.session.execute(
        sa.select(CaseStep.case_id, CaseStep.hand, sa.func.coalesce(CaseStep.on_behalf_of, CaseStep.person_id))
        .where(CaseStep.case_id.in_(case_ids), sa.func.coalesce(CaseStep.on_behalf_of, CaseStep.person_id).is_not(None))
    )  # fmt: skip
    return grouped((row[0], (row[1], row[2])) for row in rows)


def _levels(case_ids: Sequence[int]) -> dict[int, list[int]]:
    rows = db.session.execute(
        sa.select(ChainLevel.case_id, ChainLevel.decided_by).where(
            ChainLevel.case_id.in_(case_ids), ChainLevel.dropped_at.is_(None), ChainLevel.decided_by.is_not(None)
        )
    )
    return grouped((row[0], row[1]) for row in rows)


def _members(household_ids: Sequence[int]) -> dict[int, list[int]]:
    rows = db.session.execute(
        sa.select(Member.household_id, Member.person_id)
        .where(Member.household_id.in_(household_ids), Member.until.is_(None))
    )  # fmt: skip
    return grouped((row[0], row[1]) for row in rows)


def _visitors(household_ids: Sequence[int]) -> dict[int, list[tuple[int, Any]]]:
    rows = db.session.execute(
        sa.select(Visit.household_id, Visitor.person_id, Visit.on)
        .join(Visitor, Visitor.visit_id == Visit.id)
        .where(Visit.household_id.in_(household_ids), Visit.kind == "verification")
    )
    return grouped((row[0], (row[1], row[2])) for row in rows)
