"""Is a living aid's re-check asked for after three months, and settled by a verification visit?"""

from __future__ import annotations

from datetime import timedelta

from relief import clock
from relief.cases.models import AwardPart, Instalment
from relief.cases.rechecks import THREE_MONTHS
from relief.db import db, transaction
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.visits.due import WHY, list_due_visits
from tests.build import Office
from tests.build_cases import a_case, a_visit


def reasons(office: Office) -> list[object]:
    return [reason for row in list_due_visits({"why": "recheck"}, by=office.wang).rows for reason in row.reasons]


def test_a_living_aid_that_runs_on_is_checked_again_after_three_months(office: Office) -> None:
    case = a_case(office, State.APPROVED)
    with transaction():
        part = db.session.scalars(db.select(AwardPart).where(AwardPart.case_id == case.id)).one()
        case.item = "living"
        for number in range(2, 7):
            row = Instalment(part_id=part.id, number=number, amount=Money.yuan(300), due_month="2026-06")
            db.session.add(row)
    assert reasons(office) == []
    clock.set_shift(clock.shift() + timedelta(days=THREE_MONTHS))
    assert reasons(office) == [WHY["recheck"]]
    a_visit(case.household, office.wang, office.li)
    assert reasons(office) == []


def test_an_award_of_three_months_or_of_another_kind_needs_none(office: Office) -> None:
    a_case(office, State.APPROVED)
    clock.set_shift(clock.shift() + timedelta(days=THREE_MONTHS))
    assert reasons(office) == []
