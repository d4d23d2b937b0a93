"""The list of cases: one's own subtree, filters that stay, pages by key, few statements."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_babel import refresh

from relief import clock
from relief.cases import queries
from relief.cases import service as cases
from relief.cases.given import Application
from relief.cases.listing import list_cases
from relief.db import db
from relief.domain.errors import NotAllowed
from relief.domain.workflow import State
from relief.web.paging import Ask
from tests.build import a_household, sign_in
from tests.build_cases import a_case
from tests.rooms.cases.asking import fresh, get
from tests.rooms.cases.test_give_opinion import acting_as

STORY = "锅炉房起火"


def names(by, ask=None, **chosen):
    return [row.applicant for row in list_cases(chosen, by=by, ask=ask).rows]


def some(office, *people, **given):
    return [a_case(office, household=a_household(office, name), **given) for name in people]


def test_the_newest_first_and_only_ones_own(office):
    some(office, "张一", "张二")
    cases.open_case(
        a_household(office, "赵一", union=office.hongqi).id, "special",
        Application(event_kind="fire", event_on=clock.today(), story="x", grade=1), by=office.zhao,
    )  # fmt: skip
    assert names(office.wang) == ["张二", "张一"]
    assert names(office.zhao) == ["赵一"]
    assert names(office.chen) == ["赵一", "张二", "张一"]
    assert names(office.chen, unit=str(office.hongqi.id)) == ["赵一"]
    assert queries.count_cases({}, by=office.wang) == 2
    with pytest.raises(NotAllowed):
        list_cases({}, by=office.chu)


def test_pages_by_key_forwards_and_backwards(office, monkeypatch):
    monkeypatch.setattr(Ask.__init__, "__defaults__", (None, False, 2))
    some(office, "甲一", "甲二", "甲三", "甲四", "甲五")
    for chosen in ({}, {"order": "due"}):
        for case in db.session.scalars(db.select(cases_model())).all():
            due(case, case.id)
        first = list_cases(chosen, by=office.wang)
        second = list_cases(chosen, by=office.wang, ask=Ask.read(first.next_key, None, 2))
        third = list_cases(chosen, by=office.wang, ask=Ask.read(second.next_key, None, 2))
        seen = [row.applicant for page in (first, second, third) for row in page.rows]
        assert len(set(seen)) == 5
        assert third.next_key is None
        back = list_cases(chosen, by=office.wang, ask=Ask.read(None, third.previous_key, 2))
        assert back.rows == second.rows


def cases_model():
    from relief.cases.models import Case

    return Case


def due(case, days):
    from relief.db import transaction

    with transaction():
        row = db.session.get_one(cases_model(), case.id)
        row.due_on = clock.today() + timedelta(days=days)


@pytest.mark.parametrize("key", ["x", "WyJ4IiwxXQ", "WzEsMV0", "WyIyMDI2LTAxLTAxIiwxXQ"])
def test_a_key_that_is_none_is_the_first_page(office, client, key):
    some(office, "张一")
    page = get(client, office, "wang", f"/cases?after={key}")
    assert (page.status_code, "张一" in page.text) == (200, True)


def test_oldest_deadline_first_and_overdue(office):
    late, soon = some(office, "张晚", "张早")
    due(late, -3), due(soon, 2)
    some(office, "张无")
    assert names(office.wang, order="due") == ["张晚", "张早"]
    assert names(office.wang, flag="overdue") == ["张晚"]
    assert names(office.wang, state="draft", kind="special") == ["张无", "张早", "张晚"]


def test_a_paused_case_is_not_overdue(office):
    case = a_case(office, State.SUBMITTED)
    due(case, -1)
    assert len(names(office.li, flag="overdue")) == 1
    cases.hold(case.id, version=fresh(case).version, note="等", by=office.li)
    assert names(office.li, flag="overdue") == []
    assert len(names(office.li, flag="on_hold")) == 1


def test_waiting_for_me_follows_role_level_and_hands(office):
    handed_in = a_case(office, State.SUBMITTED, household=a_household(office, "张交"))
    small = a_case(office, State.IN_APPROVAL, household=a_household(office, "张小"))
    large = a_case(office, State.IN_APPROVAL, household=a_household(office, "张大"), grade=4)
    assert names(office.li, mine="turn") == ["张交"]
    assert names(acting_as(office.li, office.wang), mine="turn") == []
    assert (names(office.liu, mine="turn"), names(office.sun, mine="turn")) == ([], ["张大", "张小"])
    assert names(acting_as(office.sun, office.chen), mine="turn") == []
    cases.record_objection(
        small.id, version=fresh(small).version, received_on=clock.today(), text="x", by=office.wang
    )
    assert names(office.sun, mine="turn") == ["张大"]
    assert names(office.chen, mine="turn") == ["张小"]
    assert len(names(office.wang, mine="entered")) == 3
    assert {handed_in.id, large.id}


def test_the_page_asks_few_questions_however_many_rows(office, client):
    counts = []
    for people in (("张一",), ("张二", "张三", "张四", "张五")):
        some(office, *people)
        statements = []

        def count(*args, seen=statements):
            seen.append(args[2])

        sa.event.listen(db.engine, "before_cursor_execute", count)
        assert get(client, office, "wang", "/cases").status_code == 200
        sa.event.remove(db.engine, "before_cursor_execute", count)
        counts.append(len([one for one in statements if "aid_case" in one]))
    assert counts[0] == counts[1]


def test_filters_stay_in_the_address_of_the_next_page_and_finance_sees_the_list(office, client):
    some(office, "张一")
    page = get(client, office, "wang", "/cases?state=draft&order=due").text
    assert 'value="draft" selected' in page
    assert "张一" in get(client, office, "zhou", "/cases").text
    assert get(client, office, "chu", "/cases").status_code == 403


def test_the_list_is_taken_away_as_a_workbook_with_its_filters(office, client):
    import python_calamine

    some(office, "张一", "张二")
    a_case(office, State.SUBMITTED, household=a_household(office, "张三"))
    answer = get(client, office, "wang", "/cases/download?state=draft")
    assert answer.status_code == 200
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    said = [cell for row in rows for cell in row]
    assert "张一" in said and "张三" not in said
    assert 3000.0 in said
    assert STORY not in str(rows)
    assert get(client, office, "chu", "/cases/download").status_code == 403


def test_a_row_printed_before_says_what_is_so_now(office, client):
    """Printed rows are kept in memory: by all that they show, and by the language."""
    (case,) = some(office, "张一")
    clock.set_shift(clock.shift() + timedelta(days=1))
    sign_in(client, office, "wang")
    chinese, english, due_now = (row_of(client, language) for language in ("zh", "en", "en"))
    assert ("天</td>" in chinese, " day" in english, "天" in english + due_now) == (True, True, False)
    assert "overdue" not in due_now
    due(case, -3)
    assert "overdue" in row_of(client, "en")


def row_of(client, language):
    """The one row of the list; the tests' context outlives a page and with it the language that was chosen."""
    refresh()
    return client.get("/cases", headers={"Accept-Language": language}).text.partition("<tbody>")[2].partition("</tbody>")[0]
