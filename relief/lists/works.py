"""Which long work goes on for a list or a window, or ended lately, and what did it do?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.jobs.models import Job
from relief.jobs.registry import label_of
from relief.jobs.service import UNDER_WAY, begins, may_see
from relief.jobs.worker import load

TOLD_FOR = timedelta(hours=20)


@dataclass(frozen=True)
class LongWork:
    """A step that is long work: under way, stopped, or done with so many rows; `is_shown` to whoever sees the job."""

    job_id: int
    label: Sentence
    state: str
    is_shown: bool
    rows: int
    amount: Money
    behind: int

    @property
    def is_under_way(self) -> bool:
        """Whether rows are still moving."""
        return self.state in UNDER_WAY

    @property
    def has_stopped(self) -> bool:
        """Whether it ended before it was done, with a reason."""
        return self.state == "failed"


def work_on_list(list_id: int, *, by: Actor) -> LongWork | None:
    """The latest long work on a list."""
    return _latest(f"list:{list_id}:", by)


def work_on_window(window_id: int, *, by: Actor) -> LongWork | None:
    """The latest decision on a window that was long work."""
    return _latest(f"window:{window_id}:", by)


def _latest(key: str, by: Actor) -> LongWork | None:
    job = db.session.scalar(sa.select(Job).where(begins(key)).order_by(Job.id.desc()).limit(1))
    if job is None or job.put_away_at or (job.finished_at and job.finished_at < clock.now() - TOLD_FOR):
        return None
    load()
    said = job.result or {}
    return LongWork(
        job.id, label_of(job.kind), job.state, may_see(job, by), said.get("rows", 0), Money(said.get("amount", 0)),
        said.get("behind", 0),
    )  # fmt: skip
