"""How is one job done? Claimed under a lease, kept alive by a heartbeat, ended once, and never by two."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import OperationalError

from relief import clock
from relief.accounts.models import User
from relief.accounts.queries import actor_of
from relief.clock import machine_now
from relief.db import db, locked, transaction
from relief.domain.errors import Refusal
from relief.domain.permissions import Actor, system_actor
from relief.domain.sentences import sentence
from relief.jobs.models import Job
from relief.jobs.registry import Work, kind_of

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=45)
BEAT_SECONDS = 10.0
TOLD_EVERY = 0.3
_under_way: dict[int, int] = {}


class LeaseLost(Exception):
    """The job was given to another worker, or ended: this one must stop without a word."""


def run(job_id: int) -> None:
    """Do a queued job; nothing when it is done, failed, or another worker holds it."""
    work = _claim(job_id)
    if work is None:
        return
    _under_way[work.job_id] = work.attempt
    try:
        with _kept_alive(work):
            _act(work)
    except LeaseLost:
        log.warning("job %s: attempt %s lost its lease", work.job_id, work.attempt)
    finally:
        _under_way.pop(work.job_id, None)


def run_now(job: Job) -> Job:
    """Do a job here and now, as the tests and the demo's builder do; the job as it ended."""
    run(job.id)
    return locked(Job, job.id)


def give_back() -> None:
    """A worker that must stop gives its unfinished jobs to the sweeper at once."""
    for job_id, attempt in list(_under_way.items()):
        with transaction():
            _update(job_id, attempt, lease_until=machine_now())


def _claim(job_id: int) -> Work | None:
    with transaction():
        job = locked(Job, job_id)
        if job.state != "queued":
            return None
        job.state, job.attempts, job.done = "running", job.attempts + 1, 0
        job.heartbeat_at, job.lease_until = machine_now(), machine_now() + LEASE
        return Work(
            job_id=job.id, kind=job.kind, params=dict(job.params), attempt=job.attempts, union_id=job.union_id,
            by=_asker(job), tell=_teller(job.id, job.attempts),
        )  # fmt: skip


def _asker(job: Job) -> Actor:
    """Roles are those of today: a right that was taken away since is not used, and none of a closed account."""
    user = db.session.get(User, job.asked_by) if job.asked_by else None
    if user is None:
        return system_actor(str(job.params.get("asked_by", "system")))
    found = actor_of(user)
    return found if user.disabled_at is None else replace(found, roles=frozenset())


def _act(work: Work) -> None:
    try:
        result = kind_of(work.kind).act(work)
    except Refusal as refusal:
        _end(work, "failed", failure=refusal.sentence.as_data())
    except OperationalError:
        log.exception("job %s: the database did not answer; it will be done again", work.job_id)
        db.session.rollback()
        _update_now(work, lease_until=machine_now())
    except LeaseLost:
        raise
    except Exception:
        log.exception("job %s (%s) failed", work.job_id, work.kind)
        failure = sentence("The work stopped at a fault of the system. Its number is %(number)s.", number=work.job_id)
        _end(work, "failed", failure=failure.as_data())
    else:
        _end(work, "done", result=dict(result or {}))


def _end(work: Work, state: str, **values: Any) -> None:
    db.session.rollback()
    if state == "done":
        values["done"] = sa.case((Job.total > Job.done, Job.total), else_=Job.done)
    _update_now(work, state=state, finished_at=clock.now(), lease_until=None, **values)


def _teller(job_id: int, attempt: int) -> Callable[[int, int], None]:
    last = [0.0]

    def tell(done: int, total: int) -> None:
        if db.session().info.get("in_verb"):
            raise RuntimeError("progress is told between transactions, not inside one")
        if done < total and time.monotonic() - last[0] < TOLD_EVERY:
            return
        last[0] = time.monotonic()
        with transaction():
            _update(job_id, attempt, done=done, total=total)

    return tell


def _update_now(work: Work, **values: Any) -> None:
    with transaction():
        _update(work.job_id, work.attempt, **values)


def _update(job_id: int, attempt: int, **values: Any) -> None:
    """Write to a job that this attempt still holds; LeaseLost otherwise."""
    held = (Job.id == job_id, Job.attempts == attempt, Job.state == "running")
    if db.session.connection().execute(sa.update(Job).where(*held).values(**values)).rowcount != 1:
        raise LeaseLost


@contextmanager
def _kept_alive(work: Work) -> Iterator[None]:
    """Lengthen the lease from a thread of its own while the work goes on."""
    stop = threading.Event()
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def beat() -> None:
        while not stop.wait(BEAT_SECONDS):
            with app.app_context():
                _lengthen(work, stop)

    thread = threading.Thread(target=beat, name=f"heartbeat-{work.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _lengthen(work: Work, stop: threading.Event) -> None:
    try:
        _update_now(work, heartbeat_at=machine_now(), lease_until=machine_now() + LEASE)
    except LeaseLost:
        stop.set()
    except OperationalError:
        log.warning("job %s: no heartbeat, the database was busy", work.job_id)
