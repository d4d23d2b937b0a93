"""How does a voucher come about and end? Numbered at release without a gap; void with its number kept."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import RuleBroken
from relief.domain.month import Month
from relief.domain.numbering import voucher_number
from relief.domain.permissions import Actor
from relief.domain.reasons import judge_reason
from relief.domain.ways import PROOF_OF_RECEIPT
from relief.domain.workflow import VOUCHER_STEPS, PaymentState, VoucherState, take
from relief.numbering import next_number
from relief.office import office_prefix
from relief.payments.models import Payment, Sheet
from relief.vouchers.freezing import frozen_papers
from relief.vouchers.models import Voucher

TOKEN_BYTES = 18


def make_for_sheet(sheet_id: int, *, by: Actor) -> list[Voucher]:
    """A voucher for each payment of a sheet, numbered without a gap in the order of its lines.

    None for a way of paying whose payees get none by the setting of proofs.
    """
    with transaction():
        sheet = db.session.get_one(Sheet, sheet_id)
        if sheet.way not in PROOF_OF_RECEIPT.vouchers:
            return []
        payments = db.session.scalars(
            sa.select(Payment).where(Payment.sheet_id == sheet_id).order_by(Payment.line)
        ).all()
        made = _new(payments, sheet, _of_earlier_attempts(payments))
        _number(made, sheet)
        db.session.add_all(made)
        db.session.flush()
        for voucher in made:
            changes = {"number": voucher.number, "amount": voucher.amount, "payment": voucher.payment_id}
            record("voucher.make", "voucher", voucher.id, by=by, union_id=voucher.union_id, changes=changes)
        return made


def void(voucher_id: int, *, version: int, reason: str, note: str, by: Actor) -> Voucher:
    """Void a voucher and make the next one for the same payment, which cites it; the number stays in the books.

    The new voucher is returned. The money is not touched: a payment that came back voids its voucher by itself.
    """
    with transaction():
        old = held(voucher_id, by, version)
        take(VOUCHER_STEPS, "void", old.state, by)
        judge_reason("void", reason)
        if not note.strip():
            raise RuleBroken("note", "Explain it in a sentence.")
        _void(old, reason, note, by)
        payment, sheet = db.session.get_one(Payment, old.payment_id), db.session.get_one(Sheet, old.sheet_id)
        if payment.state in (PaymentState.BOUNCED, PaymentState.VOID):
            return old
        (new,) = _new([payment], sheet, {payment.id: old})
        _number([new], sheet)
        db.session.add(new)
        db.session.flush()
        changes = {"number": new.number, "replaces": old.number}
        record("voucher.make", "voucher", new.id, by=by, union_id=new.union_id, changes=changes)
        return new


def void_of_bounced(payment_id: int, *, by: Actor) -> None:
    """The payment came back: its voucher is void; the next attempt gets a new one that cites it."""
    voucher = find_live(payment_id)
    if voucher is not None:
        _void(voucher, "V02", "", by)


def held(voucher_id: int, by: Actor, version: int | None = None) -> Voucher:
    """The voucher under a lock; NotYours outside the subtree, Stale when it moved on."""
    voucher = locked(Voucher, voucher_id, version)
    by.require_sight(voucher.union_id)
    return voucher


def find_live(payment_id: int) -> Voucher | None:
    """The voucher of a payment that is not void."""
    return db.session.scalar(
        sa.select(Voucher).where(Voucher.payment_id == payment_id, Voucher.state != VoucherState.VOID)
    )


def _new(payments: Sequence[Payment], sheet: Sheet, replaced: Mapping[int, Voucher]) -> list[Voucher]:
    """A voucher for each payment, not numbered yet; `replaced` are those that new ones cite, by payment."""
    papers = frozen_papers(payments, sheet, {payment_id: one.number for payment_id, one in replaced.items()})
    return [
        Voucher(
            fund_id=sheet.fund_id, month=sheet.month, payment_id=one.id, sheet_id=sheet.id, union_id=one.union_id,
            amount=one.amount, token=secrets.token_urlsafe(TOKEN_BYTES), state=VoucherState.MADE.value,
            replaces_id=replaced[one.id].id if one.id in replaced else None, made_at=clock.now(), number="",
            sequence=0, printed=0, paper=json.dumps(papers[one.id], ensure_ascii=False),
        )
        for one in payments
    ]  # fmt: skip


def _number(vouchers: list[Voucher], sheet: Sheet) -> None:
    fund, month = sheet.fund.code, Month.parse(sheet.month)
    first = next_number(f"voucher/{fund}/{sheet.month}", len(vouchers))
    for sequence, voucher in enumerate(vouchers, first):
        voucher.sequence, voucher.number = sequence, voucher_number(office_prefix(), fund, month, sequence)


def _of_earlier_attempts(payments: Sequence[Payment]) -> dict[int, Voucher]:
    """The newest voucher of the attempt before, by payment; nothing for a first attempt."""
    before = {one.previous_id: one.id for one in payments if one.previous_id is not None}
    if not before:
        return {}
    rows = db.session.scalars(sa.select(Voucher).where(Voucher.payment_id.in_(before)).order_by(Voucher.id))
    return {before[one.payment_id]: one for one in rows}


def _void(voucher: Voucher, reason: str, note: str, by: Actor) -> None:
    voucher.state, voucher.void_reason, voucher.void_note = VoucherState.VOID.value, reason, note or None
    voucher.voided_by, voucher.voided_at = by.person_id, clock.now()
    db.session.flush()
    changes = {"number": voucher.number, "reason": reason}
    record("voucher.void", "voucher", voucher.id, by=by, union_id=voucher.union_id, changes=changes)
