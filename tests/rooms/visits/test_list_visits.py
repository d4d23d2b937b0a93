"""Which visits does somebody see, on the list, on the household's page, and among those that are planned?"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import current_app

from relief import clock
from relief.domain.errors import NotAllowed, NotYours
from relief.domain.permissions import MATRIX, Role
from relief.domain.visit_codes import Aspect, Theme
from relief.households.actions import list_actions
from relief.households.models import Household
from relief.households.timeline import list_timeline
from relief.visits.queries import count_visits, list_planned, list_visits
from relief.visits.visit_page import get_visit_page
from relief.visits.visitors import list_colleagues
from relief.web.paging import Ask
from tests.build import Office, a_household
from tests.rooms.visits.conftest import Log


def test_the_latest_day_comes_first_and_other_units_do_not_come(office: Office, household: Household, log: Log) -> None:
    today = clock.today()
    other = a_household(office, union=office.hongqi, account=False, consent=False)
    old = log(on=today - timedelta(days=20))
    new = log(office.wang, office.li, kind="verification")
    far = log(by=office.zhao, household_id=other.id)
    assert [row.id for row in list_visits({}, by=office.wang).rows] == [new.id, old.id]
    assert [row.id for row in list_visits({}, by=office.chen).rows] == [far.id, new.id, old.id]
    first = list_visits({}, by=office.wang).rows[0]
    assert (first.head, first.visitors, first.unit) == (household.head.name, ("王秀兰", "李建国"), "东风林场")


def test_each_filter_leaves_what_it_says(office: Office, log: Log) -> None:
    today = clock.today()
    old = log(on=today - timedelta(days=20))
    new = log(office.wang, office.li, kind="verification")
    for chosen, left in (
        ({"kind": "care"}, [old.id]),
        ({"entered": "late"}, [old.id]),
        ({"entered": "in_time"}, [new.id]),
        ({"since": today}, [new.id]),
        ({"until": today - timedelta(days=1)}, [old.id]),
        ({"unit": str(office.bureau.id)}, [new.id, old.id]),
        ({"unit": str(office.hongqi.id)}, []),
    ):
        assert [row.id for row in list_visits(chosen, by=office.chen).rows] == left
        assert count_visits(chosen, by=office.chen) == len(left)
    assert [row.id for row in list_visits({"who": "me"}, by=office.li).rows] == [new.id]


def test_pages_turn_by_day_and_number(office: Office, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [log(on=clock.today() - timedelta(days=n // 2)).id for n in range(5)]
    monkeypatch.setattr(Ask.__init__, "__defaults__", (None, False, 2))
    seen, ask = [], Ask()
    while True:
        page = list_visits({}, by=office.wang, ask=ask)
        seen += [row.id for row in page.rows]
        if page.next_key is None:
            break
        ask = Ask.read(page.next_key, None, 2)
    assert seen == [made[1], made[0], made[3], made[2], made[4]]
    back = list_visits({}, by=office.wang, ask=Ask.read(None, page.previous_key, 2))
    assert [row.id for row in back.rows] == [made[3], made[2]]


def test_health_is_shown_to_those_who_may_see_it(office: Office, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {Aspect.HOUSING: "砖房", Aspect.HEALTH: "糖尿病"}
    visit = log(seen=seen, needs=[(Theme.MEDICAL, "缺药"), (Theme.LIVING, "缺粮")])
    assert "糖尿病" in str(get_visit_page(visit.id, by=office.wang))
    monkeypatch.setitem(MATRIX, Role.REVIEWER, MATRIX[Role.REVIEWER] - {"health.read"})
    page = get_visit_page(visit.id, by=office.chen)
    assert [text for _label, text in page.seen] == ["砖房"]
    assert page.hides_health
    assert [(need.theme, need.text) for need in page.needs] == [(Theme.MEDICAL, None), (Theme.LIVING, "缺粮")]


def test_another_unions_visit_does_not_exist_and_finance_sees_none(office: Office, log: Log) -> None:
    visit = log()
    with pytest.raises(NotYours):
        get_visit_page(visit.id, by=office.zhao)
    for by in (office.zhou, office.chu):
        with pytest.raises(NotAllowed):
            list_visits({}, by=by)


def test_the_households_page_tells_of_it_and_offers_the_next(office: Office, household: Household, log: Log) -> None:
    visit = log(office.wang, office.li, kind="verification", note="门前路滑")
    with office_request():
        items = [item for item in list_timeline(household.id, by=office.wang) if item.kind == "visit"]
        offered = [action.url for action in list_actions(household, by=office.wang)]
        to_approver = [action.url for action in list_actions(household, by=office.liu)]
    assert [(item.url, item.by, item.text) for item in items] == [(f"/visits/{visit.id}", "王秀兰、李建国", "门前路滑")]
    assert f"/visits/new?household={household.id}" in offered
    assert not any("/visits/new" in url for url in to_approver)


def test_what_i_planned_waits_until_somebody_goes(office: Office, household: Household, log: Log) -> None:
    today = clock.today()
    log(on=today - timedelta(days=5), next_on=today + timedelta(days=1))
    assert [one.household_id for one in list_planned(today + timedelta(days=1), by=office.wang)] == [household.id]
    assert list_planned(today, by=office.wang) == []
    assert list_planned(today + timedelta(days=1), by=office.li) == []
    log(office.li, by=office.li)
    assert list_planned(today + timedelta(days=1), by=office.wang) == []


def test_colleagues_are_mine_first_then_the_households_unit_and_no_auditor(
    office: Office, household: Household
) -> None:
    names = [user.person.name for user in list_colleagues(household, by=office.wang)]
    assert names == ["王秀兰", "李建国"]
    names = [user.person.name for user in list_colleagues(household, by=office.chen)]
    assert names == ["陈静", "刘志强", "孙德福", "王秀兰", "李建国"]


def office_request() -> AbstractContextManager[object]:
    return current_app.test_request_context()
