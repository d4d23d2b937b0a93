"""How is a roster imported? Staged and looked at, then confirmed or dropped; or at once from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import RuleBroken, WrongState
from relief.domain.permissions import Actor
from relief.domain.roster import RosterJudgement
from relief.domain.roster.rows import tally
from relief.households.roster_applying import Progress, apply
from relief.households.roster_batch import foresee
from relief.households.roster_job import KIND
from relief.households.roster_judged import Judged, judge_file
from relief.households.roster_models import RosterImport, RosterRow
from relief.households.roster_stored import Kept, kept_households, rows_to_store
from relief.households.roster_updating import CREATED, LEFT_OUT, PROPOSED, UNCHANGED, UPDATED
from relief.jobs.models import Job
from relief.jobs.service import ask

FILE_NAME = 200
CHUNK = 500


def stage(source: Path | bytes, *, file_name: str, by: Actor) -> RosterImport:
    """Read and judge a workbook and keep its rows for a look; no household changes. RuleBroken on `file`."""
    return _keep(judge_file(source, by=by), file_name, by)


def import_file(path: Path, *, by: Actor, dry_run: bool, progress: Progress | None = None) -> RosterJudgement:
    """Judge a workbook and, unless `dry_run`, import it here and now. A dry run writes nothing at all."""
    judged = judge_file(path, by=by)
    if not dry_run:
        roster_id = _keep(judged, path.name, by).id
        _begin(roster_id, by)
        apply(roster_id, progress=progress, by=by)
    return judged.judgement


def confirm(import_id: int, *, by: Actor) -> Job:
    """Import what was staged, in the background; confirmed again, it is the same job."""
    with transaction():
        roster = _begin(import_id, by)
        params = {"import_id": roster.id}
        job = ask(KIND, f"{KIND}:{roster.id}", params, by=by, union_id=roster.union_id)
        roster.job_id = job.id
        return job


def drop(import_id: int, *, by: Actor) -> RosterImport:
    """Give the import up before it was confirmed; its rows are forgotten."""
    by.require("household.import")
    with transaction():
        roster = _held(import_id, by)
        if roster.state != "previewed":
            raise WrongState(None, "This roster was imported or dropped already.")
        roster.state = "dropped"
        db.session.execute(sa.delete(RosterRow).where(RosterRow.import_id == roster.id))
        record("roster.drop", "roster", roster.id, by=by, union_id=roster.union_id)
        return roster


def _keep(judged: Judged, file_name: str, by: Actor) -> RosterImport:
    kept = kept_households(judged)
    tallied = _tally(judged.judgement, kept, by)
    with transaction():
        roster = RosterImport(
            union_id=by.union_id or _bureau(), file_name=Path(file_name).name[:FILE_NAME], sha256=judged.sha256,
            state="previewed", tally=tallied, made_by=by.user_id, made_at=clock.now(),
            header=[list(judged.file.header), list(judged.file.member_header)],
        )  # fmt: skip
        db.session.add(roster)
        db.session.flush()
        rows = [{"import_id": roster.id, **row} for row in rows_to_store(judged, kept)]
        db.session.execute(sa.insert(RosterRow), rows)
        changes = {"file": judged.sha256[:16], "tally": roster.tally}
        record("roster.stage", "roster", roster.id, by=by, union_id=roster.union_id, changes=changes)
        return roster


def _begin(import_id: int, by: Actor) -> RosterImport:
    by.require("household.import")
    with transaction():
        roster = _held(import_id, by)
        if roster.state not in ("previewed", "applying"):
            raise WrongState(None, "This roster was imported or dropped already.")
        if roster.state == "previewed":
            roster.state = "applying"
            record("roster.confirm", "roster", roster.id, by=by, union_id=roster.union_id)
        return roster


def _held(import_id: int, by: Actor) -> RosterImport:
    roster = locked(RosterImport, import_id)
    by.require_sight(roster.union_id)
    return roster


def _tally(judgement: RosterJudgement, kept: list[Kept], by: Actor) -> dict[str, Any]:
    """How the rows of both sheets end, and what the kept households would do to the register as it is now."""
    ends = [end for at in range(0, len(kept), CHUNK) for end in foresee(kept[at : at + CHUNK], by=by)]
    plan = {end: ends.count(end) for end in (CREATED, UPDATED, PROPOSED, UNCHANGED, LEFT_OUT)}
    return {"households": judgement.tally, "members": tally(judgement.members), "plan": plan}


def _bureau() -> int:
    root = db.session.scalar(sa.select(Union.id).where(Union.parent_id.is_(None)))
    if root is None:
        raise RuleBroken(None, "There is no union yet. Set up the bureau union first.")
    return int(root)
