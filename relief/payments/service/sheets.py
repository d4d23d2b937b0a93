"""How does a sheet come about and end? Started for one fund and month, submitted, booked, closed, discarded."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases import service as cases
from relief.cases.models import Case
from relief.cases.service.paying import await_month
from relief.db import db, locked, transaction
from relief.domain.batching import ControlTotals, SheetRow, control_totals
from relief.domain.errors import RuleBroken
from relief.domain.month import Month
from relief.domain.numbering import sheet_number
from relief.domain.permissions import Actor
from relief.domain.ways import Way
from relief.domain.workflow import PAYMENT_STEPS, SHEET_STEPS, PaymentState, Step, take
from relief.funds.models import Fund
from relief.funds.sight import require_office
from relief.numbering import next_number
from relief.office import office_prefix
from relief.payments.models import Payment, Sheet

UNDER_WAY = (PaymentState.ON_SHEET, PaymentState.RELEASED, PaymentState.SENT, PaymentState.SUCCEEDED)
OFFERED_WAYS = (Way.TRANSFER, Way.GOODS)
BOOKED = ("subject_code", "ledger_number", "bank_number")


def start_sheet(fund_id: int, *, month: Month, title: str = "", way: str = Way.TRANSFER, by: Actor) -> Sheet:
    """Begin a draft sheet of one fund and one way of paying; its month is the month of payment."""
    by.require("sheet.make")
    require_office(by)
    with transaction():
        fund = db.session.get(Fund, fund_id)
        if fund is None or not fund.active:
            raise RuleBroken("fund", "Choose the fund that pays.")
        if way not in OFFERED_WAYS:
            raise RuleBroken("way", "Choose a way of paying.")
        sheet = Sheet(
            fund_id=fund.id, month=str(month), title=title.strip(), way=str(way), made_by=by.person_id,
            created_at=clock.now(),
        )  # fmt: skip
        note_maker(sheet, by)
        db.session.add(sheet)
        db.session.flush()
        changes = {"fund": fund.code, "month": str(month), "title": sheet.title, "way": sheet.way}
        record("sheet.start", "sheet", sheet.id, by=by, changes=changes)
        return sheet


def submit(sheet_id: int, *, version: int, by: Actor) -> Sheet:
    """Number the sheet, freeze its rows and control totals, and hand it to be released."""
    with transaction():
        sheet = lock_sheet(sheet_id, version, by)
        step = take(SHEET_STEPS, "submit", sheet.state, by)
        renumber(sheet)
        if not sheet.row_count:
            raise RuleBroken("rows", "The sheet has no rows.")
        sheet.made_by, sheet.submitted_at = by.person_id, clock.now()
        note_maker(sheet, by)
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
        sheet = lock_sheet(sheet_id, version, by)
        step = take(SHEET_STEPS, "book", sheet.state, by)
        typed = dict(zip(BOOKED, (subject_code, ledger_number, bank_number), strict=True))
        wanted = {name: text.strip() or None for name, text in typed.items()}
        changes = {name: (getattr(sheet, name), text) for name, text in wanted.items() if getattr(sheet, name) != text}
        for name, text in wanted.items():
            setattr(sheet, name, text)
        log(sheet, step, sheet.state, by, **changes)
        return sheet


def close(sheet_id: int, *, version: int, by: Actor) -> Sheet:
    """Close a sheet whose results are all in."""
    with transaction():
        sheet = lock_sheet(sheet_id, version, by)
        step = take(SHEET_STEPS, "close", sheet.state, by)
        left, sheet.state = sheet.state, str(step.leads_to)
        log(sheet, step, left, by)
        return sheet


def lock_sheet(sheet_id: int, version: int | None, by: Actor) -> Sheet:
    """The sheet under a lock; NotYours for an actor of a unit, Stale when it moved on."""
    require_office(by)
    return locked(Sheet, sheet_id, version)


def lock_cases(case_ids: sa.Select[Any] | list[int]) -> dict[int, Case]:
    """Cases under a lock, always in the order of their ids and before their payments: no two verbs wait in a ring."""
    statement = sa.select(Case).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update()
    found = db.session.scalars(statement.execution_options(populate_existing=True))
    return {case.id: case for case in found}


def rows_of(sheet_id: int) -> list[Payment]:
    """The rows of a sheet in their order, under a lock, their cases locked before them."""
    lock_cases(sa.select(Payment.case_id).where(Payment.sheet_id == sheet_id))
    statement = sa.select(Payment).where(Payment.sheet_id == sheet_id).order_by(Payment.line, Payment.id)
    return list(db.session.scalars(statement.with_for_update().execution_options(populate_existing=True)))


def totals_of(payments: list[Payment]) -> ControlTotals:
    """The control totals of rows as they stand."""
    return control_totals(SheetRow(one.household_id, one.amount, one.account_tail or "") for one in payments)


def renumber(sheet: Sheet) -> None:
    """Count the rows of a draft anew: their lines and the control totals."""
    db.session.flush()
    payments = rows_of(sheet.id)
    for line, payment in enumerate(payments, 1):
        payment.line = line
    totals = totals_of(payments)
    sheet.row_count, sheet.household_count = totals.rows, totals.households
    sheet.total, sheet.tails = totals.amount, totals.tails


def note_maker(sheet: Sheet, by: Actor) -> None:
    """Remember everybody who had a hand in making the sheet: none of them may release it."""
    if by.person_id is not None and by.person_id not in (sheet.makers or ()):
        sheet.makers = [*(sheet.makers or ()), by.person_id]


def log(sheet: Sheet, step: Step, left: str, by: Actor, **changes: object) -> None:
    """Write a step of a sheet to the record."""
    told = {"state": (left, sheet.state), "number": sheet.number, **changes}
    record(f"sheet.{step.verb}", "sheet", sheet.id, by=by, changes=told)


def move_payment(payment: Payment, verb: str, by: Actor) -> None:
    """Take a step of the payment table; the sheet's verb has judged hands."""
    step = take(PAYMENT_STEPS, verb, payment.state, by)
    payment.state = str(step.leads_to)


def leave_sheet_if_idle(case_id: int, by: Actor) -> None:
    """A case of which nothing stands on a sheet, is on its way or arrived waits for a sheet again."""
    db.session.flush()
    under_way = sa.select(Payment.id).where(Payment.case_id == case_id, Payment.state.in_(UNDER_WAY))
    if db.session.scalar(under_way.limit(1)) is None:
        cases.leave_sheet(case_id, by=by)


def finish_if_all_paid(case_id: int, by: Actor) -> None:
    """A case whose open instalments have all arrived is paid; one with months to come waits for the next of them."""
    wanted = {instalment.id: instalment.due_month for instalment in cases.open_instalments(case_id)}
    paid = set(db.session.scalars(
        sa.select(Payment.instalment_id).where(Payment.case_id == case_id, Payment.state == PaymentState.SUCCEEDED)
    ))  # fmt: skip
    to_come = [month for instalment_id, month in wanted.items() if instalment_id not in paid]
    if to_come:
        await_month(case_id, Month.parse(min(to_come)))
    elif wanted:
        cases.finish_payment(case_id, by=by)


def _next_sheet_number(sheet: Sheet) -> str:
    serial = next_number(f"sheet/{sheet.fund.code}/{sheet.month}")
    return sheet_number(office_prefix(), sheet.fund.code, Month.parse(sheet.month), serial)
