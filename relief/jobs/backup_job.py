"""How is the database backed up every night? As a job with a key for the day: once, tried again, its result kept."""

from __future__ import annotations

from relief import clock
from relief.backups import NotBackedUp, make_backup
from relief.db import db
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.permissions import system_actor
from relief.jobs.registry import Result, Work, job
from relief.jobs.service import ask
from relief.office import office

KIND = "backup"


def ask_tonight() -> None:
    """Ask for the back-up of this day, once, whoever asks again."""
    ask(KIND, f"{KIND}/{clock.today()}", {}, by=system_actor("worker"))


@job(KIND, label("Nightly back-up"))
def back_up(work: Work) -> Result:
    """The job's work; its result is the name of the file and its size in bytes."""
    try:
        made = make_backup(db.engine.url, office().instance, office().backups_kept)
    except (NotBackedUp, OSError) as fault:
        raise RuleBroken(None, "The back-up could not be made: %(why)s", why=str(fault)) from fault
    return {"file": made.name, "size": made.stat().st_size}
