"""Which cases are there? The list with its filters, newest or most urgent first, and a count up to a cap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.cases.models import Case
from relief.cases.passing import sight_of_cases
from relief.cases.turns import is_turn_of
from relief.cases.ways_models import Appeal
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import EMERGENCY
from relief.persons.models import Person
from relief.web.paging import COUNT_CAP, Ask, Key, Page, every_row, page_of


@dataclass(frozen=True)
class ListedCase:
    """One case of the list."""

    id: int
    number: str
    applicant: str
    unit: str
    kind: str
    state: str
    on_hold: bool
    objection: bool
    lane: str
    amount: Money | None
    need_on: date
    due_on: date | None
    created_at: datetime
    today: date

    @property
    def url(self) -> str:
        """Where the case stands."""
        return f"/cases/{self.id}"

    @property
    def kind_name(self) -> Sentence:
        return find_kind(self.kind).name

    @property
    def days_since_need(self) -> int:
        """Calendar days since the event, up to today."""
        return (self.today - self.need_on).days

    @property
    def is_overdue(self) -> bool:
        """Its deadline has passed and the clock runs."""
        return self.due_on is not None and self.due_on < self.today and not self.on_hold

    @property
    def is_due_today(self) -> bool:
        return self.due_on == self.today and not self.on_hold


def list_cases(chosen: Mapping[str, object], *, by: Actor, ask: Ask | None = None) -> Page[ListedCase]:
    """A page of cases in one statement. `chosen` may hold state, unit, kind, flag, mine, order.

    Newest first; with order `due` those with a deadline, the oldest deadline first.
    """
    by.require("case.read")
    ask = ask or Ask()
    order = _Order.of(chosen)
    rows = order.turned(_rows(chosen, by), ask).limit(ask.size + 1)
    today = clock.today()
    return page_of([ListedCase(*(*row, today)) for row in db.session.execute(rows)], ask, order.key_of)


def count_cases(chosen: Mapping[str, object], *, by: Actor) -> int:
    """How many cases the filters leave, counted up to one above the cap."""
    by.require("case.read")
    capped = sa.select(Case.id).where(*_conditions(chosen, by)).limit(COUNT_CAP + 1).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(capped)) or 0


def stream_cases(chosen: Mapping[str, object], *, by: Actor) -> Iterator[ListedCase]:
    """Every case that the filters leave, in the list's order, fetched a few hundred at a time."""
    return every_row(lambda ask: list_cases(chosen, by=by, ask=ask), 2)


@dataclass(frozen=True)
class _Order:
    """By which column the list runs, and whether it falls."""

    column: Any
    falls: bool

    @classmethod
    def of(cls, chosen: Mapping[str, object]) -> _Order:
        return cls(Case.due_on, False) if chosen.get("order") == "due" else cls(Case.created_at, True)

    def key_of(self, row: ListedCase) -> Key:
        value: date | None = row.created_at if self.falls else row.due_on
        return (value.isoformat() if value else "", row.id)

    def turned(self, rows: Any, ask: Ask) -> Any:
        """The rows from the key asked for, in the direction asked for; a key that is none is the first page."""
        key = self._read(ask.key) if ask.key else None
        falls = self.falls != ask.backwards
        if key is not None:
            here, there = sa.tuple_(self.column, Case.id), sa.tuple_(*(sa.literal(v, c.type) for v, c in key))
            rows = rows.where(here < there if falls else here > there)
        columns = (self.column, Case.id)
        return rows.order_by(*(column.desc() if falls else column for column in columns))

    def _read(self, key: Key) -> tuple[tuple[Any, Any], ...] | None:
        text, row_id = key
        try:
            value = (datetime if self.falls else date).fromisoformat(str(text))
        except ValueError:
            return None
        if not isinstance(row_id, int) or (isinstance(value, datetime) and value.tzinfo is None):
            return None
        return (value, self.column), (row_id, Case.id)


def _rows(chosen: Mapping[str, object], by: Actor) -> Any:
    return (
        sa.select(
            Case.id, Case.number, Person.name, Union.short_name, Case.kind, Case.state, Case.on_hold, Case.objection,
            Case.lane, sa.func.coalesce(Case.approved, Case.proposed, type_=Case.proposed.type), Case.need_on,
            Case.due_on, Case.created_at,
        )
        .join(Person, Person.id == Case.applicant_id)
        .join(Union, Union.id == Case.union_id)
        .where(*_conditions(chosen, by))
    )  # fmt: skip


def _conditions(chosen: Mapping[str, object], by: Actor) -> list[sa.ColumnElement[bool]]:
    found = [sight_of_cases(by)]
    found += [getattr(Case, name) == chosen[name] for name in ("state", "kind") if name in chosen]
    if "unit" in chosen:
        found.append(Case.union_id.in_(_subtree(int(str(chosen["unit"])))))
    if chosen.get("order") == "due":
        found.append(Case.due_on.is_not(None))
    return [*found, *_flagged(chosen.get("flag")), *_mine(chosen.get("mine"), by)]


def _flagged(flag: object) -> list[sa.ColumnElement[bool]]:
    if flag == "overdue":
        return [Case.due_on < clock.today(), Case.on_hold.is_(False)]
    if flag == "emergency":
        return [Case.lane == EMERGENCY]
    if flag == "appeal":
        return [sa.exists().where(Appeal.case_id == Case.id, Appeal.outcome.is_(None))]
    if flag in ("objection", "on_hold"):
        return [getattr(Case, str(flag)).is_(True)]
    return []


def _mine(mine: object, by: Actor) -> list[sa.ColumnElement[bool]]:
    if mine == "turn":
        return [is_turn_of(by)]
    return [Case.entered_by == by.person_id] if mine == "entered" else []


def _subtree(union_id: int) -> list[int]:
    path = db.session.scalar(sa.select(Union.path).where(Union.id == union_id))
    return list(db.session.scalars(sa.select(Union.id).where(Union.path.startswith(path or "?", autoescape=True))))
