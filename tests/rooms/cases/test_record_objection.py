"""Record an objection: it stops the notice, blocks the decision, and waits for another hand."""

from datetime import date, timedelta

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
from tests.rooms.cases.asking import audit_of, fresh, get, is_missing_alike, last_step, post


def object_to(case, by, on=None, text="该户有两套住房"):
    return cases.record_objection(
        case.id, version=case.version, received_on=on or clock.today(), text=text, who="匿名来电", by=by
    )


def the_notice():
    return db.session.scalars(db.select(Notice)).one()


def test_it_stops_a_notice_that_stands_and_is_due_in_ten_working_days(office):
    case = a_case(office, State.ON_NOTICE)
    objection = object_to(case, office.wang)
    assert (the_notice().state, fresh(case).objection) == ("stopped", True)
    assert (objection.due_on, fresh(case).due_on) == (date(2026, 3, 16), date(2026, 3, 16))
    assert last_step(case, "record_objection") == ("on_notice", "on_notice", office.wang.person_id)
    assert "两套住房" not in str(audit_of(case, "case.record_objection")[0].changes)


def test_nothing_ends_and_nothing_is_decided_while_it_is_open(office):
    case = a_case(office, State.ON_NOTICE)
    object_to(case, office.wang)
    assert run_due(clock.today() + timedelta(days=30), by=SYSTEM)["notices"] == 0
    assert fresh(case).state == State.ON_NOTICE
    later = a_case(office, State.IN_APPROVAL)
    object_to(later, office.wang)
    with pytest.raises(WrongState, match="objection"):
        cases.approve(later.id, version=fresh(later).version, amount=later.proposed, note="", by=office.sun)


@pytest.mark.parametrize("state", [State.FORWARDED, State.IN_APPROVAL])
def test_a_late_one_blocks_the_decision_not_the_notice(office, state):
    case = a_case(office, state)
    object_to(case, office.wang)
    assert (the_notice().state, fresh(case).objection) == ("ended", True)


def test_one_row_of_several_does_not_stop_the_notice_of_all(office):
    one, other = a_case(office, State.OPINION_GIVEN), a_case(office, State.OPINION_GIVEN)
    notice = cases.post_notice([one.id, other.id], versions=[one.version, other.version], place="栏", by=office.wang)
    object_to(fresh(one), office.wang)
    assert the_notice().state == "posted"
    clock.set_shift(clock.shift() + timedelta(days=10))
    run_due(notice.ends_on + timedelta(days=1), by=SYSTEM)
    assert (fresh(one).state, fresh(other).state) == (State.ON_NOTICE, State.FORWARDED)


def test_wrong_day_no_text_wrong_role_wrong_state_another_unit(office):
    case = a_case(office, State.ON_NOTICE)
    for field, other in (("received_on", {"on": clock.today() + timedelta(days=1)}), ("text", {"text": " "})):
        with pytest.raises(RuleBroken) as refused:
            object_to(case, office.wang, **other)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        object_to(fresh(case), office.li)
    with pytest.raises(NotYours):
        object_to(fresh(case), office.zhao)
    with pytest.raises(WrongState):
        object_to(a_case(office, State.SUBMITTED), office.wang)


def test_over_http(office, client):
    case = a_case(office, State.ON_NOTICE)
    bad = post(
        client, office, "wang", f"/cases/{case.id}/record-objection", version=case.version, received_on="2026-02-30",
        text="该户有两套住房",
    )  # fmt: skip
    assert (bad.status_code, 'id="received_on-error"' in bad.text, "该户有两套住房" in bad.text) == (422, True, True)
    done = post(
        client, office, "wang", f"/cases/{case.id}/record-objection", version=case.version, received_on="2026-03-02",
        text="该户有两套住房",
    )  # fmt: skip
    assert (done.status_code, len(db.session.scalars(db.select(Objection)).all())) == (303, 1)
    shown = get(client, office, "li", f"/cases/{case.id}").text
    assert "Objection open" in shown and "该户有两套住房" in shown
    assert "该户有两套住房" not in get(client, office, "zhou", f"/cases/{case.id}").text
    assert is_missing_alike(client, office, "zhao", "record-objection", case)
