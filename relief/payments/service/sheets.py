"""How does a sheet come about? Started for one fund and month, gathered, submitted by its maker."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases import facts as case_facts
from relief.cases import service as cases
from relief.cases.models import Instalment
from relief.db import db, locked, transaction
from relief.domain.batching import ControlTotals, SheetRow, control_totals, judge_open_for_rows, may_gather
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.month import Month
from relief.domain.numbering import sheet_number
from relief.domain.permissions import Actor
from relief.domain.workflow import PAYMENT_STEPS, SHEET_STEPS, PaymentState, Step, take
from relief.funds.models import Fund
from relief.numbering import next_number
from relief.office import office_prefix
from relief.payments.facts import Waiting, list_waiting, payment_facts
from relief.payments.models import Payment, Sheet

UNDER_WAY = (PaymentState.ON_SHEET, PaymentState.RELEASED, PaymentState.SENT, PaymentState.SUCCEEDED)


def start_sheet(fund_id: int, *, month: Month, title: str = "", by: Actor) -> Sheet:
    """Begin a draft sheet of one fund; its month is the month of payment."""
    by.require("sheet.make")
    with transaction():
        fund = db.session.get(Fund, fund_id)
        if fund is None or not fund.active:
            raise RuleBroken("fund", "Choose the fund that pays.")
        sheet = Sheet(
            fund_id=fund.id, month=str(month), title=title.strip(), made_by=by.person_id, created_at=clock.now()
        )
        db.session.add(sheet)
        db.session.flush()
        changes = {"fund": fund.code, "month": str(month), "title": sheet.title}
        record("sheet.start", "sheet", sheet.id, by=by, changes=changes)
        return sheet


def gather(sheet_id: int, *, version: int, instalment_ids: list[int], by: Actor) -> Sheet:
    """Put instalments on a draft sheet; each becomes a payment with its payee and account frozen.

    RuleBroken on `rows` for the first that may not be paid, with the reason; nothing is gathered then.
    """
    with transaction():
        sheet = _draft(sheet_id, version, "gather", by)
        waiting = {one.instalment.id: one for one in list_waiting(sheet.fund_id, limit=100_000)}
        if not instalment_ids:
            raise RuleBroken("rows", "Tick the rows that go on this sheet.")
        for instalment_id in sorted(set(instalment_ids)):
            locked(Instalment, instalment_id)
            if instalment_id not in waiting:
                raise RuleBroken("rows", "A row that you ticked is on another sheet meanwhile. Look at the list again.")
            _put_on(sheet, waiting[instalment_id], by)
        _renumber(sheet)
        changes = {"rows": len(instalment_ids), "total": sheet.total}
        record("sheet.gather", "sheet", sheet.id, by=by, changes=changes)
        return sheet


def remove_row(sheet_id: int, payment_id: int, *, version: int, by: Actor) -> Sheet:
    """Take a row off a draft sheet; it waits for another one."""
    with transaction():
        sheet = _draft(sheet_id, version, "remove_row", by)
        payment = locked(Payment, payment_id)
        if payment.sheet_id != sheet.id:
            raise NotYours
        _take_off(payment, by)
        _renumber(sheet)
        record("sheet.remove_row", "sheet", sheet.id, by=by, changes={"payment": payment.id})
        return sheet


def discard(sheet_id: int, *, version: int, by: Actor) -> None:
    """Throw a draft sheet away; its rows wait for another one. A number once given stays in the books."""
    with transaction():
        sheet = _draft(sheet_id, version, "discard", by)
        if sheet.number is not None:
            raise RuleBroken(None, "This sheet has a number. Take its rows off, or submit it again.")
        for payment in rows_of(sheet.id):
            _take_off(payment, by)
        record("sheet.discard", "sheet", sheet.id, by=by, changes={"title": sheet.title})
        db.session.flush()
        db.session.delete(sheet)


def submit(sheet_id: int, *, version: int, by: Actor) -> Sheet:
    """Number the sheet, freeze its rows and control totals, and hand it to be released."""
    with transaction():
        sheet = lock_sheet(sheet_id, version)
        step = take(SHEET_STEPS, "submit", sheet.state, by)
        _renumber(sheet)
        if not sheet.row_count:
            raise RuleBroken("rows", "The sheet has no rows.")
        sheet.made_by, sheet.submitted_at = by.person_id, clock.now()
        if sheet.number is None:
            sheet.number = _next_sheet_number(sheet)
        left, sheet.state = sheet.state, str(step.leads_to)
        log(sheet, step, left, by, rows=sheet.row_count, total=sheet.total)
        return sheet


def book(
    sheet_id: int, *, version: int, subject_code: str, ledger_number: str, bank_number: str, by: Actor
) -> Sheet:
    """Enter 会计科目, 记账凭证号 and 银行回单号."""
    with transaction():
        sheet = lock_sheet(sheet_id, version)
        step = take(SHEET_STEPS, "book", sheet.state, by)
        wanted = {"subject_code": subject_code, "ledger_number": ledger_number, "bank_number": bank_number}
        changes = {name: (getattr(sheet, name), text) for name, text in wanted.items() if getattr(sheet, name) != text}
        for name, text in wanted.items():
            setattr(sheet, name, text.strip() or None)
        log(sheet, step, sheet.state, by, **changes)
        return sheet


def close(sheet_id: int, *, version: int, by: Actor) -> Sheet:
    """Close a sheet whose results are all in."""
    with transaction():
        sheet = lock_sheet(sheet_id, version)
        step = take(SHEET_STEPS, "close", sheet.state, by)
        left, sheet.state = sheet.state, str(step.leads_to)
        log(sheet, step, left, by)
        return sheet


def lock_sheet(sheet_id: int, version: int | None) -> Sheet:
    """The sheet under a lock; Stale when it moved on."""
    return locked(Sheet, sheet_id, version)


def rows_of(sheet_id: int) -> list[Payment]:
    """The rows of a sheet in their order, under a lock."""
    statement = sa.select(Payment).where(Payment.sheet_id == sheet_id).order_by(Payment.line, Payment.id)
    return list(db.session.scalars(statement.with_for_update()))


def totals_of(payments: list[Payment]) -> ControlTotals:
    """The control totals of rows as they stand."""
    return control_totals(SheetRow(one.household_id, one.amount, one.account_tail or "") for one in payments)


def log(sheet: Sheet, step: Step, left: str, by: Actor, **changes: object) -> None:
    """Write a step of a sheet to the record."""
    told = {"state": (left, sheet.state), "number": sheet.number, **changes}
    record(f"sheet.{step.verb}", "sheet", sheet.id, by=by, changes=told)


def move_payment(payment: Payment, verb: str, by: Actor) -> None:
    """Take a step of the payment table; the sheet's verb has judged role and hands."""
    step = take(PAYMENT_STEPS, verb, payment.state, by)
    payment.state = str(step.leads_to)


