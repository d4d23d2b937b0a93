"""How is long work asked for, once, and what becomes of work that lost its worker? Leases keep the machine's time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.clock import machine_now
from relief.db import after_commit, db, insert_once, locked, transaction
from relief.domain.errors import NotYours, WrongState
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.jobs import queue
from relief.jobs.models import Job

MOST_ATTEMPTS = 3
UNDER_WAY = ("queued", "running")
SENT_AGAIN_AFTER = timedelta(minutes=5)


def ask(kind: str, key: str, params: Mapping[str, Any], *, by: Actor, union_id: int | None = None) -> Job:
    """The job with this key: the one that is there, or a new one, sent once the transaction around is durable.

    `params` are plain data and hold no ID number, card or diagnosis: ids of rows, and choices.
    """
    with transaction():
        is_new = insert_once(
            Job, kind=kind, idempotency_key=key, state="queued", params={**params, "asked_by": by.name},
            done=0, total=0, attempts=0, created_at=clock.now(), union_id=union_id, asked_by=by.user_id,
        )  # fmt: skip
        job = db.session.scalars(sa.select(Job).where(Job.idempotency_key == key)).one()
        if is_new:
            record("job.ask", "job", job.id, by=by, union_id=union_id, changes={"kind": kind})
            _send(job)
        return job


def ask_next(kind: str, key: str, params: Mapping[str, Any], *, by: Actor, union_id: int | None = None) -> Job:
    """The job under way whose key begins so; else a new one, whose key ends with how many there were before."""
    with transaction():
        under_way = find_under_way(key)
        if under_way is not None:
            return under_way
        before = db.session.scalar(sa.select(sa.func.count()).where(begins(key)))
        return ask(kind, f"{key}{before}", params, by=by, union_id=union_id)


def find_under_way(key: str) -> Job | None:
    """The job whose key begins so and that is still to end."""
    return db.session.scalar(sa.select(Job).where(begins(key), Job.state.in_(UNDER_WAY)).limit(1))


def begins(key: str) -> sa.ColumnElement[bool]:
    """The condition that a job's key begins so."""
    return Job.idempotency_key.startswith(key, autoescape=True)


def ask_again(job_id: int, *, by: Actor) -> Job:
    """Queue a failed job once more, with all its attempts; WrongState for any other."""
    with transaction():
        job = locked(Job, job_id)
        if not may_see(job, by):
            raise NotYours
        if job.state != "failed":
            raise WrongState(None, "Only work that failed can be started again.")
        job.state, job.attempts, job.done = "queued", 0, 0
        job.failure = job.finished_at = job.put_away_at = None
        record("job.ask_again", "job", job.id, by=by, union_id=job.union_id, changes={"kind": job.kind})
        _send(job)
        return job


def put_away(job_id: int, *, by: Actor) -> Job:
    """What ended was read and is told no more beside what it worked on; WrongState while it goes on."""
    with transaction():
        job = locked(Job, job_id)
        if not may_see(job, by):
            raise NotYours
        if job.state in UNDER_WAY:
            raise WrongState(None, "This work still goes on.")
        job.put_away_at = clock.now()
        record("job.put_away", "job", job.id, by=by, union_id=job.union_id, changes={"kind": job.kind})
        return job


def sweep() -> int:
    """Send again what lost its worker or was never fetched; fail what lost it too often. How many it touched."""
    with transaction():
        lost = _list(Job.state == "running", Job.lease_until < machine_now())
        for job in lost:
            _restart(job)
        forgotten = _list(Job.state == "queued", Job.heartbeat_at < machine_now() - SENT_AGAIN_AFTER)
        for job in forgotten:
            _send(job)
        return len(lost) + len(forgotten)


def may_see(job: Job, by: Actor) -> bool:
    """Whoever asked for it, and those who see the union that it works for."""
    is_own = by.user_id is not None and job.asked_by == by.user_id
    return by.is_system or is_own or (job.union_id is not None and by.sees(job.union_id))


def _restart(job: Job) -> None:
    if job.attempts < MOST_ATTEMPTS:
        job.state = "queued"
        _send(job)
        return
    job.state, job.finished_at = "failed", clock.now()
    failure = sentence("The work stopped %(times)s times before it was done.", times=job.attempts)
    job.failure = failure.as_data()


def _send(job: Job) -> None:
    """`heartbeat_at` of a queued job is when it was last handed to the queue."""
    job.heartbeat_at = machine_now()
    after_commit(partial(queue.send, job.id))


def _list(*conditions: Any) -> list[Job]:
    found = sa.select(Job).where(*conditions).order_by(Job.id).limit(200).with_for_update(skip_locked=True)
    return list(db.session.scalars(found))
