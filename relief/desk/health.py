"""Is the system in order? Green or red, each with what to do; no case is looked at."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from relief import clock
from relief.audit.models import AuditEntry, AuditSeal
from relief.backups import newest_backup
from relief.config import ROOT
from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.jobs.backup_job import KIND as BACKUP
from relief.jobs.models import Job
from relief.office import office
from relief.policies.models import CalendarYear
from relief.web.formatting import size

OLDEST_BACKUP = timedelta(hours=26)
LEAST_FREE = 2_000_000_000
LEAST_SHARE = 10
DAYS_AHEAD = 60
STUCK_AFTER = timedelta(minutes=15)
FAILED_SINCE = timedelta(days=7)
OLDEST_UNSEALED = timedelta(hours=1)


@dataclass(frozen=True)
class Check:
    """One thing that is in order or not: how it stands, and what to do when it is not."""

    code: str
    label: Sentence
    good: bool
    says: Sentence
    todo: Sentence


def list_checks(*, by: Actor) -> Sequence[Check]:
    """Every check, the red ones first."""
    by.require("system.run")
    checks = [_backup(), _disk(office().instance), _calendar(), _jobs(), _chain(), _schema()]
    return sorted(checks, key=lambda one: one.good)


def _backup() -> Check:
    """The age of the newest file, and how the last night's work ended."""
    newest, last = newest_backup(office().instance), _last_night()
    if newest is None:
        good, says = False, sentence("There is no back-up yet. %(night)s", night=last.says)
    else:
        moment, bytes_of = newest
        age = clock.machine_now() - moment
        good = age <= OLDEST_BACKUP and last.good
        says = sentence(
            "The newest back-up is of %(moment)s, %(hours)s hours old, %(size)s. %(night)s",
            moment=moment, hours=int(age.total_seconds() // 3600), size=size(bytes_of), night=last.says,
        )  # fmt: skip
    todo = label("See that `relief worker` runs: it makes one every night. `relief backup` makes one now.")
    return Check("backup", label("Back-up"), good, says, todo)


@dataclass(frozen=True)
class _Night:
    good: bool
    says: Sentence


def _last_night() -> _Night:
    job = db.session.scalars(sa.select(Job).where(Job.kind == BACKUP).order_by(Job.id.desc()).limit(1)).first()
    if job is None:
        return _Night(True, label("No nightly work was done yet."))
    if job.failure is not None:
        return _Night(False, sentence("The last night failed: %(why)s", why=Sentence.from_data(job.failure)))
    return _Night(True, label("The last night went well.") if job.is_done else label("Tonight's is under way."))


def _disk(instance: Path) -> Check:
    usage = shutil.disk_usage(instance if instance.exists() else instance.anchor or "/")
    share = usage.free * 100 // usage.total
    says = sentence("%(free)s are free, %(share)s %% of the disk.", free=size(usage.free), share=share)
    todo = label("Make room: move old back-ups to another machine, or have the disk enlarged.")
    return Check("disk", label("Disk"), usage.free >= LEAST_FREE and share >= LEAST_SHARE, says, todo)


def _calendar() -> Check:
    """Every year that the next two months touch has the State Council's notice."""
    last = clock.today() + timedelta(days=DAYS_AHEAD)
    wanted = sorted({clock.today().year, last.year})
    held = set(db.session.scalars(sa.select(CalendarYear.year).where(CalendarYear.year.in_(wanted))))
    missing = [year for year in wanted if year not in held]
    says = (
        sentence("The holiday notice of %(year)s is missing: deadlines are provisional.", year=str(missing[0]))
        if missing
        else sentence("Working days are known until %(day)s.", day=last)
    )
    todo = label("Update the program when the State Council's notice is out: it brings the new year's calendar.")
    return Check("calendar", label("Calendar"), not missing, says, todo)


def _jobs() -> Check:
    now = clock.machine_now()
    failed = sa.select(sa.func.count()).where(Job.state == "failed", Job.finished_at > now - FAILED_SINCE)
    late = sa.or_(
        sa.and_(Job.state == "queued", Job.created_at < now - STUCK_AFTER),
        sa.and_(Job.state == "running", Job.lease_until < now - STUCK_AFTER),
    )
    stuck = sa.select(sa.func.count()).where(late)
    failures, waiting = db.session.execute(sa.select(failed.scalar_subquery(), stuck.scalar_subquery())).one()
    says = sentence(
        "%(failed)s failed in the last seven days, %(stuck)s stuck.", failed=int(failures), stuck=int(waiting)
    )
    todo = label("See that `relief worker` runs; a failed work names its reason to whoever asked for it.")
    return Check("jobs", label("Work in the background"), not failures and not waiting, says, todo)


def _chain() -> Check:
    """How long the oldest line after the last seal waits."""
    last = sa.select(sa.func.coalesce(sa.func.max(AuditSeal.entry_id), 0)).scalar_subquery()
    waiting: datetime | None = db.session.scalar(sa.select(sa.func.min(AuditEntry.at)).where(AuditEntry.id > last))
    sealed: datetime | None = db.session.scalar(sa.select(sa.func.max(AuditSeal.at)))
    good = waiting is None or clock.now() - waiting <= OLDEST_UNSEALED
    says = sentence("Last sealed %(moment)s.", moment=sealed) if sealed else sentence("Nothing is sealed yet.")
    todo = label("See that `relief worker` runs, or run `relief seal-record`; then `relief verify-audit`.")
    return Check("chain", label("Seal of the record"), good, says, todo)


def _schema() -> Check:
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    now = MigrationContext.configure(db.session.connection()).get_current_revision()
    says = sentence("The database is at revision %(revision)s.", revision=now or "—")
    todo = label("Run `relief migrate` before anybody goes on working.")
    return Check("schema", label("Schema of the database"), now == head, says, todo)
