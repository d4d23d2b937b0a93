"""Which day is it in the demo? A file beside its database says; web and worker read the same one."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa

from relief import clock, consequences
from relief.accounts.models import SignInSession
from relief.audit.service import seal_chains
from relief.db import db, transaction
from relief.domain.permissions import system_actor
from relief.policies.queries import load_calendar

FILE = "day.json"


def follow(instance: Path) -> None:
    """Let this process's clock follow the demo's day."""
    clock.follow(lambda: read(instance))


def read(instance: Path) -> timedelta:
    """How far the demo's day is moved from today."""
    path = instance / FILE
    try:
        return _read(str(path), path.stat().st_mtime_ns)
    except FileNotFoundError:
        return timedelta(0)


def to_next_working_day(instance: Path) -> dict[str, int]:
    """Move the demo to its next working day and run what falls due; how many of each happened."""
    before = clock.today()
    after = load_calendar().next_working_day(before + timedelta(days=1)).on
    days = (after - before).days
    _write(instance, read(instance) + timedelta(days=days))
    _keep_everyone_signed_in(days)
    happened = consequences.run_due(after, by=system_actor())
    seal_chains()
    return happened


def _keep_everyone_signed_in(days: int) -> None:
    with transaction():
        for session in db.session.scalars(sa.select(SignInSession).where(SignInSession.ended_at.is_(None))):
            for name in ("created_at", "last_seen_at", "confirmed_at"):
                setattr(session, name, getattr(session, name) + timedelta(days=days))


def _write(instance: Path, moved: timedelta) -> None:
    unfinished = instance / f"{FILE}.new"
    unfinished.write_text(json.dumps({"days": moved.days}))
    unfinished.replace(instance / FILE)


@lru_cache(maxsize=4)
def _read(path: str, changed: int) -> timedelta:
    return timedelta(days=json.loads(Path(path).read_text())["days"])
