"""How does money move in a fund? One journal line and one conditional change of the balance, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.budget import DELTAS, Balance, Movement, apply
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.money import ZERO, Money, total
from relief.domain.permissions import Actor
from relief.funds.models import Fund, FundBalance, JournalEntry
from relief.funds.sight import require_office

FUNDS = {
    "F1": "中央财政职工困难帮扶资金",
    "F2": "省级配套资金",
    "F3": "上级工会拨付资金(含送温暖资金)",
    "F4": "本级工会经费",
    "F5": "行政补助",
    "F6": "社会捐助",
    "F7": "利息",
}
UNDONE_BY = {Movement.ANNOUNCE: Movement.ANNOUNCE_BACK, Movement.RECEIVE: Movement.RECEIVE_BACK}
OPENING_MARK = "期初余额"  # begins the note of an opening balance's lines and of no others
COLUMNS = ("announced", "received", "committed", "released", "paid")


def prepare(*, by: Actor) -> None:
    """Open the seven funds, once."""
    with transaction():
        known = set(db.session.scalars(sa.select(Fund.code)))
        for code, name in FUNDS.items():
            if code not in known:
                open_fund(code, name, by=by)


def open_fund(code: str, name: str, *, by: Actor) -> Fund:
    """Open a fund with an empty balance."""
    by.require("fund.write")
    with transaction():
        fund = Fund(code=code, name=name)
        db.session.add(fund)
        db.session.flush()
        db.session.add(FundBalance(fund_id=fund.id, **dict.fromkeys(COLUMNS, ZERO)))
        db.session.flush()
        record("fund.open", "fund", fund.id, by=by, changes={"code": code, "name": name})
        return fund


def announce(fund_id: int, amount: Money, *, document_number: str, on: date, note: str = "", by: Actor) -> JournalEntry:
    """Enter money announced (指标) by a document."""
    return enter(Movement.ANNOUNCE, fund_id, amount, document_number=document_number, on=on, note=_own(note), by=by)


def receive(fund_id: int, amount: Money, *, document_number: str, on: date, note: str = "", by: Actor) -> JournalEntry:
    """Enter money received (到账); never more than was announced."""
    return enter(Movement.RECEIVE, fund_id, amount, document_number=document_number, on=on, note=_own(note), by=by)


def reverse(entry_id: int, *, note: str, by: Actor) -> JournalEntry:
    """Take back a wrong announcement or receipt by a line that cites it; the first line stays."""
    by.require("fund.write")
    require_office(by)
    with transaction():
        entry = locked(JournalEntry, entry_id)
        undo = UNDONE_BY.get(Movement(entry.movement))
        if undo is None:
            raise RuleBroken(None, "Only money announced or received is taken back here.")
        if db.session.scalar(sa.select(JournalEntry.id).where(JournalEntry.reverses_id == entry.id)):
            raise RuleBroken(None, "This line was taken back already.")
        if not note.strip():
            raise RuleBroken("note", "Say what was wrong.")
        record("fund.reverse", "fund", entry.fund_id, by=by, changes={"entry": entry.id, "amount": entry.amount})
        return move(
            entry.fund_id, undo, entry.amount, on=clock.today(), note=note, reverses_id=entry.id, by=by,
            document_number=entry.document_number,
        )  # fmt: skip


def move(
    fund_id: int, movement: Movement, amount: Money, *, on: date, by: Actor, document_number: str | None = None,
    note: str | None = None, case_id: int | None = None, payment_id: int | None = None, reverses_id: int | None = None,
) -> JournalEntry:  # fmt: skip
    """Write the journal line and change the balance under its conditions; RuleBroken on `amount` when they fail.

    Part of a verb's transaction, and called last in it: the balance is the hot row.
    """
    entry = JournalEntry(
        fund_id=fund_id, movement=movement.value, amount=amount, on=on, month=f"{on:%Y-%m}", note=note,
        document_number=document_number, case_id=case_id, payment_id=payment_id, reverses_id=reverses_id,
        user_id=by.user_id, at=clock.now(),
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    _change_balance(fund_id, movement, amount)
    return entry


@dataclass(frozen=True)
class Paid:
    """One part of a movement of many: of a payment, or of an award with the number of its case."""

    amount: Money
    case_id: int
    payment_id: int | None = None
    document_number: str | None = None


def move_many(
    fund_id: int, movement: Movement, parts: Sequence[Paid], *, on: date, document_number: str | None = None, by: Actor
) -> None:
    """The same movement for many parts: a journal line each, and one change of the balance, called last."""
    db.session.add_all(
        JournalEntry(
            fund_id=fund_id, movement=movement.value, amount=part.amount, on=on, month=f"{on:%Y-%m}",
            document_number=part.document_number or document_number, case_id=part.case_id,
            payment_id=part.payment_id, user_id=by.user_id, at=clock.now(),
        )
        for part in parts
    )
    db.session.flush()
    _change_balance(fund_id, movement, total(part.amount for part in parts))


def _change_balance(fund_id: int, movement: Movement, amount: Money) -> None:
    deltas = DELTAS[movement]
    after = {name: getattr(FundBalance, name) + amount * deltas.get(name, 0) for name in COLUMNS}
    statement = (
        sa.update(FundBalance)
        .where(FundBalance.fund_id == fund_id, *_conditions(after))
        .values({name: after[name] for name in deltas})
        .execution_options(synchronize_session=False)
    )
    changed = cast(sa.CursorResult[Any], db.session.execute(statement))
    if changed.rowcount != 1:
        apply(balance_of(fund_id), movement, amount)
        raise RuleBroken("amount", "The fund changed while this was written. Try again.")


def _conditions(after: dict[str, sa.ColumnElement[Money]]) -> tuple[sa.ColumnElement[bool], ...]:
    nothing = sa.literal(0)
    return (
        sa.cast(after["announced"] - after["received"], sa.BigInteger) >= nothing,
        sa.cast(after["received"] - after["released"] - after["paid"], sa.BigInteger) >= nothing,
        sa.cast(after["announced"] - after["committed"] - after["paid"], sa.BigInteger) >= nothing,
        sa.cast(after["committed"] - after["released"], sa.BigInteger) >= nothing,
        sa.cast(after["released"], sa.BigInteger) >= nothing,
        sa.cast(after["paid"], sa.BigInteger) >= nothing,
    )


def balance_of(fund_id: int) -> Balance:
    """The cached balance, read afresh."""
    row = db.session.execute(
        sa.select(*(getattr(FundBalance, name) for name in COLUMNS)).where(FundBalance.fund_id == fund_id)
    ).one()
    return Balance(*row)


def enter(
    movement: Movement, fund_id: int, amount: Money, *, document_number: str, on: date, note: str, by: Actor
) -> JournalEntry:
    """Enter money that comes in, by a document that is there; what announcements, receipts and openings share."""
    by.require("fund.write")
    require_office(by)
    if amount <= ZERO:
        raise RuleBroken("amount", "The amount must be above zero.")
    if on > clock.today():
        raise RuleBroken("on", "This day lies in the future.")
    if not document_number.strip():
        raise RuleBroken("document_number", "Enter the number of the document.")
    document_number, note = document_number.strip(), note.strip()
    with transaction():
        _hold(fund_id)
        if by.user_id is not None:
            _refuse_twice(movement, fund_id, amount, document_number, on)
        changes = {"movement": movement.value, "amount": amount, "document": document_number}
        record("fund." + movement.value, "fund", fund_id, by=by, changes=changes)
        return move(fund_id, movement, amount, on=on, document_number=document_number, note=note, by=by)


def _hold(fund_id: int) -> None:
    """One entry of a fund at a time, so that two clicks at once do not slip through; NotYours without the fund."""
    held = sa.select(Fund.id).where(Fund.id == fund_id).with_for_update(key_share=True)
    if db.session.scalar(held) is None:
        raise NotYours


def _refuse_twice(movement: Movement, fund_id: int, amount: Money, document_number: str, on: date) -> None:
    """The same document, amount and day once more is a second click, not more money.

    What was taken back may be entered again.
    """
    back = aliased(JournalEntry)
    same = sa.select(JournalEntry.id).where(
        JournalEntry.fund_id == fund_id, JournalEntry.movement == movement.value, JournalEntry.amount == amount,
        JournalEntry.document_number == document_number, JournalEntry.on == on,
        ~sa.exists().where(back.reverses_id == JournalEntry.id),
    )  # fmt: skip
    if db.session.scalar(same.limit(1)) is not None:
        raise RuleBroken("document_number", "This document is entered already, with this amount and day.")


def _own(note: str) -> str:
    """The note, unless it passes itself off as an opening balance's."""
    if note.strip().startswith(OPENING_MARK):
        raise RuleBroken("note", "An opening balance is entered on its own page.")
    return note
