"""How does money leave? Released by another hand than the maker's, and sent by the cashier."""

from __future__ import annotations

from collections.abc import Sequence

from relief import clock, consequences
from relief.audit.service import chain_head, record, seal_chains
from relief.cases.models import AwardPart, Case, Instalment
from relief.db import db, transaction
from relief.domain.approval import require_hand
from relief.domain.batching import ControlTotals, judge_totals, may_gather
from relief.domain.budget import Movement
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor
from relief.domain.workflow import SHEET_STEPS, PaymentState, take
from relief.funds.service import Paid, move_many
from relief.jobs.service import ask
from relief.payments.facts import Waiting, facts_of
from relief.payments.hands import hands_on
from relief.payments.models import Payment, Sheet
from relief.payments.service.sheets import lock_sheet, log, move_payment, rows_of, totals_of


def return_sheet(sheet_id: int, *, version: int, note: str, by: Actor) -> Sheet:
    """Give a submitted sheet back to its maker, who may change its rows; the number stays."""
    with transaction():
        sheet = lock_sheet(sheet_id, version, by)
        step = take(SHEET_STEPS, "return", sheet.state, by)
        if not note.strip():
            raise RuleBroken("note", "Say what must be changed.")
        left, sheet.state = sheet.state, str(step.leads_to)
        log(sheet, step, left, by, note=note.strip())
        return sheet


def release(sheet_id: int, *, version: int, by: Actor) -> Sheet:
    """Release the money of a sheet: not by its makers, its payer, nor an approver of a row on it.

    Seals the record first. Every row is judged once more and the control totals compared; vouchers get their
    numbers; the fund must hold the cash; the papers are rendered in the background once all this is durable.
    Raises NotAllowed, RuleBroken on `rows`, `total` or `amount`.
    """
    by.require("sheet.release")
    seal_chains()
    with transaction():
        sheet = lock_sheet(sheet_id, version, by)
        step = take(SHEET_STEPS, "release", sheet.state, by)
        _require_hand(sheet, "release", by)
        payments = rows_of(sheet.id)
        judge_totals(signed_totals(sheet), totals_of(payments))
        _judge_rows(sheet, payments)
        for payment in payments:
            move_payment(payment, "release", by)
            payment.released_at = clock.now()
        sheet.record_head = chain_head()
        sheet.released_by, sheet.released_at = by.person_id, clock.now()
        left, sheet.state = sheet.state, str(step.leads_to)
        log(sheet, step, left, by, rows=sheet.row_count, total=sheet.total)
        db.session.flush()
        consequences.sheet_released(sheet.id, by=by)
        ask("sheet.issue", f"sheet.issue:{sheet.id}", {"sheet": sheet.id}, by=by)
        move_many(
            sheet.fund_id, Movement.RELEASE, parts_of(payments), on=clock.today(), document_number=sheet.number, by=by
        )
        return sheet


def send(sheet_id: int, *, version: int, by: Actor) -> Sheet:
    """Note that the sheet went to the bank (or the cash desk); by a hand that neither decided nor released."""
    with transaction():
        sheet = lock_sheet(sheet_id, version, by)
        step = take(SHEET_STEPS, "send", sheet.state, by)
        _require_hand(sheet, "pay", by)
        for payment in rows_of(sheet.id):
            if payment.state == PaymentState.RELEASED:
                move_payment(payment, "send", by)
        left, sheet.state = sheet.state, str(step.leads_to)
        sheet.sent_by, sheet.sent_at = by.person_id, clock.now()
        log(sheet, step, left, by)
        return sheet


def signed_totals(sheet: Sheet) -> ControlTotals:
    """The control totals as they were submitted."""
    return ControlTotals(sheet.row_count, sheet.household_count, sheet.total, sheet.tails)


def parts_of(payments: Sequence[Payment]) -> list[Paid]:
    """The payments as parts of one movement of the fund."""
    return [Paid(one.amount, one.case_id, one.id) for one in payments]


def log_payment(payment: Payment, verb: str, by: Actor, **changes: object) -> None:
    """Write a step of one payment to the record."""
    told = {"state": payment.state, "on": payment.settled_on, "sheet": payment.sheet_id, **changes}
    record(f"payment.{verb}", "payment", payment.id, by=by, union_id=payment.union_id, changes=told)


def _require_hand(sheet: Sheet, step: str, by: Actor) -> None:
    if by.person_id is not None:
        require_hand(by.person_id, hands_on(sheet, by.person_id), step)


def _judge_rows(sheet: Sheet, payments: Sequence[Payment]) -> None:
    """RuleBroken on `rows` for the first row that may no longer be paid."""
    waiting = [_as_waiting(one) for one in payments]
    facts = facts_of(waiting)
    for one in waiting:
        why_not = may_gather(facts[one.instalment.id], sheet.fund.code, clock.today(), way=sheet.way)
        if why_not is not None:
            raise RuleBroken("rows", "%(case)s: %(why)s", case=one.case.number, why=why_not)


def _as_waiting(payment: Payment) -> Waiting:
    instalment = db.session.get_one(Instalment, payment.instalment_id)
    case, part = db.session.get_one(Case, payment.case_id), db.session.get_one(AwardPart, instalment.part_id)
    return Waiting(instalment, case, payment, part)
