"""Which vouchers are there, who has signed, and is any number missing?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.workflow import VoucherState
from relief.funds.models import Fund
from relief.numbering import NumberSeries
from relief.payments.models import Payment, Sheet
from relief.payments.queries import get_sheet
from relief.vouchers.models import Voucher
from relief.web.paging import Ask, Page, page_of

UNSIGNED = (VoucherState.MADE, VoucherState.PRINTED)


@dataclass(frozen=True)
class ListedVoucher:
    """A voucher with what its list prints beside it."""

    voucher: Voucher
    payee: str
    unit: str
    case_number: str
    sheet_number: str
    case_id: int


@dataclass(frozen=True)
class Series:
    """The vouchers of one fund and month: how many, up to which number, and the numbers that are missing."""

    fund: Fund
    month: str
    count: int
    void: int
    last: int
    total: Money
    missing: Sequence[int]


def get_voucher(voucher_id: int, *, by: Actor) -> ListedVoucher:
    """The voucher; NotYours when it is missing or of a union outside the subtree."""
    by.require("sheet.read")
    row = db.session.execute(_listed(by).where(Voucher.id == voucher_id)).first()
    if row is None:
        raise NotYours
    return ListedVoucher(*row)


def list_vouchers(picked: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[ListedVoucher]:
    """A page of vouchers, the newest first; `picked` holds month, fund, state and sheet where they are set."""
    by.require("sheet.read")
    statement = _listed(by).where(*_conditions(picked))
    key = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    if ask.backwards and key is not None:
        statement = statement.where(Voucher.id > key).order_by(Voucher.id)
    else:
        statement = statement.where(Voucher.id < key) if key is not None else statement
        statement = statement.order_by(Voucher.id.desc())
    rows = [ListedVoucher(*row) for row in db.session.execute(statement.limit(ask.size + 1))]
    return page_of(rows, ask, lambda one: (one.voucher.id,))


def list_of_sheet(sheet_id: int, *, by: Actor) -> Sequence[Voucher]:
    """The vouchers of a sheet by number, void ones left out."""
    get_sheet(sheet_id, by=by)
    live = sa.select(Voucher).where(Voucher.sheet_id == sheet_id, Voucher.state != "void")
    return db.session.scalars(live.order_by(Voucher.sequence)).all()


def find_by_token(token: str) -> Voucher | None:
    """The voucher that a code opens; None for any other text."""
    return db.session.scalar(sa.select(Voucher).where(Voucher.token == token)) if token.isascii() else None


def find_replaced(voucher: Voucher, *, by: Actor) -> Voucher | None:
    """The void voucher that this one was issued for."""
    cited = sa.select(Voucher).where(Voucher.id == voucher.replaces_id, within(Voucher.union_id, by))
    return db.session.scalar(cited) if voucher.replaces_id else None


def find_successor(voucher: Voucher) -> Voucher | None:
    """The voucher that was issued again for this one."""
    return db.session.scalar(sa.select(Voucher).where(Voucher.replaces_id == voucher.id).order_by(Voucher.id).limit(1))


def list_series(*, by: Actor) -> list[Series]:
    """Every fund and month with vouchers, newest month first; `missing` is empty, or the books have a hole."""
    by.require("sheet.read")
    by.require_sight(None)
    amount = sa.func.sum(sa.case((Voucher.state != "void", sa.type_coerce(Voucher.amount, sa.BigInteger)), else_=0))
    rows = db.session.execute(
        sa.select(
            Fund, Voucher.month, sa.func.count(), sa.func.count().filter(Voucher.state == "void"),
            sa.func.max(Voucher.sequence), amount,
        )
        .join(Fund, Fund.id == Voucher.fund_id)
        .group_by(Fund.id, Voucher.month)
        .order_by(Voucher.month.desc(), Fund.code)
    ).all()  # fmt: skip
    return [_series(*row) for row in rows]


def _series(fund: Fund, month: str, count: int, void: int, highest: int, fen: int) -> Series:
    given = db.session.scalar(sa.select(NumberSeries.last).where(NumberSeries.series == f"voucher/{fund.code}/{month}"))
    last = max(given or 0, highest)
    missing = _missing(fund.id, month, last) if count != last else []
    return Series(fund, month, count, void, last, Money(int(fen)), missing)


def _missing(fund_id: int, month: str, last: int) -> list[int]:
    held = set(
        db.session.scalars(sa.select(Voucher.sequence).where(Voucher.fund_id == fund_id, Voucher.month == month))
    )
    return [number for number in range(1, last + 1) if number not in held]


def _listed(by: Actor) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Voucher, Payment.payee_name, Union.short_name, Case.number, Sheet.number, Case.id)
        .join(Payment, Payment.id == Voucher.payment_id)
        .join(Case, Case.id == Payment.case_id)
        .join(Sheet, Sheet.id == Voucher.sheet_id)
        .join(Union, Union.id == Voucher.union_id)
        .where(within(Voucher.union_id, by))
    )


def _conditions(picked: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    plain: dict[str, Any] = {"month": Voucher.month}
    numbers: dict[str, Any] = {"fund": Voucher.fund_id, "sheet": Voucher.sheet_id}
    found = [column == picked[name] for name, column in plain.items() if name in picked]
    if "state" in picked:
        found.append(Voucher.state.in_(UNSIGNED if picked["state"] == "unsigned" else [picked["state"]]))
    return found + [column == int(str(picked[name])) for name, column in numbers.items() if name in picked]
