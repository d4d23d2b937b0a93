"""How do staged awards come onto the files? In short batches, each award once, also after the power went.

Whoever comes again skips what is here already: an award is told by its fingerprint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, one_at_a_time, transaction
from relief.domain.errors import WrongState
from relief.domain.money import Money, total
from relief.domain.opening import AwardRow
from relief.domain.permissions import Actor
from relief.households.models import Household
from relief.opening.judged import fingerprint_of, known_fingerprints, require_opening
from relief.opening.models import OpeningImport, PastAward
from relief.opening.stored import report_of

BATCH = 500
Progress = Callable[[int, int], None]


def take_over(import_id: int, *, progress: Progress | None = None, by: Actor) -> OpeningImport:
    """Put the staged awards on their files, batch by batch; `progress(done, whole)` is told between the batches.

    Safe to begin again after it was cut off; an import that is through stays as it is. WrongState when it was dropped.
    """
    require_opening(by)
    with transaction():
        awards = report_of(_waiting(import_id)).awards
    tell = progress or (lambda done, whole: None)
    tell(0, len(awards))
    for at in range(0, len(awards), BATCH):
        _batch(import_id, awards[at : at + BATCH], by)
        tell(min(at + BATCH, len(awards)), len(awards))
    return _finish(import_id, by)


def _batch(import_id: int, awards: Sequence[AwardRow], by: Actor) -> None:
    with transaction():
        one_at_a_time("take past awards over")
        if _waiting(import_id).state != "staged":
            return
        known = known_fingerprints(map(fingerprint_of, awards))
        new = [award for award in awards if fingerprint_of(award) not in known]
        unions = _unions_of({award.household_id for award in new})
        rows = [_values(award, unions[award.household_id], import_id) for award in new]
        if rows:
            db.session.execute(sa.insert(PastAward), rows)
        _record(import_id, new, unions, by)


def _record(import_id: int, awards: Sequence[AwardRow], unions: dict[int, int], by: Actor) -> None:
    """A line for each union: how many awards came onto its files, and what they add up to."""
    amounts: dict[int, list[Money]] = {}
    for award in awards:
        amounts.setdefault(unions[award.household_id], []).append(award.amount)
    for union_id, given in sorted(amounts.items()):
        changes = {"awards": len(given), "amount": total(given)}
        record("opening.take_over", "opening", import_id, by=by, union_id=union_id, changes=changes)


def _finish(import_id: int, by: Actor) -> OpeningImport:
    with transaction():
        opening = _waiting(import_id)
        if opening.state == "staged":
            created = db.session.scalar(
                sa.select(sa.func.count()).select_from(PastAward).where(PastAward.opening_id == opening.id)
            )
            kept = opening.tally["imported"] + opening.tally["warned"]
            ended = Counter(created=created or 0, unchanged=kept - (created or 0))
            opening.state, opening.imported_at = "imported", clock.now()
            opening.tally = {**opening.tally, "applied": dict(ended)}
            record("opening.imported", "opening", opening.id, by=by, changes={"applied": dict(ended)})
        return opening


def _waiting(import_id: int) -> OpeningImport:
    opening = locked(OpeningImport, import_id)
    if opening.state == "dropped":
        raise WrongState(None, "This workbook was dropped.")
    return opening


def _values(award: AwardRow, union_id: int, import_id: int) -> dict[str, object]:
    return {
        "household_id": award.household_id, "union_id": union_id, "kind": award.kind, "item": award.item,
        "form": award.form, "amount": award.amount, "on": award.on, "until_month": award.until_month,
        "fund": award.fund, "sheet_number": award.sheet_number or None, "remark": award.remark or None,
        "fingerprint": fingerprint_of(award), "opening_id": import_id,
    }  # fmt: skip


def _unions_of(household_ids: set[int]) -> dict[int, int]:
    rows = db.session.execute(sa.select(Household.id, Household.union_id).where(Household.id.in_(household_ids)))
    return {row.id: row.union_id for row in rows}
