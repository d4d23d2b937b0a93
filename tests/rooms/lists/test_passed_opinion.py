"""A whole list's opinion that was passed on: given at once, by its giver's meeting, without sight of anything else."""

import pytest

from relief import clock
from relief.audit.models import AuditEntry
from relief.cases import service as cases
from relief.db import db
from relief.domain.errors import NotYours, RuleBroken
from relief.lists import service as lists
from tests.build import an_office
from tests.rooms.cases.asking import get, post
from tests.rooms.cases.test_pass_opinion import a_second_reviewer
from tests.rooms.lists.bureau import JANUARY, a_meeting, a_window, on_day, rows_of


@pytest.fixture
def office(app):
    return an_office()


def handed_in(office, to="hongqi"):
    on_day(JANUARY)
    if to is None:
        a_second_reviewer(office)
    cases.pass_opinions(
        office.dongfeng.id, to_union_id=getattr(office, to).id if to else None, since=clock.today(), until=None,
        why="两个人", by=office.li,
    )  # fmt: skip
    opened = a_window(office)
    lists.submit(opened.dongfeng.id, by=office.wang)
    return opened.dongfeng


@pytest.mark.parametrize(("to", "giver"), [("hongqi", "he"), (None, "chen")])
def test_every_row_at_once_by_the_givers_meeting(office, to, giver):
    aid_list = handed_in(office, to)
    by = getattr(office, giver)
    tally = lists.give_opinion(aid_list.id, meeting_id=a_meeting(by.union_id, by), note="同意", by=by)
    assert (tally.rows, tally.behind) == (3, ())
    assert {row.state for row in rows_of(aid_list)} == {"opinion_given"}
    unusual = db.select(AuditEntry.unusual).where(AuditEntry.verb == "case.give_opinion")
    assert db.session.scalars(unusual).all() == ["opinion_passed"] * 3


def test_its_own_chair_reads_to_whom_it_went(office):
    aid_list = handed_in(office)
    with pytest.raises(RuleBroken, match="passed on to 红旗林场工会"):
        lists.give_opinion(
            aid_list.id, meeting_id=a_meeting(office.dongfeng.id, office.li), note="同意", by=office.li
        )


def test_the_neighbour_takes_no_other_step_of_the_list(office):
    aid_list = handed_in(office)
    lists.give_opinion(aid_list.id, meeting_id=a_meeting(office.hongqi.id, office.he), note="同意", by=office.he)
    with pytest.raises(NotYours):
        lists.give_opinion(aid_list.id, meeting_id=None, note="", by=office.he)
    with pytest.raises(NotYours):
        lists.post_notice(aid_list.id, place="公示栏", by=office.zhao)


def test_over_http_the_desk_leads_the_neighbour_to_the_opinion_and_no_further(office, client):
    aid_list = handed_in(office)
    address = f"/lists/{aid_list.id}"
    assert f'href="{address}"' in get(client, office, "he", "/").text
    assert client.get(address).location == f"{address}/give-opinion"
    assert client.get(f"{address}/give-opinion").status_code == 200
    meeting = a_meeting(office.hongqi.id, office.he)
    done = post(client, office, "he", f"{address}/give-opinion", meeting=str(meeting), note="同意")
    assert (done.status_code, done.location) == (303, "/")
    assert get(client, office, "he", address).status_code == 404
    assert get(client, office, "zhao", f"{address}/give-opinion").status_code == 403
