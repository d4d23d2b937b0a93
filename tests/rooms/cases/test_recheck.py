"""Is a living aid's re-check asked for after three months, and settled by a verification visit?"""

from __future__ import annotations

from datetime import date, timedelta

from relief.domain.workflow import State
from relief.visits.due import WHY, list_due_visits
from tests.build import Office
from tests.build_cases import a_case, a_visit, some_money
from tests.rooms.lists.bureau import on_day
from tests.rooms.money.awards import a_living_award


def reasons(office: Office) -> list[object]:
    return [reason for row in list_due_visits({"why": "recheck"}, by=office.wang).rows for reason in row.reasons]


def test_a_living_aid_that_runs_on_is_checked_again_after_three_months(office: Office) -> None:
    some_money()
    case = a_living_award(office, 6)
    assert case.approved_on.month == 3
    on_day(date(2026, 5, 31))
    assert reasons(office) == []
    on_day(date(2026, 6, 1))  # its fourth month is not paid without the visit
    assert reasons(office) == [WHY["recheck"]]
    a_visit(case.household, office.wang, office.li)
    assert reasons(office) == []


def test_an_early_check_covers_no_month_that_is_later_than_three_after_it(office: Office) -> None:
    some_money()
    case = a_living_award(office, 6)
    on_day(case.approved_on + timedelta(days=1))
    a_visit(case.household, office.wang, office.li)
    on_day(date(2026, 6, 30))
    assert reasons(office) == []
    on_day(date(2026, 7, 1))
    assert reasons(office) == [WHY["recheck"]]


def test_an_award_of_three_months_or_of_another_kind_needs_none(office: Office) -> None:
    some_money()
    a_living_award(office, 3)
    a_case(office, State.APPROVED)
    on_day(date(2026, 12, 1))
    assert reasons(office) == []
