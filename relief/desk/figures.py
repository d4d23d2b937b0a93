"""What do the figures say? Cases and money by month and kind, by unit, and the time from need to money."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask_babel import LazyString

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.cases.models import Case
from relief.db import db
from relief.domain.aid import kinds
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.domain.waiting import median_wait
from relief.payments.tally_models import PaidTally, WaitTally
from relief.web.charts import Chart, Figure, Series
from relief.web.formatting import short_month

MOST_UNITS = 15


def list_figures(months: Sequence[Month], picked: Mapping[str, object], *, by: Actor) -> list[Chart]:
    """Every chart of these months for the subtree. `picked` may hold unit (with those below it) and kind."""
    by.require("case.read")
    return [
        _money_by_month(months, picked, by), _cases_by_month(months, picked, by), _money_by_unit(months, picked, by),
        _time_by_month(months, picked, by), _time_by_unit(months, picked, by),
    ]  # fmt: skip


def money_chart(months: Sequence[Month], *, by: Actor) -> Chart:
    """Money paid by month and kind, for a desk."""
    return _money_by_month(months, {}, by)


def time_chart(months: Sequence[Month], *, by: Actor) -> Chart:
    """The time from need to money by month, for a desk."""
    return _time_by_month(months, {}, by)


def payments_by_month(months: Sequence[Month], *, by: Actor) -> dict[str, int]:
    """How many payments arrived in each month."""
    rows = _tallied(PaidTally, months, {}, by, PaidTally.month, sa.func.sum(PaidTally.payments))
    return {month: int(count) for month, count in db.session.execute(rows.group_by(PaidTally.month))}


def months_of(year: int) -> list[Month]:
    """January to December."""
    return [Month(year, month) for month in range(1, 13)]


def names_of(months: Sequence[Month]) -> list[object]:
    """What stands under the bars, put into words when it is drawn: the month, with its year where one begins."""
    return [
        str(month) if month.month == 1 or at == 0 else LazyString(short_month, month.first_day)
        for at, month in enumerate(months)
    ]


def _places(months: Sequence[Month]) -> list[str]:
    return [str(month) for month in months]


def _money_by_month(months: Sequence[Month], picked: Mapping[str, object], by: Actor) -> Chart:
    money = _paid(months, picked, by, PaidTally.month, PaidTally.kind)
    return Chart(
        label("Money paid, by month and kind"), names_of(months),
        [
            Series(kind.short, [money.get((month, code), Money(0)) for month in _places(months)])
            for code, kind in kinds().items()
        ],
        "stacked",
    )  # fmt: skip


def _cases_by_month(months: Sequence[Month], picked: Mapping[str, object], by: Actor) -> Chart:
    places = _places(months)
    wanted = [Case.month >= places[0], Case.month <= places[-1], *_scope(Case, picked, by)]
    rows = db.session.execute(
        sa.select(Case.month, Case.kind, sa.func.count()).where(*wanted).group_by(Case.month, Case.kind)
    )
    counts = {(month, kind): count for month, kind, count in rows}
    series = [Series(kind.short, [counts.get((month, code), 0) for month in places]) for code, kind in kinds().items()]
    return Chart(label("Cases opened, by month and kind"), names_of(months), series, "stacked")


def _money_by_unit(months: Sequence[Month], picked: Mapping[str, object], by: Actor) -> Chart:
    sums = {unit: amount for (unit,), amount in _paid(months, picked, by, Union.short_name).items()}
    return _by_unit(label("Money paid, by unit"), label("Paid"), sums, lambda unit: sums[unit].fen)


def _time_by_month(months: Sequence[Month], picked: Mapping[str, object], by: Actor) -> Chart:
    """The median of working days from need to money, by the month in which the money arrived."""
    by_month = _waits(months, picked, by, WaitTally.month)
    figures: list[Figure] = [by_month.get(str(month)) for month in months]
    return Chart(
        label("Working days from need to money, by month"), names_of(months),
        [Series(label("Working days (median)"), figures)],
        says=label("Coal in the snow: half of the households waited no longer than this."), zero_counts=True,
    )  # fmt: skip


def _time_by_unit(months: Sequence[Month], picked: Mapping[str, object], by: Actor) -> Chart:
    waits = _waits(months, picked, by, Union.short_name)
    title, name = label("Working days from need to money, by unit"), label("Working days (median)")
    return replace(_by_unit(title, name, waits, lambda unit: waits[unit]), zero_counts=True)


def _by_unit(title: object, name: object, figures: Mapping[str, Figure], size: Callable[[str], int]) -> Chart:
    """The units with the largest figures, as rows."""
    first = sorted(figures, key=lambda unit: (-size(unit), unit))[:MOST_UNITS]
    left = len(figures) - len(first)
    says = sentence("The first %(count)s units; %(left)s more have less.", count=MOST_UNITS, left=left) if left else ""
    return Chart(title, first, [Series(name, [figures[unit] for unit in first])], "rows", says)


def _paid(months: Sequence[Month], picked: Mapping[str, object], by: Actor, *places: Any) -> dict[Any, Money]:
    """What arrived, by these columns."""
    fen = sa.func.sum(sa.type_coerce(PaidTally.amount, sa.BigInteger))
    rows = db.session.execute(_tallied(PaidTally, months, picked, by, *places, fen).group_by(*places))
    return {tuple(place): Money(int(amount)) for *place, amount in rows if amount}


def _waits(months: Sequence[Month], picked: Mapping[str, object], by: Actor, place: Any) -> dict[str, int]:
    """The median of working days from need to money, by this column."""
    count = sa.func.sum(WaitTally.payments)
    rows = _tallied(WaitTally, months, picked, by, place, WaitTally.days, count).group_by(place, WaitTally.days)
    counts: dict[str, dict[int, int]] = {}
    for name, days, payments in db.session.execute(rows):
        if payments:
            counts.setdefault(name, {})[days] = int(payments)
    return {name: median_wait(values) for name, values in counts.items()}


def _tallied(table: Any, months: Sequence[Month], picked: Mapping[str, object], by: Actor, *columns: Any) -> Any:
    first, last = _places(months)[0], _places(months)[-1]
    return (
        sa.select(*columns)
        .select_from(table)
        .join(Union, Union.id == table.union_id)
        .where(table.month.between(first, last), *_scope(table, picked, by))
    )


def _scope(table: Any, picked: Mapping[str, object], by: Actor) -> list[sa.ColumnElement[bool]]:
    """Whose rows, and of which kind."""
    found = [within(table.union_id, by)]
    if "unit" in picked:
        path = db.session.scalar(sa.select(Union.path).where(Union.id == int(str(picked["unit"]))))
        found.append(table.union_id.in_(sa.select(Union.id).where(Union.path.startswith(path or "?", autoescape=True))))
    return [*found, table.kind == picked["kind"]] if "kind" in picked else found
