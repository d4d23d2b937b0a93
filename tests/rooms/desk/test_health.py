"""Does the administrator see what is in order, and what to do where it is not, and no case?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief import clock
from relief.audit.service import seal_chains
from relief.backups import folder_of, make_backup
from relief.config import Settings
from relief.db import db, transaction
from relief.desk.health import Check, list_checks
from relief.domain.errors import NotAllowed
from relief.domain.workflow import State
from relief.jobs.models import Job
from relief.policies.models import CalendarYear
from tests.build import Office, an_office
from tests.build_cases import a_case
from tests.signing_in import sign_in_as


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def check(office: Office, code: str) -> Check:
    return next(one for one in list_checks(by=office.chu) if one.code == code)


def test_a_back_up_of_today_is_green_none_or_an_old_one_is_red(office: Office, settings: Settings) -> None:
    assert not check(office, "backup").good
    made = make_backup(db.engine.url, settings.instance)
    assert check(office, "backup").good
    made.rename(made.with_stem(f"relief-{clock.machine_now() - timedelta(hours=30):%Y%m%d-%H%M%S}"))
    assert not check(office, "backup").good
    assert folder_of(settings.instance).is_dir()


def test_a_year_without_a_notice_is_red_two_months_ahead(office: Office) -> None:
    assert check(office, "calendar").good
    with transaction():
        db.session.execute(db.delete(CalendarYear).where(CalendarYear.year == 2026))
    assert not check(office, "calendar").good and "2026" in str(check(office, "calendar").says)


@pytest.mark.parametrize(("state", "good"), [("done", True), ("failed", False), ("queued", False)])
def test_failed_and_stuck_work_is_red(office: Office, state: str, good: bool) -> None:
    then = clock.machine_now() - timedelta(hours=1)
    with transaction():
        db.session.add(Job(kind="x", idempotency_key="x", state=state, created_at=then, finished_at=then))
    assert check(office, "jobs").good is good


def test_a_record_that_nobody_seals_is_red(office: Office) -> None:
    assert check(office, "chain").good
    clock.set_shift(clock.shift() + timedelta(hours=2))
    assert not check(office, "chain").good
    seal_chains()
    assert check(office, "chain").good


def test_a_schema_behind_the_program_is_red(office: Office) -> None:
    assert check(office, "schema").good
    with transaction():
        db.session.execute(db.text("UPDATE alembic_version SET version_num = '0000'"))
    assert not check(office, "schema").good
    assert list_checks(by=office.chu)[0].good is False, "red ones first"


def test_the_administrator_sees_no_case_and_others_see_no_checks(office: Office, client: FlaskClient) -> None:
    case = a_case(office, State.SUBMITTED)
    sign_in_as(client, "chu")
    page = client.get("/").text
    assert 'id="check-backup"' in page and case.number not in page and case.applicant.name not in page
    assert "relief backup" in page
    sign_in_as(client, "sun")
    assert 'id="check-backup"' not in client.get("/").text
    with pytest.raises(NotAllowed):
        list_checks(by=office.sun)
