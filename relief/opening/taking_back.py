"""How is a wrong import undone? Whole, with a reason, by somebody else than the one who sent it."""

from __future__ import annotations

import sqlalchemy as sa

from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotAllowed, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.opening.judged import require_opening
from relief.opening.models import OpeningImport, PastAward
from relief.opening.stored import EMPTY

UNUSUAL = "past_awards_taken_back"


def take_back(import_id: int, *, why: str, by: Actor) -> OpeningImport:
    """Take every award that this import brought off its household's file: it no longer counts, the record keeps it.

    NotAllowed for the person who sent it: nobody widens a limit alone. RuleBroken on `why` without a reason;
    WrongState unless it was imported.
    """
    require_opening(by)
    with transaction():
        opening = locked(OpeningImport, import_id)
        if opening.state != "imported":
            raise WrongState(None, "Only a workbook that was imported can be taken back.")
        if by.person_id is not None and by.person_id == opening.created_by:
            raise NotAllowed(None, "Somebody else takes an import back: not the one who sent it.")
        if not why.strip():
            raise RuleBroken("why", "Say why the import is taken back.")
        _record(opening, why.strip(), by)
        db.session.execute(sa.delete(PastAward).where(PastAward.opening_id == opening.id))
        opening.state, opening.report = "dropped", EMPTY
        return opening


def _record(opening: OpeningImport, why: str, by: Actor) -> None:
    """A line for each union, as when it came in: how many awards no longer count, and their sum."""
    amount = sa.func.sum(sa.type_coerce(PastAward.amount, sa.BigInteger))
    rows = sa.select(PastAward.union_id, sa.func.count(), amount).where(PastAward.opening_id == opening.id)
    record("opening.take_back", "opening", opening.id, by=by, changes={"why": why, "file": opening.sha256[:16]})
    for union_id, count, fen in db.session.execute(rows.group_by(PastAward.union_id).order_by(PastAward.union_id)):
        changes = {"awards": count, "amount": Money(int(fen))}
        record("opening.take_off", "opening", opening.id, by=by, union_id=union_id, changes=changes, unusual=UNUSUAL)
