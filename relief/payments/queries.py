"""Which sheets are there, how far is a month, and what came back from the bank?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.accounts.models import Union
from relief.cases.models import AwardPart, Case, Instalment
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import PaymentState
from relief.funds.sight import require_office
from relief.payments.facts import OVER
from relief.payments.models import Payment, Sheet
from relief.payments.parts_shown import month_of_award
from relief.web.paging import Ask, Page, page_of

MOST_RETURNED = 100


@dataclass(frozen=True)
class ListedSheet:
    """A sheet with what its rows add up to now."""

    sheet: Sheet
    rows: int
    total: Money


@dataclass(frozen=True)
class Stage:
    """One stage of the month's strip: how many payments stand there, and how much money."""

    code: str
    count: int
    total: Money


@dataclass(frozen=True)
class SheetLine:
    """A row of a sheet: the payment, its case's number and unit, its part, and whether it may be paid again."""

    payment: Payment
    case_number: str
    unit: str
    kind: str
    months: int | None
    instalment: Instalment
    part: AwardPart
    last: bool

    @property
    def kit_name(self) -> str:
        """What is handed over; empty for money."""
        return str((self.part.kit or {}).get("name", ""))

    @property
    def month_of_award(self) -> Sentence | None:
        """Which month of an award by month it pays."""
        return month_of_award(self.kind, self.months, self.instalment.number, self.instalment.due_month)

    @property
    def may_pay_again(self) -> bool:
        return self.payment.state == PaymentState.BOUNCED and self.last


def get_sheet(sheet_id: int, *, by: Actor) -> Sheet:
    """The sheet; NotYours when it is missing or the actor is of a unit."""
    by.require("sheet.read")
    require_office(by)
    sheet = db.session.get(Sheet, sheet_id)
    if sheet is None:
        raise NotYours
    return sheet


def get_payment(payment_id: int, *, by: Actor) -> Payment:
    """One attempt to pay; NotYours when it is missing or the actor is of a unit."""
    by.require("sheet.read")
    require_office(by)
    payment = db.session.get(Payment, payment_id)
    if payment is None:
        raise NotYours
    return payment


