"""How does money leave? Released by another hand, sent by the cashier, and what the bank said of each row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from relief import clock, consequences
from relief.audit.service import chain_head, record, seal_chains
from relief.cases import service as cases
from relief.cases.models import Case, Instalment
from relief.db import db, locked, transaction
from relief.domain.approval import require_hand
from relief.domain.batching import ControlTotals, judge_totals, may_gather
from relief.domain.budget import Movement
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.permissions import Actor
from relief.domain.reasons import judge_reason
from relief.domain.workflow import SHEET_STEPS, PaymentState, SheetState, take
from relief.funds.service import Paid, move, move_many
from relief.payments.facts import Waiting, hands_on, payment_facts
from relief.payments.models import Payment, Sheet
from relief.payments.service.sheets import lock_sheet, log, move_payment, rows_of, totals_of

SETTLED = (PaymentState.SUCCEEDED, PaymentState.BOUNCED, PaymentState.VOID)


def return_sheet(sheet_id: int, *, version: int, note: str, by: Actor) -> Sheet:
    """Give a submitted sheet back to its maker, who may change its rows; the number stays."""
    with transaction():
        sheet = lock_sheet(sheet_id, version)
        step = take(SHEET_STEPS, "return", sheet.state, by)
        if not note.strip():
            raise RuleBroken("note", "Say what must be changed.")
        left, sheet.state = sheet.state, str(step.leads_to)
        log(sheet, step, left, by, note=note)
        return sheet


def release(sheet_id: int, *, version: int, by: Actor) -> Sheet:
    """Release the money of a sheet: not by its maker, payer, nor an approver of a row on it.

    Seals the record first. Every row is judged once more and the control totals compared; vouchers get their
    numbers; the fund must hold the cash. Raises NotAllowed, RuleBroken on `rows`, `total` or `amount`.
    """
    by.require("sheet.release")
    seal_chains()
    with transaction():
        sheet = lock_sheet(sheet_id, version)
        step = take(SHEET_STEPS, "release", sheet.state, by)
        if by.person_id is not None:
            require_hand(by.person_id, hands_on(sheet, by.person_id), "release")
        payments = rows_of(sheet.id)
        judge_totals(_signed(sheet), totals_of(payments))
        for payment in payments:
            _judge_again(payment, sheet)
            move_payment(payment, "release", by)
            payment.released_at = clock.now()
        sheet.record_head = chain_head()
        sheet.released_by, sheet.released_at = by.person_id, clock.now()
        left, sheet.state = sheet.state, str(step.leads_to)
        log(sheet, step, left, by, rows=sheet.row_count, total=sheet.total)
        db.session.flush()
        consequences.sheet_released(sheet.id, by=by)
        move_many(sheet.fund_id, Movement.RELEASE, _parts(payments), on=clock.today(), by=by)
        return sheet


def send(sheet_id: int, *, version: int, by: Actor) -> Sheet:
    """Note that the sheet went to the bank (or the cash desk); by a hand that neither decided nor released."""
    with transaction():
        sheet = lock_sheet(sheet_id, version)
        step = take(SHEET_STEPS, "send", sheet.state, by)
        if by.person_id is not None:
            require_hand(by.person_id, hands_on(sheet, by.person_id), "pay")
        for payment in rows_of(sheet.id):
            if payment.state == PaymentState.RELEASED:
                move_payment(payment, "send", by)
        left, sheet.state = sheet.state, str(step.leads_to)
        sheet.sent_by, sheet.sent_at = by.person_id, clock.now()
        log(sheet, step, left, by)
        return sheet


def record_success(
    sheet_id: int, *, version: int, payment_ids: Sequence[int], on: date, bank_number: str = "", by: Actor
) -> Sheet:
    """Note that these rows arrived; a case whose last instalment arrived is paid."""
    with transaction():
        sheet = _open_for_results(sheet_id, version, on, by)
        payments = _ticked(sheet, payment_ids)
        for payment in payments:
            move_payment(payment, "succeed", by)
            payment.settled_on, payment.bank_number = on, bank_number.strip() or None
            _log_payment(payment, "succeed", by)
        db.session.flush()
        for case_id in sorted({payment.case_id for payment in payments}):
            _finish_if_all_paid(case_id, by)
        _reconcile_if_settled(sheet, by)
        move_many(sheet.fund_id, Movement.PAY, _parts(payments), on=on, by=by)
        return sheet


def record_bounce(
    sheet_id: int, payment_id: int, *, version: int, reason: str, on: date, note: str = "", by: Actor
) -> Sheet:
    """Note that the bank returned a row, before or after its success: the promise stands, the cash is back."""
    with transaction():
        sheet = _open_for_results(sheet_id, version, on, by)
        judge_reason("bounce", reason)
        (payment,) = _ticked(sheet, [payment_id])
        had_succeeded = payment.state == PaymentState.SUCCEEDED
        move_payment(payment, "bounce", by)
        payment.bounce_reason, payment.settled_on = reason, on
        _log_payment(payment, "bounce", by, reason=reason, note=note)
        if had_succeeded:
            cases.reopen_payment(payment.case_id, by=by)
        _reconcile_if_settled(sheet, by)
        db.session.flush()
        consequences.payment_bounced(payment.id, by=by)
        movement = Movement.BOUNCE_AFTER_PAY if had_succeeded else Movement.BOUNCE
        move(sheet.fund_id, movement, payment.amount, on=on, case_id=payment.case_id, payment_id=payment.id, by=by)
        return sheet


def pay_again(payment_id: int, *, version: int, by: Actor) -> Payment:
    """Plan a new attempt for a payment that came back; it cites the old one and waits for a sheet."""
    by.require("sheet.make")
    with transaction():
        old = locked(Payment, payment_id, version)
        again = _next_attempt(old)
        db.session.add(again)
        changes = {"attempt": again.attempt}
        record("payment.pay_again", "payment", old.id, by=by, union_id=old.union_id, changes=changes)
        return again


def _next_attempt(old: Payment) -> Payment:
    """The next attempt after one that bounced; RuleBroken for another state or when one stands already."""
    if old.state != PaymentState.BOUNCED:
        raise RuleBroken(None, "Only a payment that came back is paid again.")
    newer = db.session.scalar(
        db.select(Payment.id).where(Payment.instalment_id == old.instalment_id, Payment.attempt > old.attempt)
    )
    if newer is not None:
        raise RuleBroken(None, "This payment is being paid again already.")
    return Payment(
        instalment_id=old.instalment_id, attempt=old.attempt + 1, previous_id=old.id, case_id=old.case_id,
        household_id=old.household_id, union_id=old.union_id, fund_id=old.fund_id, amount=old.amount,
        state=PaymentState.PLANNED.value, way=old.way, payee_id=old.payee_id, payee_name=old.payee_name,
        planned_at=clock.now(),
    )  # fmt: skip


def _open_for_results(sheet_id: int, version: int, on: date, by: Actor) -> Sheet:
    sheet = lock_sheet(sheet_id, version)
    take(SHEET_STEPS, "record", sheet.state, by)
    if by.person_id is not None:
        require_hand(by.person_id, hands_on(sheet, None), "pay")
    if on > clock.today():
        raise RuleBroken("on", "This day lies in the future.")
    if sheet.sent_at and on < clock.business_date(sheet.sent_at):
        raise RuleBroken("on", "This day lies before the sheet went to the bank.")
    return sheet


def _ticked(sheet: Sheet, payment_ids: Sequence[int]) -> list[Payment]:
    if not payment_ids:
        raise RuleBroken("rows", "Tick the rows that this is about.")
    payments = [locked(Payment, payment_id) for payment_id in sorted(set(payment_ids))]
    if any(payment.sheet_id != sheet.id for payment in payments):
        raise NotYours
    return payments


def _judge_again(payment: Payment, sheet: Sheet) -> None:
    case = locked(Case, payment.case_id)
    waiting = Waiting(db.session.get_one(Instalment, payment.instalment_id), case, payment)
    why_not = may_gather(payment_facts(waiting), sheet.fund.code, clock.today())
    if why_not is not None:
        raise RuleBroken("rows", "%(case)s: %(why)s", case=case.number, why=why_not)


def _signed(sheet: Sheet) -> ControlTotals:
    return ControlTotals(sheet.row_count, sheet.household_count, sheet.total, sheet.tails)


def _parts(payments: Sequence[Payment]) -> list[Paid]:
    return [Paid(one.amount, one.case_id, one.id) for one in payments]


def _log_payment(payment: Payment, verb: str, by: Actor, **changes: object) -> None:
    told = {"state": payment.state, "on": payment.settled_on, "sheet": payment.sheet_id, **changes}
    record(f"payment.{verb}", "payment", payment.id, by=by, union_id=payment.union_id, changes=told)


def _finish_if_all_paid(case_id: int, by: Actor) -> None:
    wanted = {instalment.id for instalment in cases.open_instalments(case_id)}
    paid = db.session.scalars(
        db.select(Payment.instalment_id).where(
            Payment.case_id == case_id, Payment.state == PaymentState.SUCCEEDED
        )
    )
    if wanted <= set(paid):
        cases.finish_payment(case_id, by=by)


def _reconcile_if_settled(sheet: Sheet, by: Actor) -> None:
    db.session.flush()
    settled = all(payment.state in SETTLED for payment in rows_of(sheet.id))
    if settled and sheet.state == SheetState.SENT:
        step = take(SHEET_STEPS, "reconcile", sheet.state, by)
        left, sheet.state = sheet.state, str(step.leads_to)
        log(sheet, step, left, by)
