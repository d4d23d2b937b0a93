"""How does a staged roster come into the register? In short batches, each row once, also after the power went.

A batch is one transaction: its households, their members, the record, and the mark on its rows. Whoever comes
again goes on behind the last batch that was committed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, one_at_a_time, transaction
from relief.domain.errors import WrongState
from relief.domain.permissions import Actor
from relief.households.roster_batch import apply_households, apply_members
from relief.households.roster_models import RosterImport, RosterRow
from relief.households.roster_stored import HOUSEHOLDS, MEMBERS, kept_from_body, member_from_body, reason_as_data
from relief.households.roster_updating import Ended

BATCH = 100
TRIES = 3  # somebody may open the same household by hand while a batch is under way
Progress = Callable[[int, int], None]


class Waiting(NamedTuple):
    """A row that is not applied yet."""

    id: int
    row: int
    body: str
    reasons: list[Any]


def apply(import_id: int, *, progress: Progress | None = None, by: Actor) -> RosterImport:
    """Apply what is not applied yet, batch by batch. `progress(done, whole)` is told between the batches.

    Safe to begin again after it was cut off at any point; WrongState unless the import was confirmed.
    """
    by.require("household.import")
    done, whole = _count(import_id)
    tell = progress or (lambda done, whole: None)
    tell(done, whole)
    for sheet in (HOUSEHOLDS, MEMBERS):
        last = 0
        while batch := _tried(import_id, sheet, last, by):
            last, done = batch[-1].row, done + (len(batch) if sheet == HOUSEHOLDS else 0)
            tell(done, whole)
    return _finish(import_id, by)


def _tried(import_id: int, sheet: str, last: int, by: Actor) -> Sequence[Waiting]:
    for left in reversed(range(TRIES)):
        try:
            return _batch(import_id, sheet, last, by)
        except IntegrityError:
            if not left:
                raise
    return ()


def _batch(import_id: int, sheet: str, last: int, by: Actor) -> Sequence[Waiting]:
    """The rows of the next batch, applied; empty when none is left."""
    with transaction():
        one_at_a_time("apply a roster")
        if locked(RosterImport, import_id).state != "applying":
            raise WrongState(None, "This roster is not being imported.")
        waiting = _waiting(import_id, sheet, last)
        if sheet == HOUSEHOLDS:
            kept = {one.row: kept_from_body(one.body) for one in waiting}
            ended, members = apply_households(list(kept.values()), by=by)
            _mark(import_id, MEMBERS, members)
        else:
            rows = [member for one in waiting if (member := member_from_body(one.body))]
            ended = apply_members(rows, by=by)
        _mark(import_id, sheet, ended)
        return waiting


def _waiting(import_id: int, sheet: str, last: int) -> Sequence[Waiting]:
    rows = (
        sa.select(RosterRow.id, RosterRow.row, RosterRow.body, RosterRow.reasons)
        .where(
            RosterRow.import_id == import_id, RosterRow.sheet == sheet, RosterRow.row > last,
            RosterRow.outcome != "rejected", RosterRow.applied.is_(None),
        )
        .order_by(RosterRow.row)
        .limit(BATCH)
    )  # fmt: skip
    return [Waiting(*row) for row in db.session.execute(rows)]


def _mark(import_id: int, sheet: str, ended: Mapping[int, Ended]) -> None:
    """Note on each row what became of it, and what is said about it beside the judgement."""
    if not ended:
        return
    rows = sa.select(RosterRow.id, RosterRow.row, RosterRow.reasons).where(
        RosterRow.import_id == import_id, RosterRow.sheet == sheet, RosterRow.row.in_(list(ended))
    )
    marks = [
        {
            "id": row_id, "applied": ended[row].applied, "household_id": ended[row].household_id,
            "reasons": reasons + [reason_as_data(note, note=True) for note in ended[row].notes],
        }
        for row_id, row, reasons in db.session.execute(rows)
    ]  # fmt: skip
    db.session.execute(sa.update(RosterRow), marks)


def _finish(import_id: int, by: Actor) -> RosterImport:
    with transaction():
        roster = locked(RosterImport, import_id)
        if roster.state == "applying":
            roster.state, roster.applied_at = "applied", clock.now()
            roster.tally = {**roster.tally, "applied": _applied(import_id)}
            record("roster.applied", "roster", roster.id, by=by, union_id=roster.union_id,
                   changes={"applied": roster.tally["applied"]})  # fmt: skip
        return roster


def _applied(import_id: int) -> dict[str, dict[str, int]]:
    counted = sa.select(RosterRow.sheet, RosterRow.applied, sa.func.count()).where(
        RosterRow.import_id == import_id, RosterRow.applied.is_not(None)
    )
    found: dict[str, Counter[str]] = {HOUSEHOLDS: Counter(), MEMBERS: Counter()}
    for sheet, applied, count in db.session.execute(counted.group_by(RosterRow.sheet, RosterRow.applied)):
        found[sheet][str(applied)] = count
    return {sheet: dict(counts) for sheet, counts in found.items()}


def _count(import_id: int) -> tuple[int, int]:
    """Households applied, and households to apply in all."""
    kept = sa.select(sa.func.count(RosterRow.applied), sa.func.count()).where(
        RosterRow.import_id == import_id, RosterRow.sheet == HOUSEHOLDS, RosterRow.outcome != "rejected"
    )
    done, whole = db.session.execute(kept).one()
    return int(done), int(whole)
