"""How are past awards imported? Staged and looked at, then confirmed or dropped; or at once from the command line."""

from __future__ import annotations

from pathlib import Path

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import WrongState
from relief.domain.opening import AwardJudgement
from relief.domain.permissions import Actor
from relief.jobs.models import Job
from relief.jobs.service import ask
from relief.opening.job import KIND, key_of
from relief.opening.judged import Judged, judge_file, require_opening
from relief.opening.models import OpeningImport
from relief.opening.stored import EMPTY, report_as_text
from relief.opening.taking_over import Progress, take_over

FILE_NAME = 200


def stage(source: Path | bytes, *, file_name: str, by: Actor) -> OpeningImport:
    """Read and judge a workbook and keep the report for a look; no file changes. RuleBroken on `file`."""
    return _keep(judge_file(source, by=by), file_name, by)


def import_file(path: Path, *, by: Actor, dry_run: bool, progress: Progress | None = None) -> AwardJudgement:
    """Judge a workbook and, unless `dry_run`, take its awards over here and now. A dry run writes nothing at all."""
    judged = judge_file(path, by=by)
    if not dry_run:
        take_over(_keep(judged, path.name, by).id, progress=progress, by=by)
    return judged.judgement


def confirm(import_id: int, *, by: Actor) -> Job:
    """Take over what was staged, in the background; confirmed again, it is the same job. WrongState afterwards."""
    require_opening(by)
    with transaction():
        opening = _staged(import_id)
        was_asked = find_job(opening.id) is not None
        job = ask(KIND, key_of(opening.id), {"import_id": opening.id}, by=by, union_id=by.union_id)
        if not was_asked:
            record("opening.confirm", "opening", opening.id, by=by)
        return job


def drop(import_id: int, *, by: Actor) -> OpeningImport:
    """Give the import up before it was confirmed; its rows are forgotten. WrongState afterwards."""
    require_opening(by)
    with transaction():
        opening = _staged(import_id)
        if find_job(opening.id):
            raise WrongState(None, "This workbook was confirmed already.")
        opening.state, opening.report = "dropped", EMPTY
        record("opening.drop", "opening", opening.id, by=by)
        return opening


def find_job(import_id: int) -> Job | None:
    """The job that takes the import over; None before it was confirmed, or from the command line."""
    return db.session.scalars(db.select(Job).where(Job.idempotency_key == key_of(import_id))).one_or_none()


def _keep(judged: Judged, file_name: str, by: Actor) -> OpeningImport:
    tally = {**judged.judgement.tally, "plan": judged.plan}
    with transaction():
        opening = OpeningImport(
            filename=Path(file_name).name[:FILE_NAME], sha256=judged.sha256, state="staged",
            report=report_as_text(judged), tally=tally, created_by=by.person_id, created_at=clock.now(),
        )  # fmt: skip
        db.session.add(opening)
        db.session.flush()
        changes = {"file": judged.sha256[:16], "tally": tally}
        record("opening.stage", "opening", opening.id, by=by, changes=changes)
        return opening


def _staged(import_id: int) -> OpeningImport:
    opening = locked(OpeningImport, import_id)
    if opening.state != "staged":
        raise WrongState(None, "This workbook was taken over or dropped already.")
    return opening
