"""What money must come back? The list with its filters, how old each debt is, and the sums by age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.cases.models import Case
from relief.cases.ways_models import Recoverable
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.funds.models import Fund
from relief.persons.models import Person
from relief.web.paging import Ask, Page, page_of

STATES: dict[str, Sentence] = {"open": label("Still to come back"), "settled": label("Settled")}
BUCKET = "age"
# Age of a debt in days: from, up to (None: without end).
AGES: dict[str, tuple[Sentence, int, int | None]] = {
    "new": (label("Up to 30 days"), 0, 30),
    "due": (label("31 to 90 days"), 31, 90),
    "late": (label("91 days to a year"), 91, 365),
    "old": (label("More than a year"), 366, None),
}


@dataclass(frozen=True)
class ListedRecoverable:
    """One row: whom it is about, how much, what came back, what was given up, and since when."""

    id: int
    case_id: int
    number: str
    name: str
    unit: str
    fund: str
    amount: Money
    recovered: Money
    written_off: Money
    reason: str
    booked_on: date
    settled_on: date | None

    @property
    def left(self) -> Money:
        """What is still to come back."""
        return self.amount - self.recovered - self.written_off

    @property
    def days(self) -> int:
        """Calendar days since it was booked, up to the day on which it was settled."""
        return ((self.settled_on or clock.today()) - self.booked_on).days

    @property
    def tone(self) -> str:
        """How its age looks: the older, the graver."""
        if self.settled_on is not None:
            return "still"
        return "waits" if self.days <= AGES["new"][2] else "bad"  # type: ignore[operator]


@dataclass(frozen=True)
class Age:
    """What is still to come back, of one age."""

    code: str
    label: Sentence
    count: int
    left: Money


def get_recoverable(recoverable_id: int, *, by: Actor) -> Recoverable:
    """The row; NotYours when it is missing or lies outside the subtree."""
    by.require("fund.read")
    row = db.session.get(Recoverable, recoverable_id)
    if row is None:
        raise NotYours
    by.require_sight(row.union_id)
    return row


def list_recoverables(picked: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[ListedRecoverable]:
    """A page of debts, the newest first. `picked` may hold state, unit, reason, age."""
    by.require("fund.read")
    rows: Any = (
        sa.select(
            Recoverable.id, Case.id, Case.number, Person.name, Union.short_name, Fund.code, Recoverable.amount,
            Recoverable.recovered, Recoverable.written_off, Recoverable.reason, Recoverable.booked_on,
            Recoverable.settled_on,
        )
        .join(Case, Case.id == Recoverable.case_id)
        .join(Person, Person.id == Case.applicant_id)
        .join(Union, Union.id == Recoverable.union_id)
        .join(Fund, Fund.id == Recoverable.fund_id)
        .where(within(Recoverable.union_id, by), *_conditions(picked))
    )  # fmt: skip
    key = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    if key is not None:
        rows = rows.where(Recoverable.id > key if ask.backwards else Recoverable.id < key)
    rows = rows.order_by(Recoverable.id if ask.backwards else Recoverable.id.desc()).limit(ask.size + 1)
    return page_of([ListedRecoverable(*row) for row in db.session.execute(rows)], ask, lambda row: (row.id,))


def ages(*, by: Actor) -> list[Age]:
    """What is still to come back, by age; one statement."""
    today = clock.today()
    bucket = sa.case(
        *((_since(Recoverable.booked_on, most, today), code) for code, (_name, _least, most) in AGES.items()
          if most is not None), else_="old",
    ).label(BUCKET)  # fmt: skip
    left = Recoverable.amount - Recoverable.recovered - Recoverable.written_off
    rows = db.session.execute(
        sa.select(bucket, sa.func.count(), sa.func.sum(sa.type_coerce(left, sa.BigInteger)))
        .where(within(Recoverable.union_id, by), Recoverable.settled_on.is_(None))
        .group_by(sa.text(BUCKET))
    )
    found = {code: (count, Money(int(fen))) for code, count, fen in rows}
    return [Age(code, name, *found.get(code, (0, Money(0)))) for code, (name, _least, _most) in AGES.items()]


def _conditions(picked: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if "state" in picked:
        is_open = Recoverable.settled_on.is_(None)
        found.append(is_open if picked["state"] == "open" else ~is_open)
    if "unit" in picked:
        found.append(Recoverable.union_id == int(str(picked["unit"])))
    if "reason" in picked:
        found.append(Recoverable.reason == picked["reason"])
    if "age" in picked:
        _name, least, most = AGES[str(picked["age"])]
        today = clock.today()
        found.append(Recoverable.booked_on <= today - timedelta(days=least))
        found += [_since(Recoverable.booked_on, most, today)] if most is not None else []
    return found


def _since(column: Any, days: int, today: date) -> sa.ColumnElement[bool]:
    return column >= today - timedelta(days=days)  # type: ignore[no-any-return]
