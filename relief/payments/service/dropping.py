"""Which payments must not go out? Those of a dropped award, and those to a person who died."""

from __future__ import annotations

import sqlalchemy as sa

from relief.audit.service import record
from relief.cases.service import leave_sheet
from relief.db import db
from relief.domain.errors import WrongState
from relief.domain.permissions import Actor, system_actor
from relief.domain.workflow import PaymentState
from relief.payments.models import Payment
from relief.payments.service.sheets import lock_cases

ON_ITS_WAY = (PaymentState.RELEASED, PaymentState.SENT)
WAITING = (PaymentState.PLANNED, PaymentState.ON_SHEET)


def void_waiting(case_id: int, *, by: Actor) -> None:
    """Void the payments of a case that wait; WrongState while one is on its way to the bank."""
    payments = _locked(Payment.case_id == case_id, Payment.state.in_((*WAITING, *ON_ITS_WAY)))
    if any(payment.state in ON_ITS_WAY for payment in payments):
        raise WrongState(None, "A payment is on its way. Wait for the bank's answer first.")
    for payment in payments:
        _void(payment, "V03", by)


def freeze_payments_to(person_id: int, *, by: Actor) -> None:
    """Take payments to a person who died off their sheets and void them; the case waits for another payee."""
    to_them = (Payment.payee_id == person_id, Payment.state.in_(WAITING))
    lock_cases(sa.select(Payment.case_id).where(*to_them))
    for payment in _locked(*to_them):
        was_on_sheet = payment.state == PaymentState.ON_SHEET
        _void(payment, "V03", by)
        if was_on_sheet:
            leave_sheet(payment.case_id, by=system_actor())


def _void(payment: Payment, reason: str, by: Actor) -> None:
    """A void row leaves its sheet: a draft counts itself anew, a submitted one no longer adds up and is returned."""
    before, payment.state, payment.void_reason = payment.state, PaymentState.VOID.value, reason
    sheet_id, payment.sheet_id, payment.line = payment.sheet_id, None, None
    changes = {"state": (before, payment.state), "reason": reason, "sheet": (sheet_id, None)}
    record("payment.void", "payment", payment.id, by=by, union_id=payment.union_id, changes=changes)


def _locked(*conditions: sa.ColumnElement[bool]) -> list[Payment]:
    statement = sa.select(Payment).where(*conditions).order_by(Payment.id).with_for_update()
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))
