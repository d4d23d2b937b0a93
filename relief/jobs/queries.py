"""Which jobs does somebody see, and how far is each?"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor
from relief.jobs.models import Job
from relief.jobs.service import may_see


def get_job(job_id: int, *, by: Actor) -> Job:
    """The job; NotYours unless the actor asked for it or sees the union that it works for."""
    job = db.session.get(Job, job_id)
    if job is None or not may_see(job, by):
        raise NotYours
    return job


def list_jobs(
    *, by: Actor, older_than: int | None = None, newer_than: int | None = None, most: int = 51
) -> Sequence[Job]:
    """The actor's own jobs, newest first; those newer than an id come nearest first, as paging wants them."""
    mine = sa.select(Job).where(Job.asked_by == by.user_id).limit(most)
    if newer_than is not None:
        return db.session.scalars(mine.where(Job.id > newer_than).order_by(Job.id)).all()
    if older_than is not None:
        mine = mine.where(Job.id < older_than)
    return db.session.scalars(mine.order_by(Job.id.desc())).all()
