"""A10: which vouchers are not signed, and which sheets carry no number of the books?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.auditing.findings.shape import Question, Rows, told
from relief.domain.audit_findings import UNBOOKED_DAYS, UNSIGNED_DAYS
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import SheetState, VoucherState
from relief.funds.models import Fund
from relief.payments.models import Payment, Sheet
from relief.vouchers.models import Voucher

DONE = (SheetState.RECONCILED, SheetState.CLOSED)
OUT = (SheetState.RELEASED, SheetState.SENT)


def _unsigned(by: Actor) -> Rows:
    """Vouchers that stand, were made more than a month ago, and carry no signature."""
    edge = clock.now() - timedelta(days=UNSIGNED_DAYS)
    return (
        told(
            key=Voucher.id, subject_id=Voucher.id, union_id=Voucher.union_id, name=Payment.payee_name,
            number=Voucher.number, amount=Voucher.amount, extra=Voucher.printed,
        )
        .join(Payment, Payment.id == Voucher.payment_id)
        .where(within(Voucher.union_id, by), Voucher.state.in_((VoucherState.MADE, VoucherState.PRINTED)))
        .where(Voucher.made_at < edge)
    )  # fmt: skip


def _unbooked(by: Actor) -> Rows:
    """Sheets without the number of the accounting voucher, when all results are in or a month has passed."""
    edge = clock.now() - timedelta(days=UNBOOKED_DAYS)
    root = sa.select(Union.id).where(Union.parent_id.is_(None)).limit(1).scalar_subquery()
    due = sa.or_(Sheet.state.in_(DONE), sa.and_(Sheet.state.in_(OUT), Sheet.released_at < edge))
    return (
        told(
            key=Sheet.id, subject_id=Sheet.id, union_id=root, name=Fund.name, number=Sheet.number,
            amount=Sheet.total, extra=Sheet.row_count,
        )
        .join(Fund, Fund.id == Sheet.fund_id)
        .where(due, sa.func.coalesce(Sheet.ledger_number, "") == "")
        .where(sa.true() if by.sees(None) else sa.false())
    )  # fmt: skip


def _printed(row: Any) -> Sentence:
    if not row.extra:
        return label("Never printed")
    return sentence("Printed %(count)s times, not signed", count=row.extra)


def _rows(row: Any) -> Sentence:
    return sentence("%(count)s payments, no number of the accounting voucher", count=row.extra)


QUESTIONS = (
    Question(
        "unsigned", "A10", label("Vouchers without a signature"),
        label("The voucher was made more than 30 days ago, and no signature is recorded."),
        "voucher", _unsigned, _printed,
    ),
    Question(
        "unbooked", "A10", label("Sheets without accounting numbers"),
        label("Money went out on the sheet, and the number of the accounting voucher is missing."),
        "sheet", _unbooked, _rows,
    ),
)  # fmt: skip
