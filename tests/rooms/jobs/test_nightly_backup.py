"""Is the database backed up every night, once, and does the administrator see how the last night ended?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from relief import clock
from relief.audit.models import AuditEntry
from relief.backups import folder_of, list_backups
from relief.backups.keeping import STAMP
from relief.config import Settings
from relief.db import db
from relief.desk.health import list_checks
from relief.jobs import backup_job
from relief.jobs.models import Job
from relief.jobs.periodic import PERIODIC, run, schedule
from relief.jobs.queue import queue_of
from relief.jobs.running import run_now
from relief.web.sentences import render
from tests.build import an_office

NIGHTLY = next(one for one in PERIODIC if one.function == "ask_tonight")


def tonight() -> Job:
    """The night's job, as the clock of the queue asks for it, done."""
    run(NIGHTLY)
    return run_now(db.session.scalars(db.select(Job).where(Job.kind == backup_job.KIND).order_by(Job.id.desc())).first())


@pytest.fixture
def told(app: Flask) -> Callable[[], tuple[bool, str]]:
    office = an_office()

    def tell() -> tuple[bool, str]:
        with app.test_request_context(headers={"Accept-Language": "en"}):
            found = next(one for one in list_checks(by=office.chu) if one.code == "backup")
            return found.good, render(found.says)

    return tell


@pytest.mark.parametrize(
    ("utc", "asks"), [((18, 30), True), ((1, 30), True), ((15, 30), True), ((16, 30), False), ((19, 31), False)]
)
def test_it_is_asked_for_from_half_past_two_in_the_office_until_the_day_ends(
    app: Flask, utc: tuple[int, int], asks: bool
) -> None:
    huey = queue_of(app)["huey"]
    schedule(app, huey)
    due = {type(task).__name__ for task in huey.read_periodic(datetime(2026, 2, 26, *utc))}
    assert (NIGHTLY.name in due) is asks


def test_a_night_leaves_one_file_its_result_and_its_line(
    told: Callable[[], tuple[bool, str]], settings: Settings
) -> None:
    assert told() == (False, "There is no back-up yet. No nightly work was done yet.")
    job = tonight()
    (made,) = list_backups(settings.instance)
    assert job.state == "done" and job.result == {"file": made.name, "size": made.stat().st_size}
    line = db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == "job.ask")).one()
    assert line.changes == {"kind": "backup"} and line.actor == "worker"
    good, says = told()
    assert good and "0 hours old" in says and "The last night went well." in says


def test_the_clock_that_asks_twice_gets_one(app: Flask, settings: Settings) -> None:
    tonight()
    run(NIGHTLY)
    assert db.session.scalar(db.select(db.func.count(Job.id))) == 1
    clock.set_shift(clock.shift() + timedelta(days=1))
    run(NIGHTLY)
    assert db.session.scalar(db.select(db.func.count(Job.id))) == 2


def test_a_night_that_failed_is_red_with_its_reason_although_yesterdays_file_is_there(
    told: Callable[[], tuple[bool, str]], settings: Settings
) -> None:
    tonight()
    assert told()[0]
    clock.set_shift(clock.shift() + timedelta(days=1))
    folder = folder_of(settings.instance)
    folder.rename(folder.with_name("moved"))
    folder.write_bytes(b"a file where the folder was")
    job = tonight()
    assert job.state == "failed"
    folder.unlink()
    folder.with_name("moved").rename(folder)
    good, says = told()
    assert not good and "The last night failed: The back-up could not be made" in says


def test_an_old_file_is_red_whatever_the_night_said(told: Callable[[], tuple[bool, str]], settings: Settings) -> None:
    tonight()
    (made,) = list_backups(settings.instance)
    made.rename(made.with_stem(f"{clock.machine_now() - timedelta(hours=30):{STAMP}}"))
    good, says = told()
    assert not good and "30 hours old" in says


def test_the_newest_are_kept_as_the_setting_says(app: Flask, settings: Settings) -> None:
    folder = folder_of(settings.instance)
    folder.mkdir()
    for back in range(1, settings.backups_kept + 3):
        (folder / f"{clock.machine_now() - timedelta(days=back):{STAMP}}.backup").write_bytes(b"x")
    tonight()
    assert len(list_backups(settings.instance)) == settings.backups_kept == 14