def list_sheets(picked: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[ListedSheet]:
    """A page of sheets, the newest first; `picked` holds month, fund and state where they are set."""
    by.require("sheet.read")
    require_office(by)
    sheets = db.session.scalars(_turned(sa.select(Sheet).where(*_conditions(picked)), ask)).all()
    sums = _sums([sheet.id for sheet in sheets])
    listed = [ListedSheet(sheet, *sums.get(sheet.id, (0, Money(0)))) for sheet in sheets]
    return page_of(listed, ask, lambda one: (one.sheet.id,))


def month_strip(month: Month, *, by: Actor) -> list[Stage]:
    """On a sheet → released → sent → came back → arrived: the payments of a month's sheets.

    What came back and is not planned again counts whatever its month: it stands before the next sheet.
    """
    require_office(by)
    rows = db.session.execute(
        sa.select(Payment.state, sa.func.count(), _fen(Payment.amount))
        .join(Sheet, Sheet.id == Payment.sheet_id)
        .where(Sheet.month == str(month), Payment.state.not_in(OVER))
        .group_by(Payment.state)
    )
    found = {state: Stage(state, count, Money(int(fen or 0))) for state, count, fen in rows}
    stages = {state: found.get(state, Stage(state, 0, Money(0))) for state in PaymentState}
    under_way = (stages[state] for state in (PaymentState.ON_SHEET, PaymentState.RELEASED, PaymentState.SENT))
    return [*under_way, _returned(), stages[PaymentState.SUCCEEDED]]


def list_lines(sheet_id: int, *states: str, ask: Ask | None = None) -> Page[SheetLine]:
    """The rows of a sheet by line, a page of them, or all of these states when no page is asked for."""
    later = aliased(Payment)
    newer = sa.exists().where(later.instalment_id == Payment.instalment_id, later.attempt > Payment.attempt)
    statement = _lines(~newer).where(Payment.sheet_id == sheet_id)
    if states:
        statement = statement.where(Payment.state.in_(states))
    if ask is None:
        rows = db.session.execute(statement.order_by(Payment.line, Payment.id)).all()
        return Page([SheetLine(*row) for row in rows])
    found = [SheetLine(*row) for row in db.session.execute(_by_line(statement, ask))]
    return page_of(found, ask, lambda one: (one.payment.line or 0,))


def list_returned(*, by: Actor) -> Sequence[SheetLine]:
    """Payments that came back and are not planned again, the oldest first; their awards still hold the promise."""
    require_office(by)
    statement = _lines(sa.true()).where(*_is_returned()).order_by(Payment.id).limit(MOST_RETURNED)
    return [SheetLine(*row) for row in db.session.execute(statement)]


def list_attempts(case_id: int) -> Sequence[Payment]:
    """All attempts to pay a case, in their order."""
    statement = sa.select(Payment).where(Payment.case_id == case_id).order_by(Payment.id)
    return db.session.scalars(statement).all()


def list_household_payments(household_id: int, *, by: Actor) -> Sequence[tuple[Payment, str]]:
    """What was paid or came back for a household, with the case's number; of unions that the actor sees."""
    rows = db.session.execute(
        sa.select(Payment, Case.number)
        .join(Case, Case.id == Payment.case_id)
        .where(Payment.household_id == household_id, Payment.settled_on.is_not(None))
        .order_by(Payment.id)
    )
    return [(payment, number) for payment, number in rows if by.sees(payment.union_id)]


def _conditions(picked: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    columns: dict[str, Any] = {"month": Sheet.month, "state": Sheet.state}
    found = [column == picked[name] for name, column in columns.items() if name in picked]
    return [*found, Sheet.fund_id == int(str(picked["fund"]))] if "fund" in picked else found


def _lines(last: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Payment, Case.number, Union.short_name, Case.kind, Case.months, Instalment, AwardPart, last)
        .join(Case, Case.id == Payment.case_id)
        .join(Instalment, Instalment.id == Payment.instalment_id)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .join(Union, Union.id == Payment.union_id)
    )


def _is_returned() -> tuple[sa.ColumnElement[bool], ...]:
    """Bounced, not planned again, and the award not dropped meanwhile."""
    later = aliased(Payment)
    newer = sa.exists().where(later.instalment_id == Payment.instalment_id, later.attempt > Payment.attempt)
    own = aliased(Instalment)
    open_one = sa.exists().where(own.id == Payment.instalment_id, own.dropped_at.is_(None))
    return Payment.state == PaymentState.BOUNCED, ~newer, open_one


def _returned() -> Stage:
    count, fen = db.session.execute(sa.select(sa.func.count(), _fen(Payment.amount)).where(*_is_returned())).one()
    return Stage(PaymentState.BOUNCED, count, Money(int(fen or 0)))


def _sums(sheet_ids: Sequence[int]) -> dict[int, tuple[int, Money]]:
    rows = db.session.execute(
        sa.select(Payment.sheet_id, sa.func.count(), _fen(Payment.amount))
        .where(Payment.sheet_id.in_(sheet_ids))
        .group_by(Payment.sheet_id)
    )
    return {sheet_id: (count, Money(int(fen))) for sheet_id, count, fen in rows}


def _fen(column: Any) -> Any:
    return sa.func.sum(sa.type_coerce(column, sa.BigInteger))


def _turned(statement: sa.Select[*tuple[Any, ...]], ask: Ask) -> sa.Select[*tuple[Any, ...]]:
    key = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    if ask.backwards and key is not None:
        return statement.where(Sheet.id > key).order_by(Sheet.id).limit(ask.size + 1)
    if key is not None:
        statement = statement.where(Sheet.id < key)
    return statement.order_by(Sheet.id.desc()).limit(ask.size + 1)


def _by_line(statement: sa.Select[*tuple[Any, ...]], ask: Ask) -> sa.Select[*tuple[Any, ...]]:
    key = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    if ask.backwards and key is not None:
        return statement.where(Payment.line < key).order_by(Payment.line.desc()).limit(ask.size + 1)
    if key is not None:
        statement = statement.where(Payment.line > key)
    return statement.order_by(Payment.line).limit(ask.size + 1)

