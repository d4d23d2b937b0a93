"""An import is cut off: whatever was told as done is in, nothing is half or twice, and it goes on behind it."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from relief.config import ROOT, Settings
from relief.db import db
from relief.domain.errors import NotYours, WrongState
from relief.domain.permissions import Actor
from relief.households.models import Household, Member
from relief.households.roster_applying import BATCH, apply
from relief.households.roster_import import confirm, drop, stage
from relief.households.roster_models import RosterImport, RosterRow
from relief.households.roster_queries import get_import
from relief.jobs.queries import get_job
from relief.jobs.running import run_now
from tests.build import Office, an_id, an_office
from tests.rooms.households.rosters import a_book, a_row, counts

ROWS = 2 * BATCH + 30


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


@pytest.fixture
def staged(office: Office) -> int:
    rows = [a_row(number) for number in range(1, ROWS + 1)]
    members = [[an_id(sequence=2 * number + 1), "李英", "配偶", None, None] for number in range(1, ROWS + 1)]
    return stage(a_book(rows, members), file_name="名册.xlsx", by=office.wang).id


def how_many(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def is_whole(import_id: int) -> None:
    """Each household once, with its head and its member, and each row marked."""
    assert (how_many(Household), how_many(Member)) == (ROWS, 2 * ROWS)
    numbers = db.session.scalars(sa.select(Household.number).order_by(Household.id)).all()
    assert [int(number[-6:]) for number in numbers] == list(range(1, ROWS + 1))
    assert set(db.session.scalars(sa.select(RosterRow.applied))) == {"created"}
    roster = db.session.get_one(RosterImport, import_id)
    assert (roster.state, roster.tally["applied"]["households"]) == ("applied", {"created": ROWS})


def test_staging_changes_no_household(office: Office) -> None:
    before = counts()
    stage(a_book([a_row(1)]), file_name="名册.xlsx", by=office.wang)
    changed = {name for name, count in counts().items() if count != before[name]}
    assert changed == {"roster_import", "roster_row", "audit_entry"}


def test_a_job_imports_it_tells_how_far_it_is_and_ends_at_the_result(office: Office, staged: int) -> None:
    job = confirm(staged, by=office.wang)
    assert confirm(staged, by=office.wang).id == job.id
    assert get_import(staged, by=office.wang).state == "applying"
    done = run_now(job)
    assert (done.state, done.done, done.total) == ("done", ROWS, ROWS)
    assert done.result == {
        "url": f"/rosters/{staged}", "households": {"created": ROWS}, "members": {"created": ROWS},
    }  # fmt: skip
    is_whole(staged)


def test_progress_is_told_between_the_batches(office: Office, staged: int) -> None:
    told: list[tuple[int, int]] = []
    confirm(staged, by=office.wang)
    apply(staged, progress=lambda done, whole: told.append((done, whole)), by=office.wang)
    assert [done for done, _ in told][:4] == [0, BATCH, 2 * BATCH, ROWS]
    assert {whole for _, whole in told} == {ROWS}


def test_a_fault_in_the_middle_of_a_batch_takes_that_batch_back_and_the_next_run_goes_on(
    office: Office, staged: int
) -> None:
    job = confirm(staged, by=office.wang)
    with _failing_at("INSERT INTO household_gram", 2), pytest.raises(OSError, match="the disk is gone"):
        apply(staged, by=office.wang)
    db.session.rollback()
    assert (how_many(Household), how_many(Member)) == (BATCH, 2 * BATCH)
    assert run_now(job).state == "done"
    is_whole(staged)


@contextmanager
def _failing_at(statement: str, time: int) -> Iterator[None]:
    """The nth statement that begins so fails in the database's own hands."""
    seen = 0

    def fail(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
        nonlocal seen
        seen += text.startswith(statement)
        if seen == time and text.startswith(statement):
            raise OSError("the disk is gone")

    sa.event.listen(db.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", fail)


def test_after_a_kill_the_next_run_goes_on_behind_what_was_committed(
    settings: Settings, office: Office, staged: int, tmp_path: Path
) -> None:
    job = confirm(staged, by=office.wang)
    db.session.rollback()
    kept = tmp_path / "settings"
    kept.write_bytes(pickle.dumps(settings))
    command = [sys.executable, "-m", "tests.rooms.households.killed_import", str(kept), str(staged)]
    killed = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert how_many(Household) == BATCH
    assert run_now(job).state == "done"
    is_whole(staged)


def test_a_dropped_roster_is_forgotten_and_cannot_come_in(office: Office, staged: int) -> None:
    drop(staged, by=office.wang)
    assert how_many(RosterRow) == 0
    with pytest.raises(WrongState):
        confirm(staged, by=office.wang)


def test_a_roster_that_came_in_is_not_dropped_and_not_confirmed_twice(office: Office) -> None:
    import_id = stage(a_book([a_row(1)]), file_name="名册.xlsx", by=office.wang).id
    run_now(confirm(import_id, by=office.wang))
    for verb in (drop, confirm):
        with pytest.raises(WrongState):
            verb(import_id, by=office.wang)


def test_a_roster_that_nobody_confirmed_is_not_applied(office: Office, staged: int) -> None:
    with pytest.raises(WrongState):
        apply(staged, by=office.wang)
    assert how_many(Household) == 0


@pytest.mark.parametrize("verb", [confirm, drop, get_import])
def test_another_units_roster_is_as_a_missing_one(office: Office, staged: int, verb: object) -> None:
    others: Actor = office.zhao
    for import_id in (staged, staged + 1000):
        with pytest.raises(NotYours):
            verb(import_id, by=others)  # type: ignore[operator]
    job = confirm(staged, by=office.chen)
    with pytest.raises(NotYours):
        get_job(job.id, by=others)
