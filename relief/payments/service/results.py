"""What became of each row? Paid by the bank or handed over, returned, and paid again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from relief import clock, consequences
from relief.audit.service import record
from relief.cases import service as cases
from relief.cases.models import Instalment
from relief.db import db, locked, transaction
from relief.domain.approval import require_hand
from relief.domain.budget import Movement
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.permissions import Actor
from relief.domain.reasons import judge_reason, returned_reasons
from relief.domain.ways import PROOF_OF_RECEIPT, Proof
from relief.domain.workflow import SHEET_STEPS, PaymentState, SheetState, take
from relief.funds.service import move_many
from relief.funds.sight import require_office
from relief.payments.hands import hands_on
from relief.payments.models import Payment, Sheet
from relief.payments.service.releasing import log_payment, parts_of
from relief.payments.service.sheets import finish_if_all_paid, lock_cases, lock_sheet, log, move_payment, rows_of
from relief.payments.service.tallying import tally_arrived, tally_returned

SETTLED = (PaymentState.SUCCEEDED, PaymentState.BOUNCED, PaymentState.VOID)


def record_success(
    sheet_id: int, *, version: int, payment_ids: Sequence[int], on: date, bank_number: str = "", by: Actor
) -> Sheet:
    """Note that the bank paid these rows; a case whose last instalment arrived is paid.

    RuleBroken for a sheet whose proof of receipt is a signature.
    """
    with transaction():
        sheet = _open_for_results(sheet_id, version, on, by)
        _require_proof(sheet, Proof.BANK_LINE)
        return _succeeded(sheet, payment_ids, on, bank_number.strip() or None, by)


def record_handover(sheet_id: int, *, version: int, payment_ids: Sequence[int], on: date, by: Actor) -> Sheet:
    """Note that these rows were handed over and signed for on the sheet 签领表 that day.

    RuleBroken for a sheet whose proof of receipt is the bank's.
    """
    with transaction():
        sheet = _open_for_results(sheet_id, version, on, by)
        _require_proof(sheet, Proof.SIGNED_SHEET)
        return _succeeded(sheet, payment_ids, on, None, by)


def _succeeded(sheet: Sheet, payment_ids: Sequence[int], on: date, bank_number: str | None, by: Actor) -> Sheet:
    payments = _ticked(sheet, payment_ids)
    for payment in payments:
        move_payment(payment, "succeed", by)
        payment.settled_on, payment.bank_number = on, bank_number
        log_payment(payment, "succeed", by, proof=PROOF_OF_RECEIPT.of(sheet.way).value)
    db.session.flush()
    tally_arrived(payments)
    for case_id in sorted({payment.case_id for payment in payments}):
        finish_if_all_paid(case_id, by)
    _reconcile_if_settled(sheet, by)
    move_many(sheet.fund_id, Movement.PAY, parts_of(payments), on=on, document_number=sheet.number, by=by)
    return sheet


def _require_proof(sheet: Sheet, proof: Proof) -> None:
    wanted = PROOF_OF_RECEIPT.of(sheet.way)
    if wanted == proof:
        return
    if wanted == Proof.SIGNED_SHEET:
        raise RuleBroken(None, "This sheet is signed for: note who signed, and on which day.")
    raise RuleBroken(None, "This sheet is paid by the bank: record the bank's answer.")


def record_bounce(
    sheet_id: int, payment_id: int, *, version: int, reason: str, on: date, note: str = "", by: Actor
) -> Sheet:
    """Note that the bank returned a row, before or after its success: the cash is back, the promise stands.

    The promise of an award that was revoked meanwhile is dropped at once.
    """
    with transaction():
        sheet = _open_for_results(sheet_id, version, on, by)
        _judge_returned(sheet, reason)
        (payment,) = _ticked(sheet, [payment_id])
        had_succeeded = payment.state == PaymentState.SUCCEEDED
        if had_succeeded:
            tally_returned([payment])
        move_payment(payment, "bounce", by)
        payment.bounce_reason, payment.settled_on = reason, on
        log_payment(payment, "bounce", by, reason=reason, note=note)
        if had_succeeded:
            cases.note_bounce(payment.case_id, payment.amount, by=by)
            cases.reopen_payment(payment.case_id, by=by)
        _reconcile_if_settled(sheet, by)
        db.session.flush()
        consequences.payment_bounced(payment.id, by=by)
        _take_back(payment, sheet, had_succeeded, on, by)
        return sheet


def pay_again(payment_id: int, *, version: int, by: Actor) -> Payment:
    """Plan a new attempt for a payment that came back; it cites the old one and waits for a sheet."""
    by.require("sheet.make")
    require_office(by)
    with transaction():
        lock_cases(sa.select(Payment.case_id).where(Payment.id == payment_id))
        old = locked(Payment, payment_id, version)
        again = _next_attempt(old)
        db.session.add(again)
        db.session.flush()
        changes = {"attempt": again.attempt, "payment": again.id}
        record("payment.pay_again", "payment", old.id, by=by, union_id=old.union_id, changes=changes)
        return again


def _judge_returned(sheet: Sheet, reason: str) -> None:
    if judge_reason("bounce", reason) not in returned_reasons(sheet.way):
        raise RuleBroken("reason", "Choose a reason from the list.")


def _take_back(payment: Payment, sheet: Sheet, had_succeeded: bool, on: date, by: Actor) -> None:
    """The money of a returned payment moves back in its fund; last, since the balance is the hot row."""
    movements = [Movement.BOUNCE_AFTER_PAY if had_succeeded else Movement.BOUNCE]
    if _is_dropped(payment):
        movements.append(Movement.UNCOMMIT)
    for movement in movements:
        move_many(
            payment.fund_id, movement, parts_of([payment]), on=on, document_number=sheet.number, by=by
        )


def _is_dropped(payment: Payment) -> bool:
    return db.session.get_one(Instalment, payment.instalment_id).dropped_at is not None


def _next_attempt(old: Payment) -> Payment:
    """The next attempt after one that bounced; RuleBroken for another state or when one stands already."""
    if old.state != PaymentState.BOUNCED:
        raise RuleBroken(None, "Only a payment that came back is paid again.")
    if _is_dropped(old):
        raise RuleBroken(None, "The award was dropped: it is not paid again.")
    newer = sa.select(Payment.id).where(Payment.instalment_id == old.instalment_id, Payment.attempt > old.attempt)
    if db.session.scalar(newer.limit(1)) is not None:
        raise RuleBroken(None, "This payment is being paid again already.")
    return Payment(
        instalment_id=old.instalment_id, attempt=old.attempt + 1, previous_id=old.id, case_id=old.case_id,
        household_id=old.household_id, union_id=old.union_id, fund_id=old.fund_id, amount=old.amount,
        state=PaymentState.PLANNED.value, way=old.way, payee_id=old.payee_id, payee_name=old.payee_name,
        planned_at=clock.now(),
    )  # fmt: skip


def _open_for_results(sheet_id: int, version: int, on: date, by: Actor) -> Sheet:
    sheet = lock_sheet(sheet_id, version, by)
    take(SHEET_STEPS, "record", sheet.state, by)
    if by.person_id is not None:
        require_hand(by.person_id, hands_on(sheet, None), "pay")
    if on > clock.today():
        raise RuleBroken("on", "This day lies in the future.")
    if sheet.sent_at and on < clock.business_date(sheet.sent_at):
        raise RuleBroken("on", "This day lies before the sheet went to the bank.")
    return sheet


def _ticked(sheet: Sheet, payment_ids: Sequence[int]) -> list[Payment]:
    wanted = set(payment_ids)
    if not wanted:
        raise RuleBroken("rows", "Tick the rows that this is about.")
    payments = [payment for payment in rows_of(sheet.id) if payment.id in wanted]
    if len(payments) < len(wanted):
        raise NotYours
    return payments


def _reconcile_if_settled(sheet: Sheet, by: Actor) -> None:
    db.session.flush()
    if sheet.state == SheetState.SENT and all(payment.state in SETTLED for payment in rows_of(sheet.id)):
        step = take(SHEET_STEPS, "reconcile", sheet.state, by)
        left, sheet.state = sheet.state, str(step.leads_to)
        log(sheet, step, left, by)
