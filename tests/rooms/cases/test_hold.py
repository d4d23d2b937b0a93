"""Put on hold and resume: nothing moves meanwhile, the deadline runs anew afterwards."""

from datetime import timedelta

import pytest

from relief import clock
from relief.cases import service as cases
from relief.consequences import run_due
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.workflow import State
from tests.build import SYSTEM
from tests.build_cases import a_case, a_paid_case
from tests.rooms.cases.asking import fresh, get, is_missing_alike, last_step, post


def hold(case, by, note="等核对结果"):
    return cases.hold(case.id, version=case.version, note=note, by=by)


def resume(case, by, note="核对完毕"):
    return cases.resume(case.id, version=case.version, note=note, by=by)


def test_the_state_stays_and_the_flag_stops_steps(office):
    case = hold(a_case(office, State.SUBMITTED), office.li)
    assert (case.state, case.on_hold) == (State.SUBMITTED, True)
    assert last_step(case, "hold") == ("submitted", "submitted", office.li.person_id)
    with pytest.raises(WrongState, match="on hold"):
        cases.give_opinion(
            case.id, version=fresh(case).version, amount=case.proposed, meeting_id=None, note="", by=office.li
        )


def test_resumed_its_deadline_runs_from_today(office):
    case = hold(a_case(office, State.SUBMITTED), office.li)
    clock.set_shift(clock.shift() + timedelta(days=7))
    case = resume(fresh(case), office.li)
    assert (case.on_hold, str(case.due_on)) == (False, "2026-03-16")
    assert last_step(case, "resume")[0] == "submitted"


def test_a_notice_that_ended_meanwhile_forwards_the_case_on_resuming(office):
    case = hold(a_case(office, State.ON_NOTICE), office.chen)
    clock.set_shift(clock.shift() + timedelta(days=10))
    run_due(clock.today(), by=SYSTEM)
    assert fresh(case).state == State.ON_NOTICE
    assert resume(fresh(case), office.chen).state == State.FORWARDED


def test_twice_without_a_word_wrong_role_wrong_state_another_unit(office):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(RuleBroken, match="not on hold"):
        resume(case, office.li)
    with pytest.raises(RuleBroken) as refused:
        hold(fresh(case), office.li, note=" ")
    assert refused.value.field == "note"
    with pytest.raises(NotAllowed):
        hold(fresh(case), office.wang)
    with pytest.raises(NotYours):
        hold(fresh(case), office.he)
    hold(fresh(case), office.li)
    with pytest.raises(WrongState):
        hold(fresh(case), office.li)
    with pytest.raises(WrongState):
        hold(a_paid_case(office), office.chen)


def test_over_http(office, client):
    case = a_case(office, State.SUBMITTED)
    assert post(client, office, "li", f"/cases/{case.id}/hold", version=case.version, note="").status_code == 422
    done = post(client, office, "li", f"/cases/{case.id}/hold", version=case.version, note="等核对")
    assert (done.status_code, fresh(case).on_hold) == (303, True)
    page = get(client, office, "li", f"/cases/{case.id}").text
    assert f"/cases/{case.id}/resume" in page and f"/cases/{case.id}/hold" not in page
    assert get(client, office, "li", f"/cases/{case.id}/hold").status_code == 409
    again = post(client, office, "li", f"/cases/{case.id}/resume", version=fresh(case).version, note="好了")
    assert (again.status_code, fresh(case).on_hold) == (303, False)
    assert is_missing_alike(client, office, "he", "hold", case)
    assert is_missing_alike(client, office, "he", "resume", case)
