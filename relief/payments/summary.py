"""What was paid in these months, by unit, kind and fund? The figures of the summary 发放汇总表 (domain facts §4.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.audit.service import chain_head
from relief.cases.models import Case
from relief.db import db
from relief.documents.paper import Hand
from relief.documents.sheet import Summary, SummaryRow
from relief.domain.aid import kinds
from relief.domain.labels import label
from relief.domain.money import Money, total
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.workflow import PaymentState
from relief.funds.models import Fund
from relief.funds.sight import require_office
from relief.office import office, office_prefix
from relief.payments.models import Payment, Sheet

Cut = tuple[int, str, int]


def get_summary(since: Month, until: Month, picked: Mapping[str, object], *, by: Actor) -> Summary:
    """What arrived from the sheets of these months, both included, a row per unit with money, in the tree's order.

    `picked` may hold unit (with those below it), kind and fund.
    """
    by.require("sheet.read")
    require_office(by)
    wanted = _conditions(since, until, picked)
    cut = _amounts(wanted)
    units = {union.id: union.short_name for union in _units({unit for unit, _, _ in cut})}
    funds = _funds({fund for _, _, fund in cut})
    counts = _counts(wanted)
    return Summary(
        number=_number(since, until), office=office().office_name, month=since.first_day, until=until.first_day,
        made_on=clock.today(), kinds=tuple(kind.short for kind in kinds().values()),
        sources=tuple(f"{fund.code} {fund.name}" for fund in funds),
        rows=tuple(_row(unit, name, cut, counts[unit], funds) for unit, name in units.items()),
        hands=_hands(by), record_head=chain_head(),
    )  # fmt: skip


def under_way(since: Month, until: Month, picked: Mapping[str, object]) -> tuple[int, Money]:
    """How many payments of these sheets are released or at the bank and not answered yet, and their sum."""
    states = (PaymentState.RELEASED, PaymentState.SENT)
    count, fen = db.session.execute(
        _joined(sa.func.count(), _sum()).where(*_conditions(since, until, picked, states))
    ).one()
    return count, Money(int(fen or 0))


def _row(unit: int, name: str, cut: Mapping[Cut, Money], counts: tuple[int, int], funds: Sequence[Fund]) -> SummaryRow:
    mine = {(kind, fund): amount for (one, kind, fund), amount in cut.items() if one == unit}
    return SummaryRow(
        name, *counts, tuple(total(amount for (kind, _), amount in mine.items() if kind == code) for code in kinds()),
        total(mine.values()),
        tuple(total(amount for (_, fund), amount in mine.items() if fund == one.id) for one in funds),
    )  # fmt: skip


def _amounts(wanted: Sequence[sa.ColumnElement[bool]]) -> dict[Cut, Money]:
    rows = db.session.execute(
        _joined(Payment.union_id, Case.kind, Payment.fund_id, _sum())
        .where(*wanted)
        .group_by(Payment.union_id, Case.kind, Payment.fund_id)
    )
    return {(unit, kind, fund): Money(int(fen)) for unit, kind, fund, fen in rows}


def _counts(wanted: Sequence[sa.ColumnElement[bool]]) -> dict[int, tuple[int, int]]:
    """Households, each once, and payments of each unit."""
    rows = db.session.execute(
        _joined(Payment.union_id, sa.func.count(sa.distinct(Payment.household_id)), sa.func.count())
        .where(*wanted)
        .group_by(Payment.union_id)
    )
    return {unit: (households, payments) for unit, households, payments in rows}


def _joined(*columns: Any) -> Any:
    return (
        sa.select(*columns)
        .select_from(Payment)
        .join(Sheet, Sheet.id == Payment.sheet_id)
        .join(Case, Case.id == Payment.case_id)
    )


def _conditions(
    since: Month, until: Month, picked: Mapping[str, object], states: Sequence[str] = (PaymentState.SUCCEEDED,)
) -> list[sa.ColumnElement[bool]]:
    found = [Sheet.month >= str(since), Sheet.month <= str(until), Payment.state.in_(states)]
    if "kind" in picked:
        found.append(Case.kind == picked["kind"])
    if "fund" in picked:
        found.append(Payment.fund_id == int(str(picked["fund"])))
    if "unit" in picked:
        found.append(Payment.union_id.in_(_below(int(str(picked["unit"])))))
    return found


def _below(union_id: int) -> sa.Select[int]:
    path = db.session.scalar(sa.select(Union.path).where(Union.id == union_id))
    return sa.select(Union.id).where(Union.path.startswith(path or "?", autoescape=True))


def _sum() -> Any:
    return sa.func.sum(sa.type_coerce(Payment.amount, sa.BigInteger))


def _units(ids: set[int]) -> Sequence[Union]:
    return db.session.scalars(sa.select(Union).where(Union.id.in_(ids)).order_by(Union.path, Union.id)).all()


def _funds(ids: set[int]) -> Sequence[Fund]:
    return db.session.scalars(sa.select(Fund).where(Fund.id.in_(ids)).order_by(Fund.code)).all()


def _number(since: Month, until: Month) -> str:
    months = [str(one).replace("-", "") for one in dict.fromkeys((since, until))]
    return "-".join([office_prefix(), "HZ", *months])


def _hands(by: Actor) -> tuple[Hand, ...]:
    roles = (label("Reviewed by"), label("Approved by (chair)"), label("Head of finance"))
    return (Hand(label("Made by"), by.name), *(Hand(role, "") for role in roles))
