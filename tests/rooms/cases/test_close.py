"""Close: paid, asked after, done; nothing leaves an end."""

import pytest

from relief.cases import service as cases
from relief.domain.errors import NotAllowed, NotYours, WrongState
from relief.domain.workflow import State
from tests.build_cases import a_paid_case
from tests.rooms.cases.asking import fresh, is_missing_alike, last_step, post
from tests.rooms.cases.test_follow_up import ask


def followed_up(office):
    return fresh(ask(a_paid_case(office), office.chen))


def close(case, by):
    return cases.close(case.id, version=case.version, by=by)


def test_it_is_closed(office):
    case = close(followed_up(office), office.wang)
    assert last_step(case, "close") == ("followed_up", "closed", office.wang.person_id)
    assert (case.ended_at is not None, case.due_on) == (True, None)


def test_not_before_the_household_was_asked_not_by_others_not_twice(office):
    with pytest.raises(WrongState):
        close(a_paid_case(office), office.wang)
    case = followed_up(office)
    with pytest.raises(NotAllowed):
        close(case, office.li)
    with pytest.raises(NotYours):
        close(fresh(case), office.zhao)
    close(fresh(case), office.wang)
    with pytest.raises(WrongState):
        close(fresh(case), office.wang)


def test_over_http(office, client):
    case = followed_up(office)
    assert is_missing_alike(client, office, "zhao", "close", case)
    done = post(client, office, "wang", f"/cases/{case.id}/close", version=case.version)
    assert (done.status_code, fresh(case).state) == (303, State.CLOSED)
