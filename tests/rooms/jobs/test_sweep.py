"""Does work go on when its worker is killed, exactly once, and not for ever?"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from relief import clock
from relief.config import ROOT, Settings
from relief.db import db, transaction
from relief.domain.sentences import Sentence
from relief.jobs import queue, running, service
from relief.jobs.models import Job
from relief.jobs.service import ask, sweep
from relief.numbering import NumberSeries
from tests.build import SYSTEM
from tests.rooms.jobs import works  # noqa: F401 - registers the works


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """On PostgreSQL the queue stands there too."""
    on_postgres = not settings.database_url.startswith("sqlite")
    return replace(settings, queue="postgresql", queue_url=settings.database_url) if on_postgres else settings


@pytest.fixture
def app(app: Flask) -> Iterator[Flask]:
    """The application; its queue is closed at the end."""
    yield app
    queue.queue_of(app)["huey"].storage.close()


def lose(job_id: int) -> None:
    """Let the lease run out."""
    with transaction():
        db.session.get(Job, job_id).lease_until = clock.machine_now() - timedelta(seconds=1)


def test_it_restarts_what_lost_its_worker_and_leaves_what_is_at_work(app: Flask) -> None:
    lost, alive = (ask("test.count", key, {"to": 1}, by=SYSTEM).id for key in "ab")
    for job_id in (lost, alive):
        running._claim(job_id)
    lose(lost)
    assert sweep() == 1
    assert [db.session.get(Job, job_id).state for job_id in (lost, alive)] == ["queued", "running"]


def test_it_gives_up_after_three_attempts_with_a_sentence(app: Flask) -> None:
    job_id = ask("test.count", "k", {"to": 1}, by=SYSTEM).id
    for state in ("queued", "queued", "failed"):
        assert running._claim(job_id) is not None
        lose(job_id)
        sweep()
        assert db.session.get(Job, job_id).state == state
    assert str(Sentence.from_data(db.session.get(Job, job_id).failure)).startswith("The work stopped 3 times")


def test_it_sends_again_what_the_queue_forgot(app: Flask) -> None:
    job_id = ask("test.count", "k", {"to": 1}, by=SYSTEM).id
    huey = queue.queue_of(app)["huey"]
    huey.storage.flush_queue()
    assert sweep() == 0
    with transaction():
        db.session.get(Job, job_id).heartbeat_at = clock.machine_now() - service.SENT_AGAIN_AFTER * 2
    assert sweep() == 1
    assert len(huey) == 1


def test_leases_do_not_follow_the_demos_moved_clock(app: Flask) -> None:
    running._claim(ask("test.count", "k", {"to": 1}, by=SYSTEM).id)
    clock.set_shift(timedelta(days=30))
    assert sweep() == 0


@contextmanager
def a_worker(settings: Settings, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker process; killed at the end, whatever happens."""
    told = folder / "settings.pickle"
    told.write_bytes(pickle.dumps(settings))
    argv = [sys.executable, "-m", "tests.rooms.jobs.worker_process", str(told)]
    process = subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


PAUSE = threading.Event()  # never set: a look every now and then leaves the machine to the others


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Look until it is so."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail("it did not become so in time")
        PAUSE.wait(0.05)


def state_of(job_id: int) -> str:
    db.session.rollback()
    return str(db.session.get(Job, job_id).state)


def test_a_job_whose_worker_is_killed_is_done_by_the_next_and_its_result_is_single(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    reached = tmp_path / "half-way"
    job_id = ask("test.one_row", "k", {"stand_still": str(reached)}, by=SYSTEM).id
    with a_worker(settings, tmp_path) as worker:
        until(reached.exists)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    assert state_of(job_id) == "running"
    lose(job_id)
    with a_worker(settings, tmp_path) as worker:
        until(lambda: state_of(job_id) == "done")
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    assert db.session.get(Job, job_id).attempts == 2
    assert db.session.query(NumberSeries).filter_by(series="done by the job").count() == 1
