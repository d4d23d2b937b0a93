"""Settle an objection: by another hand; the case goes on, is posted anew, or is refused."""

from datetime import timedelta

import pytest

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Notice, Objection
from relief.consequences import run_due
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.workflow import State
from tests.build import SYSTEM
from tests.build_cases import a_case
from tests.rooms.cases.asking import fresh, get, is_missing_alike, last_step, post, steps_of
from tests.rooms.cases.test_give_opinion import acting_as
from tests.rooms.cases.test_record_objection import object_to


def objected(office, state=State.ON_NOTICE):
    case = a_case(office, state)
    object_to(case, office.wang)
    return fresh(case)


def settle(case, by, upheld=False, repost=False, finding="核查：仅一套住房"):
    return cases.settle_objection(
        case.id, version=case.version, upheld=upheld, repost=repost, finding=finding, by=by
    )


def test_not_upheld_the_notice_goes_on_to_its_end(office):
    case = settle(objected(office), office.li)
    notice = db.session.scalars(db.select(Notice)).one()
    assert (notice.state, case.objection, case.due_on) == ("posted", False, notice.ends_on)
    assert last_step(case, "settle_objection") == ("on_notice", "on_notice", office.li.person_id)
    found = db.session.scalars(db.select(Objection)).one()
    assert (found.outcome, found.settled_by) == ("dismissed", office.li.person_id)
    clock.set_shift(clock.shift() + timedelta(days=10))
    run_due(clock.today(), by=SYSTEM)
    assert fresh(case).state == State.FORWARDED


def test_settled_after_its_last_day_the_case_is_forwarded_at_once(office):
    case = objected(office)
    clock.set_shift(clock.shift() + timedelta(days=10))
    assert settle(case, office.li).state == State.FORWARDED


@pytest.mark.parametrize("state", [State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL])
def test_posted_anew_it_waits_for_a_new_notice_and_can_walk_the_whole_road_again(office, state):
    case = settle(objected(office, state), office.li, repost=True)
    assert last_step(case, "settle_objection")[:2] == (state, "opinion_given")
    from tests.build_cases import _end, _post, _review

    for walk in (_post, _end, _review):
        walk(office, fresh(case))
    assert fresh(case).state == State.IN_APPROVAL
    assert [one.state for one in db.session.scalars(db.select(Notice).order_by(Notice.id))][1] == "ended"


def test_upheld_the_case_is_refused_under_its_own_reason(office):
    case = settle(objected(office), office.li, upheld=True)
    assert (case.state, steps_of(case, "refuse")[0].reason) == (State.REFUSED, "J08")
    assert [step.verb for step in steps_of(case, "settle_objection")] == ["settle_objection"]


def test_not_by_the_one_who_wrote_it_down_the_enterer_or_a_visitor(office):
    case = objected(office)
    for person, why in ((office.wang, "wrote this objection|entered"), (office.zhao, "visited")):
        with pytest.raises(NotAllowed, match=why):
            settle(fresh(case), acting_as(office.li, person))


def test_no_finding_no_objection_wrong_role_another_unit(office):
    case = objected(office)
    with pytest.raises(RuleBroken) as refused:
        settle(case, office.li, finding=" ")
    assert refused.value.field == "finding"
    with pytest.raises(NotAllowed):
        settle(fresh(case), office.wang)
    with pytest.raises(NotYours):
        settle(fresh(case), office.he)
    with pytest.raises(RuleBroken, match="No objection"):
        settle(a_case(office, State.ON_NOTICE), office.li)
    with pytest.raises(WrongState):
        settle(a_case(office, State.SUBMITTED), office.li)


def test_over_http(office, client):
    case = objected(office)
    assert "该户有两套住房" in get(client, office, "li", f"/cases/{case.id}/settle-objection").text
    bad = post(client, office, "li", f"/cases/{case.id}/settle-objection", version=case.version, finding="仅一套住房")
    assert (bad.status_code, 'id="outcome-error"' in bad.text, "仅一套住房" in bad.text) == (422, True, True)
    done = post(
        client, office, "li", f"/cases/{case.id}/settle-objection", version=case.version, finding="仅一套",
        outcome="go_on",
    )  # fmt: skip
    assert (done.status_code, fresh(case).objection) == (303, False)
    assert is_missing_alike(client, office, "he", "settle-objection", case)
