"""追回: how does money come back that was paid and should not have been? Booked, recovered, or written off."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases.hands import hands_of
from relief.cases.models import Case
from relief.cases.ways_models import Recoverable
from relief.db import db, locked, transaction
from relief.domain.approval import require_hand
from relief.domain.budget import Movement
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.money import ZERO, Money
from relief.domain.permissions import Actor
from relief.domain.workflow import State
from relief.funds.models import JournalEntry
from relief.funds.service import move
from relief.funds.sight import require_office

_SIGNS = {Movement.PAY: 1, Movement.BOUNCE_AFTER_PAY: -1, Movement.RECOVER: -1}


def paid_of(case: Case) -> Money:
    """What the household holds of a case by the fund's journal: paid, less what the bank or the household gave back."""
    rows = db.session.execute(
        sa.select(JournalEntry.movement, JournalEntry.amount).where(
            JournalEntry.case_id == case.id, JournalEntry.movement.in_([str(one) for one in _SIGNS])
        )
    )
    return Money(sum(_SIGNS[Movement(movement)] * amount.fen for movement, amount in rows))


def book_recoverable(case: Case, amount: Money, *, reason: str, note: str, by: Actor) -> Recoverable | None:
    """Book what is to come back of a case, under the reason code of its revocation; None where nothing is.

    Part of a verb's transaction. What is booked already is not booked again.
    """
    db.session.flush()
    left = amount - sum((one.amount - one.recovered for one in recoverables_of(case.id)), ZERO)
    if left <= ZERO or case.fund_id is None:
        return None
    row = Recoverable(
        case_id=case.id, union_id=case.union_id, fund_id=case.fund_id, amount=left, reason=reason, note=note.strip(),
        booked_by=by.person_id, booked_on=clock.today(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _told("book", row, by, {"amount": left, "reason": reason})
    return row


def record_recovery(
    recoverable_id: int, *, version: int, amount: Money, on: date, document_number: str, by: Actor
) -> Recoverable:
    """Record money that came back into the fund, all of it or a part.

    Raises RuleBroken on `amount` above what is still open, on `on` for a day to come or before the booking, on
    `document_number` without one.
    """
    by.require("payment.record")
    require_office(by)
    with transaction():
        row = _lock(recoverable_id, version, by)
        if not ZERO < amount <= left_of(row):
            raise RuleBroken("amount", "Still to come back: %(left)s.", left=left_of(row))
        if not row.booked_on <= on <= clock.today():
            raise RuleBroken("on", "Enter a day from %(day)s up to today.", day=row.booked_on)
        if not document_number.strip():
            raise RuleBroken("document_number", "Enter the number of the document.")
        row.recovered += amount
        _settle(row)
        _told("recover", row, by, {"amount": amount, "left": left_of(row), "document": document_number.strip()})
        db.session.flush()
        move(
            row.fund_id, Movement.RECOVER, amount, on=on, document_number=document_number.strip(), case_id=row.case_id,
            by=by,
        )  # fmt: skip
        return row


def write_off(recoverable_id: int, *, version: int, amount: Money, reason: str, by: Actor) -> Recoverable:
    """Give up money that will not come back, by the chair, with a reason; the fund's books keep it as paid.

    NotAllowed for a household that is the chair's own or near to the chair.
    """
    by.require("case.revoke")
    with transaction():
        row = _lock(recoverable_id, version, by)
        if by.person_id is not None:
            require_hand(by.person_id, hands_of(db.session.get_one(Case, row.case_id), by.person_id), "undo")
        if not ZERO < amount <= left_of(row):
            raise RuleBroken("amount", "Still to come back: %(left)s.", left=left_of(row))
        if not reason.strip():
            raise RuleBroken("reason", "Say why it is given up.")
        row.written_off += amount
        row.note = "\n".join(one for one in (row.note, reason.strip()) if one)
        _settle(row)
        _told("write_off", row, by, {"amount": amount, "left": left_of(row)}, unusual="written_off")
        return row


def note_bounce(case_id: int, amount: Money, *, by: Actor) -> None:
    """The bank itself returned a payment that had succeeded: of a revoked case, it counts as come back.

    RuleBroken where a part of the award is being recovered already: the same money never comes back twice.
    """
    case, rows = db.session.get_one(Case, case_id), recoverables_of(case_id)
    if not rows:
        return
    row = next((one for one in rows if left_of(one) >= amount), None)
    if case.state != State.REVOKED or row is None:
        raise RuleBroken(None, "Money of this award is being recovered. Record what came back there.")
    row.recovered += amount
    _settle(row)
    _told("returned", row, by, {"amount": amount, "left": left_of(row)})


def recoverables_of(case_id: int) -> list[Recoverable]:
    """What is or was to come back of a case, under a lock, the oldest first."""
    statement = sa.select(Recoverable).where(Recoverable.case_id == case_id).order_by(Recoverable.id)
    return list(db.session.scalars(statement.with_for_update().execution_options(populate_existing=True)))


def left_of(row: Recoverable) -> Money:
    """What is still to come back."""
    return row.amount - row.recovered - row.written_off


def _lock(recoverable_id: int, version: int, by: Actor) -> Recoverable:
    """The row under a lock, its case locked before it; NotYours outside the subtree."""
    row = db.session.get(Recoverable, recoverable_id)
    if row is None:
        raise NotYours
    by.require_sight(row.union_id)
    locked(Case, row.case_id)
    return locked(Recoverable, recoverable_id, version)


def _settle(row: Recoverable) -> None:
    row.settled_on = None if left_of(row) else clock.today()


def _told(verb: str, row: Recoverable, by: Actor, changes: dict[str, object], unusual: str | None = None) -> None:
    told = {"case": row.case_id, **changes}
    record(f"recoverable.{verb}", "recoverable", row.id, by=by, union_id=row.union_id, changes=told, unusual=unusual)
