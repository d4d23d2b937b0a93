"""Is the record of a visit mended only by its writer, in time, and never over somebody else's words?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from relief import clock
from relief.audit.models import AuditEntry
from relief.clock import SHANGHAI
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.domain.permissions import MATRIX, Role
from relief.domain.visit_codes import Aspect, Place, Theme
from relief.visits.given import Told
from relief.visits.mending import told_in
from relief.visits.service import edit_visit
from tests.build import Office
from tests.rooms.visits.conftest import Log


def test_the_writer_mends_what_was_told_and_the_record_keeps_no_words(office: Office, log: Log) -> None:
    visit = log(seen={Aspect.HOUSING: "砖房", Aspect.HEALTH: "糖尿病"}, needs=[(Theme.MEDICAL, "缺药")], note="路滑")
    told = Told(
        on=visit.on, place=Place.HOSPITAL, seen={Aspect.HOUSING: "砖房", Aspect.HEALTH: "脑梗"},
        needs={Theme.LIVING: ""}, note="住院",
    )  # fmt: skip
    visit = edit_visit(visit.id, version=visit.version, told=told, by=office.wang)
    db.session.expire_all()
    assert told_in(visit) == told
    line = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "visit.edit")).one()
    assert line.changes == {
        "place": ["home", "hospital"], "seen": ["health"], "needs": ["living", "medical"], "note": "changed",
    }  # fmt: skip


def test_saving_without_a_change_leaves_no_trace(office: Office, log: Log) -> None:
    visit = log(note="路滑")
    version = visit.version
    assert edit_visit(visit.id, version=version, told=told_in(visit), by=office.wang).version == version
    assert db.session.scalar(sa.select(AuditEntry).where(AuditEntry.verb == "visit.edit")) is None


def test_nobody_else_mends_it(office: Office, log: Log) -> None:
    visit = log()
    for by, refusal in ((office.li, NotAllowed), (office.zhao, NotYours), (office.liu, NotAllowed)):
        with pytest.raises(refusal):
            edit_visit(visit.id, version=visit.version, told=told_in(visit), by=by)


def test_after_a_month_it_stands(office: Office, log: Log) -> None:
    with clock.moved_to(datetime(2026, 3, 5, 9, tzinfo=SHANGHAI)):
        visit = log(on=date(2026, 3, 5))
    told = replace(told_in(visit), note="补充")
    with clock.moved_to(datetime(2026, 4, 6, 9, tzinfo=SHANGHAI)), pytest.raises(NotAllowed):
        edit_visit(visit.id, version=visit.version, told=told, by=office.wang)
    with clock.moved_to(datetime(2026, 4, 5, 9, tzinfo=SHANGHAI)):
        assert edit_visit(visit.id, version=visit.version, told=told, by=office.wang).note == "补充"


def test_a_day_mended_backwards_may_make_it_late(office: Office, log: Log) -> None:
    visit = log()
    told = replace(told_in(visit), on=clock.today() - timedelta(days=8))
    assert edit_visit(visit.id, version=visit.version, told=told, by=office.wang).is_late
    with pytest.raises(RuleBroken) as refused:
        edit_visit(visit.id, version=None, told=replace(told, on=clock.today() + timedelta(days=1)), by=office.wang)
    assert refused.value.field == "on"


def test_the_second_of_two_windows_gets_the_difference(office: Office, log: Log) -> None:
    visit = log(seen={Aspect.HEATING: "烧煤"})
    version, told = visit.version, told_in(visit)
    edit_visit(visit.id, version=version, told=replace(told, seen={Aspect.HEATING: "烧柴"}), by=office.wang)
    with pytest.raises(Stale) as refused:
        edit_visit(visit.id, version=version, told=replace(told, note="路滑"), by=office.wang)
    assert refused.value.changes == {"seen_heating": ("烧柴", "烧煤"), "note": ("", "路滑")}
    assert refused.value.version == version + 1


def test_health_that_the_writer_may_not_read_stays(office: Office, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = log(seen={Aspect.HEALTH: "糖尿病"}, needs=[(Theme.MEDICAL, "缺药")])
    monkeypatch.setitem(MATRIX, Role.CASEWORKER, MATRIX[Role.CASEWORKER] - {"health.read"})
    told = Told(on=visit.on, seen={Aspect.HOUSING: "砖房"}, needs={Theme.MEDICAL: ""})
    kept = told_in(edit_visit(visit.id, version=visit.version, told=told, by=office.wang))
    assert kept.seen == {Aspect.HOUSING: "砖房", Aspect.HEALTH: "糖尿病"}
    assert kept.needs == {Theme.MEDICAL: "缺药"}
