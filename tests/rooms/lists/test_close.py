"""Close: every row of a list whose household was asked, as the single case is closed; the others are told with why."""

import re

import pytest

from relief.audit.models import AuditEntry
from relief.cases import service as cases
from relief.db import db
from relief.desk.waiting import list_queues
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.lists import service as lists
from tests.build import an_office
from tests.rooms.cases.asking import audit_of, fresh, get, last_step, post
from tests.rooms.lists.bureau import rows_of
from tests.rooms.lists.paid import a_paid_list
from tests.rooms.lists.test_follow_up import ask, said, states


@pytest.fixture
def office(app):
    return an_office()


def test_every_row_that_was_asked_is_closed_as_a_single_case_is(office):
    opened = a_paid_list(office)
    ask(opened, office.chen, said(), said())
    first, second, _third = rows_of(opened.dongfeng)
    single = cases.close(first.id, version=first.version, by=office.wang)
    tally = lists.close(opened.dongfeng.id, by=office.wang)
    assert (tally.rows, tally.behind, states(opened)) == (1, (), ["closed", "closed", "paid"])
    assert last_step(second, "close") == last_step(single, "close") == ("followed_up", "closed", office.wang.person_id)
    assert audit_of(second, "case.close")[0].changes == audit_of(first, "case.close")[0].changes
    assert (fresh(second).ended_at is not None, fresh(second).due_on) == (True, None)
    lines = db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == "list.close")).all()
    assert [line.changes["rows"] for line in lines] == [1]


def test_another_role_another_unit_and_none_that_waits(office):
    opened = a_paid_list(office)
    with pytest.raises(RuleBroken, match="No row"):
        lists.close(opened.dongfeng.id, by=office.wang)
    ask(opened, office.chen, said())
    with pytest.raises(NotAllowed):
        lists.close(opened.dongfeng.id, by=office.li)
    with pytest.raises(NotYours):
        lists.close(opened.dongfeng.id, by=office.zhao)
    assert states(opened) == ["followed_up", "paid", "paid"]


def test_over_http(office, client):
    opened = a_paid_list(office)
    ask(opened, office.chen, said(), said())
    address = f"/lists/{opened.dongfeng.id}"
    assert f'href="{address}/close"' in get(client, office, "wang", address).text
    urls = [item.url for queue in list_queues(office.wang) for item in queue.items]
    assert f"{address}/close" in urls
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", get(client, office, "wang", f"{address}/close").text))
    assert "Close 2 cases" in text and "1 case is still open, because:" in text
    done = post(client, office, "wang", f"{address}/close")
    assert (done.status_code, done.location) == (303, address)
    assert "2 cases are closed." in client.get(address, headers={"Accept-Language": "en"}).text
    assert states(opened) == ["closed", "closed", "paid"]
    again = post(client, office, "wang", f"{address}/close")
    assert (again.status_code, "No row of this list waits" in again.text) == (422, True)
    assert get(client, office, "li", f"{address}/close").status_code == 403
    assert get(client, office, "zhao", f"{address}/close").status_code == 404
