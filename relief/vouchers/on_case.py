"""What do vouchers tell the page of a case? Each with its number and how it stands."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from relief.accounts.queries import within
from relief.cases import panels
from relief.cases.panels import PaymentRow
from relief.db import db
from relief.domain.permissions import Actor
from relief.domain.reasons import REASONS
from relief.domain.sentences import sentence
from relief.payments.models import Payment
from relief.vouchers.models import Voucher


def show(case_id: int, by: Actor) -> list[PaymentRow]:
    """The vouchers of a case by number; only those with the sheets may open them."""
    rows = db.session.scalars(
        sa.select(Voucher)
        .join(Payment, Payment.id == Voucher.payment_id)
        .where(Payment.case_id == case_id, within(Voucher.union_id, by))
        .order_by(Voucher.id)
    )
    return [_row(voucher, by) for voucher in rows]


def _row(voucher: Voucher, by: Actor) -> PaymentRow:
    url = url_for("vouchers.show", voucher_id=voucher.id) if by.can("sheet.read") else None
    note = REASONS["void"].get(voucher.void_reason or "")
    said = sentence("Voucher %(number)s", number=voucher.number)
    return PaymentRow(said, voucher.state, "voucher", voucher.amount, voucher.signed_on, url, note)


panels.register(show)
