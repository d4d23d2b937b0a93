"""Which payments must not go out? Those of a dropped award, to a person who died, of a household that left."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases.models import Case, Instalment
from relief.cases.service import withdraw
from relief.db import db
from relief.domain.aid import kinds
from relief.domain.budget import Movement
from relief.domain.errors import WrongState
from relief.domain.money import total
from relief.domain.permissions import Actor, system_actor
from relief.domain.workflow import PaymentState, State
from relief.funds.service import move
from relief.payments.coming import split_instalments
from relief.payments.models import Payment
from relief.payments.service.sheets import finish_if_all_paid, leave_sheet_if_idle, lock_cases

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
            leave_sheet_if_idle(payment.case_id, system_actor())


def stop_instalments(household_id: int, *, by: Actor) -> None:
    """Drop what is still to come of a household's awards by month, and give the promise back.

    What is on its way goes on. A case of which all that is left has arrived is paid; one of which nothing went out is
    withdrawn.
    """
    monthly = [code for code, kind in kinds().items() if kind.runs_by_month]
    running = sa.select(Case.id).where(
        Case.household_id == household_id, Case.kind.in_(monthly), Case.state == State.IN_PAYMENT
    )
    for case in lock_cases(running).values():
        _stop(case, by)


def _stop(case: Case, by: Actor) -> None:
    if drop_to_come(case, by):
        return
    leave_sheet_if_idle(case.id, system_actor())
    withdraw(case.id, version=case.version, reason="W02", note="", by=by)


def drop_to_come(case: Case, by: Actor) -> bool:
    """Void what waits of a locked case by month, drop its months to come and give their promise back.

    False when nothing went out yet: then what waited is void, and the award itself still stands.
    """
    for payment in _locked(Payment.case_id == case.id, Payment.state.in_(WAITING)):
        _void(payment, "V03", by)
    db.session.flush()
    dropped, left = split_instalments(case.id)
    if left and dropped:
        _drop(case, dropped, by)
    return bool(left)


def _drop(case: Case, dropped: list[Instalment], by: Actor) -> None:
    for instalment in dropped:
        instalment.dropped_at = clock.now()
    amount = total(instalment.amount for instalment in dropped)
    changes = {"instalments": [one.number for one in dropped], "amount": amount}
    record("case.stop_instalments", "case", case.id, by=by, union_id=case.union_id, changes=changes)
    db.session.flush()
    finish_if_all_paid(case.id, system_actor())
    assert case.fund_id is not None
    move(case.fund_id, Movement.UNCOMMIT, amount, on=clock.today(), document_number=case.number, case_id=case.id, by=by)


def _void(payment: Payment, reason: str, by: Actor) -> None:
    """A void row leaves its sheet: a draft counts itself anew, a submitted one no longer adds up and is returned."""
    before, payment.state, payment.void_reason = payment.state, PaymentState.VOID.value, reason
    sheet_id, payment.sheet_id, payment.line = payment.sheet_id, None, None
    changes = {"state": (before, payment.state), "reason": reason, "sheet": (sheet_id, None)}
    record("payment.void", "payment", payment.id, by=by, union_id=payment.union_id, changes=changes)


def _locked(*conditions: sa.ColumnElement[bool]) -> list[Payment]:
    statement = sa.select(Payment).where(*conditions).order_by(Payment.id).with_for_update()
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))
