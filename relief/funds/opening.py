"""How does a fund start in the middle of a year? With what was announced and received before, brought forward once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.budget import Movement
from relief.domain.errors import RuleBroken
from relief.domain.money import ZERO, Money, total
from relief.domain.permissions import Actor
from relief.funds.models import Fund, JournalEntry
from relief.funds.service import OPENING_MARK, enter
from relief.funds.sight import require_office


def bring_forward(
    fund_id: int, *, announced: Money, received: Money, document_number: str, on: date, note: str = "", by: Actor
) -> list[JournalEntry]:
    """Enter a fund's opening balance: money announced and not used up, and the part of it that was received.

    Once per fund: RuleBroken names what stands, until that is taken back line by line. The lines are an announcement
    and a receipt like any other, marked so that they read as opening balance.
    """
    by.require("fund.write")
    require_office(by)
    if announced <= ZERO:
        raise RuleBroken("announced", "The amount must be above zero.")
    if received > announced:
        raise RuleBroken("received", "No more can be received than was announced (%(amount)s).", amount=announced)
    with transaction():
        locked(Fund, fund_id)
        _refuse_second(fund_id)
        brought = partial(enter, document_number=document_number, on=on, note=_marked(note), by=by)
        entries = [brought(Movement.ANNOUNCE, fund_id, announced)]
        if received > ZERO:
            entries.append(brought(Movement.RECEIVE, fund_id, received))
        changes = {"announced": announced, "received": received, "document": document_number.strip(), "on": on}
        record("fund.bring_forward", "fund", fund_id, by=by, changes=changes)
        return entries


def standing_opening(fund_id: int) -> Sequence[JournalEntry]:
    """The lines of the fund's opening balance that were not taken back."""
    later = aliased(JournalEntry)
    rows = sa.select(JournalEntry).outerjoin(later, later.reverses_id == JournalEntry.id)
    rows = rows.where(JournalEntry.fund_id == fund_id, JournalEntry.note.startswith(OPENING_MARK), later.id.is_(None))
    incoming = (Movement.ANNOUNCE.value, Movement.RECEIVE.value)
    return db.session.scalars(rows.where(JournalEntry.movement.in_(incoming)).order_by(JournalEntry.id)).all()


def _refuse_second(fund_id: int) -> None:
    standing = standing_opening(fund_id)
    if standing:
        sums = {
            movement: total(entry.amount for entry in standing if entry.movement == movement.value)
            for movement in (Movement.ANNOUNCE, Movement.RECEIVE)
        }
        raise RuleBroken(
            None,
            "The opening balance stands already: announced %(announced)s, received %(received)s, %(document)s of "
            "%(day)s. Take its lines back first if they are wrong.",
            announced=sums[Movement.ANNOUNCE],
            received=sums[Movement.RECEIVE],
            document=standing[0].document_number or "",
            day=standing[0].on,
        )


def _marked(note: str) -> str:
    return f"{OPENING_MARK}:{note.strip()}" if note.strip() else OPENING_MARK
