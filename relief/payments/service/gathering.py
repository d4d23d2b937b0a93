"""How do rows come on a draft sheet, and off it? Each with its payee and account as of that moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases import service as cases
from relief.cases.models import AwardPart, Case, Instalment
from relief.db import db, transaction
from relief.domain.batching import PaymentFacts, judge_open_for_rows, may_gather
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.ways import Way
from relief.domain.workflow import SHEET_STEPS, PaymentState, take
from relief.households.models import Account
from relief.payments.facts import Waiting, accounts_of, facts_of, list_waiting
from relief.payments.models import Payment, Sheet
from relief.payments.service.sheets import (
    leave_sheet_if_idle,
    lock_cases,
    lock_sheet,
    move_payment,
    note_maker,
    renumber,
    rows_of,
)
from relief.persons.models import Person

UNNUMBERED = 1_000_000


def gather(sheet_id: int, *, version: int, instalment_ids: Sequence[int], by: Actor) -> Sheet:
    """Put instalments on a draft sheet; each becomes a payment with its payee and account frozen.

    RuleBroken on `rows` for the first that may not be paid, with the reason; nothing is gathered then.
    """
    with transaction():
        sheet = _draft(sheet_id, version, "gather", by)
        wanted = sorted(set(instalment_ids))
        if not wanted:
            raise RuleBroken("rows", "Tick the rows that go on this sheet.")
        waiting = _lock_waiting(sheet, wanted)
        facts, payees = facts_of(waiting), _Payees.read(waiting)
        for one in waiting:
            _put_on(sheet, one, facts[one.instalment.id], payees, by)
        entered = {one.case.id: one.case for one in waiting}
        cases.enter_sheets(list(entered.values()), sheet.number or sheet.title, by=by)
        renumber(sheet)
        record("sheet.gather", "sheet", sheet.id, by=by, changes={"rows": len(wanted), "total": sheet.total})
        return sheet


def remove_row(sheet_id: int, payment_id: int, *, version: int, by: Actor) -> Sheet:
    """Take a row off a draft sheet; it waits for another one."""
    with transaction():
        sheet = _draft(sheet_id, version, "remove_row", by)
        payment = next((one for one in rows_of(sheet.id) if one.id == payment_id), None)
        if payment is None:
            raise NotYours
        _take_off(payment, by)
        renumber(sheet)
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


def _draft(sheet_id: int, version: int, verb: str, by: Actor) -> Sheet:
    sheet = lock_sheet(sheet_id, version, by)
    take(SHEET_STEPS, verb, sheet.state, by)
    judge_open_for_rows(sheet.state)
    note_maker(sheet, by)
    return sheet


def _lock_waiting(sheet: Sheet, instalment_ids: list[int]) -> list[Waiting]:
    """The instalments as they wait, read after cases and instalments were locked."""
    lock_cases(
        sa.select(AwardPart.case_id)
        .join(Instalment, Instalment.part_id == AwardPart.id)
        .where(Instalment.id.in_(instalment_ids))
    )
    held = sa.select(Instalment).where(Instalment.id.in_(instalment_ids)).order_by(Instalment.id).with_for_update()
    db.session.scalars(held.execution_options(populate_existing=True)).all()
    waiting = list_waiting(sheet.fund_id, limit=len(instalment_ids), only=instalment_ids)
    if len(waiting) < len(instalment_ids):
        raise RuleBroken("rows", "A row that you ticked is on another sheet meanwhile. Look at the list again.")
    return waiting


@dataclass(frozen=True)
class _Payees:
    """To whom the rows go, and which attempt each is: read for all of them at once."""

    accounts: Mapping[int, Account]
    names: Mapping[int, str]
    last: Mapping[int, Payment]

    @classmethod
    def read(cls, rows: Sequence[Waiting]) -> _Payees:
        people = {one.case.applicant_id for one in rows}
        before = sa.select(Payment).where(Payment.instalment_id.in_({one.instalment.id for one in rows}))
        return cls(
            accounts=accounts_of({one.case.household_id for one in rows}),
            names=dict(db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(people))).all()),
            last={one.instalment_id: one for one in db.session.scalars(before.order_by(Payment.attempt))},
        )


def _put_on(sheet: Sheet, waiting: Waiting, facts: PaymentFacts, payees: _Payees, by: Actor) -> None:
    why_not = may_gather(facts, sheet.fund.code, clock.today(), way=sheet.way, month=Month.parse(sheet.month))
    if why_not is not None:
        raise RuleBroken("rows", "%(case)s: %(why)s", case=waiting.case.number, why=why_not)
    payment = waiting.payment or _new_payment(waiting, payees.last.get(waiting.instalment.id))
    _freeze_payee(payment, waiting.case, payees)
    move_payment(payment, "put_on_sheet", by)
    payment.sheet_id, payment.line = sheet.id, UNNUMBERED
    db.session.add(payment)


def _new_payment(waiting: Waiting, last: Payment | None) -> Payment:
    """The next attempt at an instalment; it cites the one before, if there was one."""
    case, instalment = waiting.case, waiting.instalment
    return Payment(
        instalment_id=instalment.id, case_id=case.id, household_id=case.household_id, union_id=case.union_id,
        fund_id=case.fund_id, amount=instalment.amount, state=PaymentState.PLANNED.value, way=waiting.way,
        payee_id=case.applicant_id, payee_name="", attempt=last.attempt + 1 if last else 1,
        previous_id=last.id if last else None, planned_at=clock.now(),
    )  # fmt: skip


def _freeze_payee(payment: Payment, case: Case, payees: _Payees) -> None:
    """Copy who receives it onto the payment: the household's account of this moment, or for goods the applicant."""
    if payment.way != Way.TRANSFER:
        payment.payee_id, payment.payee_name = case.applicant_id, payees.names[case.applicant_id]
        payment.bank = payment.account_number = payment.account_index = payment.account_tail = None
        return
    account = payees.accounts.get(payment.household_id)
    if account is None:
        raise RuleBroken("rows", "The household has no bank account on file.")
    payment.payee_id, payment.payee_name, payment.bank = account.payee_id, account.holder, account.bank
    payment.account_number, payment.account_index = account.number, account.number_index
    payment.account_tail = account.number_tail


def _take_off(payment: Payment, by: Actor) -> None:
    move_payment(payment, "take_off_sheet", by)
    payment.sheet_id, payment.line = None, None
    leave_sheet_if_idle(payment.case_id, by)
