"""What do the figures say? Cases and money by month and kind, by unit, and the time from need to money."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask_babel import LazyString

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.cases.models import Case, Instalment
from relief.db import db
from relief.desk.timing import Help, medians
from relief.domain.aid import kinds
from relief.domain.labels import label
from relief.domain.money import Money, total
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.domain.workflow import PaymentState
from relief.payments.models import Payment
from relief.policies.queries import load_calendar
from relief.web.charts import Chart, Figure, Series
from relief.web.formatting import short_month

MOST_UNITS = 15


def list_figures(months: Sequence[Month], picked: Mapping[str, object], *, by: Actor) -> list[Chart]:
    """Every chart of these months for the subtree. `picked` may hold unit (with those below it) and kind."""
    by.require("case.read")
    helps = _helps(months, picked, by)
    money = _paid(months, picked, by)
    return [
        _money_by_month(months, money), _cases_by_month(months, picked, by), _money_by_unit(money),
        _time_by_month(months, helps), _time_by_unit(helps),
    ]  # fmt: skip


def money_chart(months: Sequence[Month], *, by: Actor) -> Chart:
    """Money paid by month and kind, for a desk."""
    return _money_by_month(months, _paid(months, {}, by))


def time_chart(months: Sequence[Month], *, by: Actor) -> Chart:
    """The time from need to money by month, for a desk."""
    return _time_by_month(months, _helps(months, {}, by))


def _time_by_month(months: Sequence[Month], helps: Sequence[Help]) -> Chart:
    """The median of working days from need to money, by the month in which the money arrived."""
    by_month, _ = medians(helps, load_calendar())
    figures: list[Figure] = [by_month.get(str(month)) for month in months]
    return Chart(
        label("Working days from need to money, by month"), names_of(months),
        [Series(label("Working days (median)"), figures)],
        says=label("Coal in the snow: half of the households waited no longer than this."), zero_counts=True,
    )  # fmt: skip


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


def _money_by_month(months: Sequence[Month], money: Mapping[tuple[str, str, str], Money]) -> Chart:
    return Chart(
        label("Money paid, by month and kind"), names_of(months),
        [
            Series(kind.short, [total(a for (m, k, _), a in money.items() if (m, k) == (month, code))
                                for month in _places(months)])
            for code, kind in kinds().items()
        ],
        "stacked",
    )  # fmt: skip


def _cases_by_month(months: Sequence[Month], picked: Mapping[str, object], by: Actor) -> Chart:
    places = _places(months)
    wanted = [Case.month >= places[0], Case.month <= places[-1], *_scope(Case.union_id, picked, by, name_all=False)]
    rows = db.session.execute(
        sa.select(Case.month, Case.kind, sa.func.count()).where(*wanted).group_by(Case.month, Case.kind)
    )
    counts = {(month, kind): count for month, kind, count in rows}
    series = [Series(kind.short, [counts.get((month, code), 0) for month in places]) for code, kind in kinds().items()]
    return Chart(label("Cases opened, by month and kind"), names_of(months), series, "stacked")


def _money_by_unit(money: Mapping[tuple[str, str, str], Money]) -> Chart:
    units: dict[str, list[Money]] = {}
    for (_, _, unit), amount in money.items():
        units.setdefault(unit, []).append(amount)
    sums = {unit: total(amounts) for unit, amounts in units.items()}
    return _by_unit(label("Money paid, by unit"), label("Paid"), sums, lambda unit: sums[unit].fen)


def _time_by_unit(helps: Sequence[Help]) -> Chart:
    _, by_unit = medians(helps, load_calendar())
    title, name = label("Working days from need to money, by unit"), label("Working days (median)")
    return replace(_by_unit(title, name, by_unit, lambda unit: by_unit[unit]), zero_counts=True)


def _by_unit(title: object, name: object, figures: Mapping[str, Figure], size: Callable[[str], int]) -> Chart:
    """The units with the largest figures, as rows."""
    first = sorted(figures, key=lambda unit: (-size(unit), unit))[:MOST_UNITS]
    left = len(figures) - len(first)
    says = sentence("The first %(count)s units; %(left)s more have less.", count=MOST_UNITS, left=left) if left else ""
    return Chart(title, first, [Series(name, [figures[unit] for unit in first])], "rows", says)


def _paid(months: Sequence[Month], picked: Mapping[str, object], by: Actor) -> dict[tuple[str, str, str], Money]:
    """What arrived, by month, kind and unit."""
    amount = sa.func.sum(sa.type_coerce(Payment.amount, sa.BigInteger))
    rows = db.session.execute(
        _arrived(months, picked, by, Payment.settled_on, Case.kind, Union.short_name, amount)
        .group_by(Payment.settled_on, Case.kind, Union.short_name)
    )  # fmt: skip
    found: dict[tuple[str, str, str], Money] = {}
    for day, kind, unit, fen in rows:
        place = (f"{day:%Y-%m}", kind, unit)
        found[place] = found.get(place, Money(0)) + Money(int(fen))
    return found


def _helps(months: Sequence[Month], picked: Mapping[str, object], by: Actor) -> list[Help]:
    """First instalments that arrived, with the day of the need."""
    rows = db.session.execute(
        _arrived(months, picked, by, Union.short_name, Case.need_on, Payment.settled_on, sa.func.count())
        .join(Instalment, Instalment.id == Payment.instalment_id)
        .where(Instalment.number == 1)
        .group_by(Union.short_name, Case.need_on, Payment.settled_on)
    )
    return [Help(*row) for row in rows]


def _arrived(months: Sequence[Month], picked: Mapping[str, object], by: Actor, *columns: Any) -> Any:
    return (
        sa.select(*columns)
        .select_from(Payment)
        .join(Case, Case.id == Payment.case_id)
        .join(Union, Union.id == Payment.union_id)
        .where(
            Payment.state == PaymentState.SUCCEEDED,
            Payment.settled_on.between(months[0].first_day, months[-1].last_day), *_scope(Payment.union_id, picked, by),
        )
    )  # fmt: skip


def _scope(
    column: Any, picked: Mapping[str, object], by: Actor, *, name_all: bool = True
) -> list[sa.ColumnElement[bool]]:
    """Whose rows; `name_all` names the unions of the whole tree too, where an index by union and day serves it."""
    found = [column.in_(sa.select(Union.id)) if name_all and by.scope is None else within(column, by)]
    if "unit" in picked:
        path = db.session.scalar(sa.select(Union.path).where(Union.id == int(str(picked["unit"]))))
        found.append(column.in_(sa.select(Union.id).where(Union.path.startswith(path or "?", autoescape=True))))
    return [*found, Case.kind == picked["kind"]] if "kind" in picked else found
