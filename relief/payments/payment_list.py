"""Which payments were made, stand on a sheet, or came back? The list with its filters, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.cases.models import Case
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import PaymentState
from relief.funds.models import Fund
from relief.funds.sight import require_office
from relief.payments.models import Payment, Sheet
from relief.web.paging import COUNT_CAP, Ask, Page, page_of

STAGES: Mapping[str, tuple[PaymentState, ...]] = {
    "on_sheet": (PaymentState.ON_SHEET, PaymentState.RELEASED),
    "sent": (PaymentState.SENT,),
    "bounced": (PaymentState.BOUNCED,),
    "succeeded": (PaymentState.SUCCEEDED,),
    "void": (PaymentState.VOID,),
}


@dataclass(frozen=True)
class ListedPayment:
    """One attempt to pay, as its list prints it; the account by its last figures."""

    id: int
    payee: str
    tail: str | None
    unit: str
    kind: str
    case_id: int
    case_number: str
    fund: str
    sheet_id: int
    sheet_number: str | None
    amount: Money
    state: str
    settled_on: date | None
    bounce_reason: str | None

    @property
    def kind_name(self) -> Sentence:
        return find_kind(self.kind).name


def list_payments(picked: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[ListedPayment]:
    """A page of payments. `picked` may hold month (of the sheet), stage, fund, unit and kind."""
    by.require("sheet.read")
    require_office(by)
    rows = _rows().where(*_conditions(picked))
    if ask.key and isinstance(ask.key[0], int):
        rows = rows.where(Payment.id > ask.key[0] if ask.backwards else Payment.id < ask.key[0])
    rows = rows.order_by(Payment.id if ask.backwards else Payment.id.desc()).limit(ask.size + 1)
    return page_of([ListedPayment(*row) for row in db.session.execute(rows)], ask, lambda row: (row.id,))


def count_payments(picked: Mapping[str, object], *, by: Actor) -> int:
    """How many payments the filters leave, counted up to one above the cap."""
    by.require("sheet.read")
    require_office(by)
    wanted = sa.select(Payment.id).join(Sheet, Sheet.id == Payment.sheet_id).join(Case, Case.id == Payment.case_id)
    capped = wanted.where(*_conditions(picked)).limit(COUNT_CAP + 1).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(capped)) or 0


def _rows() -> Any:
    return (
        sa.select(
            Payment.id, Payment.payee_name, Payment.account_tail, Union.short_name, Case.kind, Case.id, Case.number,
            Fund.code, Sheet.id, Sheet.number, Payment.amount, Payment.state, Payment.settled_on,
            Payment.bounce_reason,
        )
        .join(Sheet, Sheet.id == Payment.sheet_id)
        .join(Case, Case.id == Payment.case_id)
        .join(Union, Union.id == Payment.union_id)
        .join(Fund, Fund.id == Payment.fund_id)
    )  # fmt: skip


def _conditions(picked: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    wanted: dict[str, Any] = {
        "month": lambda value: Sheet.month == value,
        "stage": lambda value: Payment.state.in_(STAGES[value]),
        "fund": lambda value: Payment.fund_id == int(value),
        "unit": lambda value: Payment.union_id.in_(_below(int(value))),
        "kind": lambda value: Case.kind == value,
    }
    return [wanted[name](value) for name, value in picked.items() if name in wanted]


def _below(union_id: int) -> sa.Select[int]:
    path = db.session.scalar(sa.select(Union.path).where(Union.id == union_id))
    return sa.select(Union.id).where(Union.path.startswith(path or "?", autoescape=True))
