"""Who is due for a visit: a planned day that came, nobody seen for half a year, and whose rows are seen by whom?"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from relief import clock
from relief.domain.errors import NotAllowed
from relief.visits.due import HALF_A_YEAR, WHY, count_due_visits, list_due_visits
from relief.web.paging import Ask
from tests.build import Office, a_household
from tests.rooms.visits.conftest import Log
from tests.signing_in import sign_in_as


def days(count: int) -> timedelta:
    return timedelta(days=count)


def test_a_household_never_visited_is_due_since_its_file_was_opened(office: Office, household: object) -> None:
    (row,) = list_due_visits({}, by=office.wang).rows
    assert (row.id, row.reasons) == (household.id, [WHY["never"]])


def test_a_visit_settles_it_for_half_a_year(office: Office, log: Log) -> None:
    log(on=clock.today() - days(HALF_A_YEAR - 1))
    assert list_due_visits({}, by=office.wang).rows == []
    clock.set_shift(clock.shift() + days(1))
    (row,) = list_due_visits({}, by=office.wang).rows
    assert (row.reasons, row.days_late) == ([WHY["long_ago"]], 0)


def test_a_telephone_follow_up_is_no_visit(office: Office, log: Log) -> None:
    log(kind="follow_up")
    assert [row.reasons for row in list_due_visits({}, by=office.wang).rows] == [[WHY["never"]]]


def test_a_day_put_down_is_due_when_it_comes_until_somebody_went(office: Office, log: Log) -> None:
    log(on=clock.today() - days(20), next_on=clock.today() + days(1))
    assert count_due_visits({}, by=office.wang) == 0
    clock.set_shift(clock.shift() + days(1))
    (row,) = list_due_visits({"why": "planned"}, by=office.wang).rows
    assert row.planned_on == clock.today() and row.seen_on == clock.today() - days(21)
    log()
    assert list_due_visits({}, by=office.wang).rows == []


def test_the_longest_overdue_stands_first_and_pages_turn(
    office: Office, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ask.__init__, "__defaults__", (None, False, 2))
    log(on=clock.today() - days(400))
    late, later = a_household(office, "李文"), a_household(office, "韩梅")
    log(household_id=late.id, on=clock.today() - days(300))
    log(household_id=later.id, on=clock.today() - days(200))
    first = list_due_visits({}, by=office.wang)
    second = list_due_visits({}, by=office.wang, ask=Ask.read(first.next_key, None, 2))
    assert [row.id for row in (*first.rows, *second.rows)][1:] == [late.id, later.id]
    assert [row.days_late for row in second.rows] == [200 - HALF_A_YEAR]
    back = list_due_visits({}, by=office.wang, ask=Ask.read(None, second.previous_key, 2))
    assert [row.id for row in back.rows] == [row.id for row in first.rows]


def test_another_units_household_is_not_listed_and_the_unit_is_a_filter(office: Office, household: object) -> None:
    assert list_due_visits({}, by=office.zhao).rows == []
    assert list_due_visits({"unit": str(office.hongqi.id)}, by=office.chen).rows == []
    assert len(list_due_visits({"unit": str(office.bureau.id)}, by=office.chen).rows) == 1
    with pytest.raises(NotAllowed):
        list_due_visits({}, by=office.zhou)


def test_the_page_masks_the_telephone_and_is_taken_away(
    office: Office, client: FlaskClient, household: object
) -> None:
    sign_in_as(client, "wang")
    page = client.get("/visits/due").text
    assert household.number in page and household.head.phone not in page
    assert household.head.phone_masked in page
    book = client.get("/visits/due/download?why=never")
    said = str(CalamineWorkbook.from_filelike(BytesIO(book.data)).get_sheet_by_index(0).to_python())
    assert household.number in said and household.head.phone not in said
    assert client.get("/visits/due?why=planned").status_code == 200
    sign_in_as(client, "zhou")
    assert client.get("/visits/due").status_code == 403
