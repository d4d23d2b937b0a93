"""What stands on a sheet's paper? Its rows and hands, read in a few statements, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.cases.models import Case, NoticeRow
from relief.cases.service.notices import cause_of
from relief.db import db
from relief.documents.month_workbook import MonthPaper
from relief.documents.paper import Hand, Private, Text
from relief.documents.sheet import Sheet as Paper
from relief.documents.sheet import SheetRow
from relief.domain.aid import find_kind
from relief.domain.household import Category
from relief.domain.identity import mask_card
from relief.domain.labels import label
from relief.domain.month import Month
from relief.domain.notice import generic_cause
from relief.domain.sentences import Sentence, sentence
from relief.domain.ways import Way
from relief.domain.workflow import PaymentState
from relief.households.models import Household
from relief.office import office
from relief.payments.models import Payment, Sheet
from relief.payments.parts_shown import KitGiven, kits_by_payment
from relief.payments.sheet_page import live_totals
from relief.persons.models import Person

SEXES = {"male": label("male"), "female": label("female")}
NO_NUMBER = label("Draft, without a number")


@dataclass(frozen=True)
class _Row:
    """A row of the sheet with what stands around it in the database."""

    payment: Payment
    case: Case
    payee: Person
    household: Household
    unit: str


def sheet_paper(sheet: Sheet) -> Paper:
    """The sheet as its paper prints it."""
    rows = _read(Payment.sheet_id == sheet.id)
    totals = live_totals(sheet.id)
    return Paper(
        number=sheet.number or str(NO_NUMBER),
        office=office().office_name,
        unit=office().office_name,
        kind=_kinds(rows),
        month=Month.parse(sheet.month).first_day,
        fund=f"{sheet.fund.code} {sheet.fund.name}",
        made_on=clock.business_date(sheet.submitted_at or sheet.created_at),
        rows=_printed(rows),
        count=totals.rows,
        households=totals.households,
        total=totals.amount,
        hands=_hands(sheet),
        record_head=sheet.record_head or "",
        account_subject=sheet.subject_code or "",
        entry_number=sheet.ledger_number or "",
        bank_receipt=sheet.bank_number or "",
        is_goods=sheet.is_goods,
    )


def month_paper(month: Month) -> MonthPaper:
    """All rows of the month's released sheets as one paper, sheet by sheet."""
    released = sa.select(Sheet).where(Sheet.month == str(month), Sheet.released_at.is_not(None))
    numbers = {one.id: one.number or "" for one in db.session.scalars(released)}
    rows = _read(sa.and_(Payment.sheet_id.in_(numbers), Payment.state != PaymentState.VOID))
    printed = zip((numbers[row.payment.sheet_id or 0] for row in rows), _printed(rows), strict=True)
    return MonthPaper(office().office_name, month.first_day, clock.today(), tuple(printed))


def _read(wanted: sa.ColumnElement[bool]) -> list[_Row]:
    rows = db.session.execute(
        sa.select(Payment, Case, Person, Household, Union.short_name)
        .join(Case, Case.id == Payment.case_id)
        .join(Person, Person.id == Payment.payee_id)
        .join(Household, Household.id == Payment.household_id)
        .join(Union, Union.id == Payment.union_id)
        .where(wanted)
        .order_by(Payment.sheet_id, Payment.line, Payment.id)
    )
    return [_Row(*row) for row in rows]


def _printed(rows: list[_Row]) -> tuple[SheetRow, ...]:
    causes = _causes([row.case.id for row in rows])
    kits = kits_by_payment(Payment.id.in_([row.payment.id for row in rows if row.payment.way == Way.GOODS]))
    return tuple(_with_goods(_row(row, causes), kits.get(row.payment.id)) for row in rows)


def _with_goods(row: SheetRow, kit: KitGiven | None) -> SheetRow:
    if kit is None:
        return row
    return replace(row, goods=kit.name, quantity=f"{kit.quantity} {kit.measure}", price=str(kit.price))


def _row(row: _Row, causes: Mapping[int, Sentence]) -> SheetRow:
    payment, payee = row.payment, row.payee
    return SheetRow(
        name=payment.payee_name,
        sex=SEXES.get(payee.sex or "", ""),
        resident_id=Private(payee.resident_id_masked or "", payee.resident_id or ""),
        unit=row.unit,
        category=_category(row.household),
        cause=causes.get(row.case.id) or generic_cause(cause_of(row.case)),
        kind=find_kind(row.case.kind).name,
        amount=payment.amount,
        bank=payment.bank or "",
        account=_card(payment.account_number),
        phone=Private(payee.phone_masked or "", payee.phone or ""),
        remark=_remark(payment),
    )


def _card(number: str | None) -> Private:
    return Private(mask_card(number), number) if number else Private("", "")


def _remark(payment: Payment) -> Text:
    return sentence("Paid again, attempt %(number)s", number=payment.attempt) if payment.attempt > 1 else ""


def _category(household: Household) -> Text:
    code = household.assessed_category or household.declared_category
    return Category(code).label if code else ""


def _causes(case_ids: Iterable[int]) -> dict[int, Sentence]:
    """The generic cause that each case's notice showed: never the disease."""
    shown = sa.select(NoticeRow.case_id, NoticeRow.cause).where(NoticeRow.case_id.in_(list(case_ids)))
    rows = db.session.execute(shown.order_by(NoticeRow.id))
    return {row.case_id: Sentence(row.cause) for row in rows}


def _kinds(rows: list[_Row]) -> Text:
    names = tuple(dict.fromkeys(find_kind(row.case.kind).name for row in rows))
    return names[0] if len(names) == 1 else sentence("%(kinds)s", kinds=names)


def _hands(sheet: Sheet) -> tuple[Hand, ...]:
    """The places to sign; who made it, released it and paid it is printed beside the room for ink."""
    signed: tuple[tuple[Sentence, int | None, Any], ...] = (
        (label("Made by"), sheet.made_by, sheet.submitted_at),
        (label("Reviewed by"), None, None),
        (label("Approved by (chair)"), None, None),
        (label("Handled by"), None, None),
        (label("Head of finance"), sheet.released_by, sheet.released_at),
        (label("Cashier"), sheet.sent_by, sheet.sent_at),
    )
    return tuple(Hand(role, _name(person), _day(at)) for role, person, at in signed)


def _name(person_id: int | None) -> str:
    return db.session.get_one(Person, person_id).name if person_id else ""


def _day(moment: Any) -> date | None:
    return clock.business_date(moment) if moment else None


def is_final(sheet: Sheet) -> bool:
    """Whether the money was released: only then is the paper issued and kept."""
    return sheet.released_at is not None


