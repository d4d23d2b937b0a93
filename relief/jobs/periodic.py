"""What is done again and again by itself? Found by name when its minute comes, each on its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib import import_module

from flask import Flask
from huey import Huey, crontab

from relief import clock
from relief.db import db
from relief.domain.permissions import system_actor

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Periodic:
    """A function by name, the minutes of the hour in which it runs, and whether it wants the day and an actor."""

    module: str
    function: str
    minute: str = "*"
    hour: str = "*"
    wants_day: bool = False

    @property
    def name(self) -> str:
        return f"{self.module.removeprefix('relief.')}.{self.function}"


PERIODIC = (
    Periodic("relief.jobs.service", "sweep"),
    Periodic("relief.audit.service", "seal_chains"),
    Periodic("relief.consequences", "run_due", minute="*/5", wants_day=True),
    # UTC, like the next: half past two in the office, and every hour of that day for a machine that slept at night.
    Periodic("relief.jobs.backup_job", "ask_tonight", minute="30", hour="18-23,0-15"),
    Periodic("relief.payments.service", "recount", minute="47", hour="18"),
    Periodic("relief.files.service", "sweep_orphans", minute="17", hour="19"),  # UTC: at night in the office
)


def run(one: Periodic) -> None:
    """Run it; a fault is written down and stops nothing else."""
    try:
        act = getattr(import_module(one.module), one.function)
        if one.wants_day:
            act(clock.today(), by=system_actor("worker"))
        else:
            act()
    except Exception:  # whatever one of them raises, the others must go on
        log.exception("%s failed", one.name)
        db.session.rollback()


def schedule(app: Flask, huey: Huey) -> None:
    """Register all with the queue; one that waited for a minute is dropped, since the next is due."""
    for one in PERIODIC:
        _schedule(app, huey, one)


def _schedule(app: Flask, huey: Huey, one: Periodic) -> None:
    @huey.periodic_task(crontab(minute=one.minute, hour=one.hour), name=one.name, expires=55)
    def act() -> None:
        with app.app_context():
            run(one)