def _draft(sheet_id: int, version: int, verb: str, by: Actor) -> Sheet:
    sheet = lock_sheet(sheet_id, version)
    judge_open_for_rows(sheet.state)
    take(SHEET_STEPS, verb, sheet.state, by)
    return sheet


def _put_on(sheet: Sheet, waiting: Waiting, by: Actor) -> None:
    facts = payment_facts(waiting)
    why_not = may_gather(facts, sheet.fund.code, clock.today())
    if why_not is not None:
        raise RuleBroken("rows", "%(case)s: %(why)s", case=waiting.case.number, why=why_not)
    payment = waiting.payment or _new_payment(waiting)
    freeze_payee(payment)
    move_payment(payment, "put_on_sheet", by)
    payment.sheet_id, payment.line = sheet.id, 1_000_000
    cases.enter_sheet(payment.case_id, sheet.number or sheet.title, by=by)


def _new_payment(waiting: Waiting) -> Payment:
    case = waiting.case
    attempts = sa.select(sa.func.count(Payment.id)).where(Payment.instalment_id == waiting.instalment.id)
    payment = Payment(
        instalment_id=waiting.instalment.id, case_id=case.id, household_id=case.household_id, union_id=case.union_id,
        fund_id=case.fund_id, amount=waiting.instalment.amount, state=PaymentState.PLANNED.value,
        payee_id=case.applicant_id, payee_name="", attempt=(db.session.scalar(attempts) or 0) + 1,
        planned_at=clock.now(),
    )  # fmt: skip
    db.session.add(payment)
    return payment


def freeze_payee(payment: Payment) -> None:
    """Copy the household's account of this moment onto the payment."""
    account = case_facts.find_account(payment.household_id)
    if account is None:
        raise RuleBroken("rows", "The household has no bank account on file.")
    payment.payee_id, payment.payee_name, payment.bank = account.payee_id, account.holder, account.bank
    payment.account_number, payment.account_index = account.number, account.number_index
    payment.account_tail = account.number_tail


def _take_off(payment: Payment, by: Actor) -> None:
    move_payment(payment, "take_off_sheet", by)
    payment.sheet_id, payment.line = None, None
    db.session.flush()
    under_way = sa.select(Payment.id).where(Payment.case_id == payment.case_id, Payment.state.in_(UNDER_WAY))
    if db.session.scalar(under_way.limit(1)) is None:
        cases.leave_sheet(payment.case_id, by=by)


def _renumber(sheet: Sheet) -> None:
    db.session.flush()
    payments = rows_of(sheet.id)
    for line, payment in enumerate(payments, 1):
        payment.line = line
    totals = totals_of(payments)
    sheet.row_count, sheet.household_count = totals.rows, totals.households
    sheet.total, sheet.tails = totals.amount, totals.tails


def _next_sheet_number(sheet: Sheet) -> str:
    serial = next_number(f"sheet/{sheet.fund.code}/{sheet.month}")
    return sheet_number(office_prefix(), sheet.fund.code, Month.parse(sheet.month), serial)


