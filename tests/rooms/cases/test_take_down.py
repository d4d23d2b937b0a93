"""Take a notice down: only when its time is over, with a line in the record."""

import pytest

from relief.cases import service as cases
from relief.cases.models import Notice
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, Stale, WrongState
from relief.domain.workflow import State
from tests.build_cases import a_case
from tests.rooms.cases.asking import audit_of, get, post


def the_notice():
    db.session.rollback()
    return db.session.scalars(db.select(Notice)).one()


def test_after_its_end_it_comes_down(office):
    a_case(office, State.FORWARDED)
    notice = the_notice()
    assert notice.state == "ended"
    cases.take_down(notice.id, version=notice.version, by=office.wang)
    assert the_notice().state == "taken_down"
    assert the_notice().taken_down_on is not None
    assert len(audit_of(notice.id, "notice.take_down")) == 1


def test_not_before_not_twice_not_by_others(office):
    a_case(office, State.ON_NOTICE)
    notice = the_notice()
    with pytest.raises(WrongState):
        cases.take_down(notice.id, version=notice.version, by=office.wang)
    with pytest.raises(NotYours):
        cases.take_down(notice.id, version=notice.version, by=office.zhao)
    with pytest.raises(Stale):
        cases.take_down(notice.id, version=notice.version - 1, by=office.wang)
    a_case(office, State.FORWARDED)
    ended = db.session.scalars(db.select(Notice).where(Notice.state == "ended").order_by(Notice.id)).first()
    with pytest.raises(NotAllowed):
        cases.take_down(ended.id, version=ended.version, by=office.li)


def test_the_page_offers_it_and_takes_it(office, client):
    a_case(office, State.FORWARDED)
    notice = the_notice()
    assert "It is taken down" in get(client, office, "wang", f"/notices/{notice.id}").text
    assert "It is taken down" not in get(client, office, "li", f"/notices/{notice.id}").text
    done = post(client, office, "wang", f"/notices/{notice.id}/take-down", version=notice.version)
    assert (done.status_code, the_notice().state) == (303, "taken_down")
    assert post(client, office, "zhao", f"/notices/{notice.id}/take-down", version=9).status_code == 404
