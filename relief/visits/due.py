"""Who is due for a visit, and since when? One statement: a day put down, nobody seen for half a year, a re-check.

Rooms above tell of duties of their own (`also_due`): a subquery of household_id and due_on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.visit_codes import VisitKind
from relief.households.models import Household
from relief.households.sight import OPEN
from relief.persons.models import Person
from relief.visits.models import Visit
from relief.web.paging import COUNT_CAP, Ask, Page, page_of

HALF_A_YEAR = 182
FAR = date(9999, 1, 1)
ON, SEEN_ON, PLANNED_ON, RECHECK_ON, DUE_ON = "on", "seen_on", "planned_on", "recheck_on", "due_on"
SEEN = (VisitKind.VERIFICATION, VisitKind.CARE)
WHY: Mapping[str, Sentence] = {
    "planned": label("A visit was put down for this day"),
    "long_ago": label("Nobody went for half a year"),
    "never": label("Never visited"),
    "recheck": label("Re-check of the living aid"),
}
_RECHECKS: list[Callable[[], sa.Subquery]] = []


@dataclass(frozen=True)
class DueVisit:
    """A household that is due: since when, when it was last seen, the day put down, the day of a re-check."""

    id: int
    head: str
    number: str
    unit: str
    phone: str | None
    due_on: date
    seen_on: date | None
    planned_on: date | None
    recheck_on: date | None

    @property
    def reasons(self) -> list[Sentence]:
        """Why, each reason whose day has come."""
        today = clock.today()
        found = [
            ("planned", self.planned_on is not None and self.planned_on <= today),
            ("recheck", self.recheck_on is not None and self.recheck_on <= today),
            ("never", self.seen_on is None),
            ("long_ago", self.seen_on is not None and self.seen_on <= today - timedelta(days=HALF_A_YEAR)),
        ]
        return [WHY[code] for code, holds in found if holds]

    @property
    def days_late(self) -> int:
        """Calendar days since it was due."""
        return (clock.today() - self.due_on).days


def also_due(tell: Callable[[], sa.Subquery]) -> Callable[[], sa.Subquery]:
    """Register a subquery (household_id, due_on) of re-checks that a room above asks for."""
    _RECHECKS.append(tell)
    return tell


def list_due_visits(picked: Mapping[str, object], *, by: Actor, ask: Ask | None = None) -> Page[DueVisit]:
    """A page of households of the subtree, the latest first. `picked` may hold unit and why."""
    by.require("visit.read")
    ask = ask or Ask()
    facts = _facts(by)
    rows = _rows(facts).where(*_conditions(picked, facts))
    if ask.key:
        here, there = sa.tuple_(facts.c.due_on, facts.c.id), sa.tuple_(*_edge(ask))
        rows = rows.where(here < there if ask.backwards else here > there)
    order = (facts.c.due_on.desc(), facts.c.id.desc()) if ask.backwards else (facts.c.due_on, facts.c.id)
    found = [DueVisit(*row) for row in db.session.execute(rows.order_by(*order).limit(ask.size + 1))]
    return page_of(found, ask, lambda row: (row.due_on.isoformat(), row.id))


def count_due_visits(picked: Mapping[str, object], *, by: Actor, cap: int = COUNT_CAP) -> int:
    """How many are due, counted up to one above the cap."""
    by.require("visit.read")
    facts = _facts(by)
    capped = sa.select(facts.c.id).where(*_conditions(picked, facts)).limit(cap + 1).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(capped)) or 0


def _edge(ask: Ask) -> tuple[sa.ColumnElement[Any], ...]:
    on, row_id = ask.key or ("", 0)
    return sa.literal(date.fromisoformat(str(on)), sa.Date), sa.literal(int(str(row_id)))


def _rows(facts: sa.Subquery) -> Any:
    return (
        sa.select(
            facts.c.id, Person.name, facts.c.number, Union.short_name, Person.phone_masked, facts.c.due_on,
            facts.c.seen_on, facts.c.planned_on, facts.c.recheck_on,
        )
        .join(Person, Person.id == facts.c.head_id)
        .join(Union, Union.id == facts.c.union_id)
    )  # fmt: skip


def _facts(by: Actor) -> sa.Subquery:
    """Every open file of the subtree with its days and the earliest of them."""
    last = sa.select(Visit.household_id, sa.func.max(Visit.on).label(ON)).group_by(Visit.household_id).subquery()
    seen = (
        sa.select(Visit.household_id, sa.func.max(Visit.on).label(ON))
        .where(Visit.kind.in_(SEEN))
        .group_by(Visit.household_id)
        .subquery()
    )
    planned = (
        sa.select(Visit.household_id, sa.func.min(Visit.next_on).label(ON))
        .join(last, sa.and_(last.c.household_id == Visit.household_id, last.c.on == Visit.on))
        .group_by(Visit.household_id)
        .subquery()
    )
    recheck = _rechecks()
    due = _earliest(
        planned.c.on, days_later(seen.c.on, HALF_A_YEAR), recheck.c.due_on,
        sa.case((seen.c.on.is_(None), Household.opened_on), else_=FAR),
    )  # fmt: skip
    return (
        sa.select(
            Household.id, Household.number, Household.head_id, Household.union_id, seen.c.on.label(SEEN_ON),
            planned.c.on.label(PLANNED_ON), recheck.c.due_on.label(RECHECK_ON), due.label(DUE_ON),
        )
        .outerjoin(seen, seen.c.household_id == Household.id)
        .outerjoin(planned, planned.c.household_id == Household.id)
        .outerjoin(recheck, recheck.c.household_id == Household.id)
        .where(Household.status.in_(OPEN), within(Household.union_id, by))
        .subquery()
    )  # fmt: skip


def _rechecks() -> sa.Subquery:
    parts = [sa.select(told.c.household_id, told.c.due_on) for told in (tell() for tell in _RECHECKS)]
    none = sa.select(Visit.household_id, Visit.on.label(DUE_ON)).where(sa.false())
    every = sa.union_all(none, *parts).subquery()
    return sa.select(every.c.household_id, sa.func.min(every.c.due_on).label(DUE_ON)).group_by(
        every.c.household_id
    ).subquery()  # fmt: skip


def _conditions(picked: Mapping[str, object], facts: sa.Subquery) -> list[sa.ColumnElement[bool]]:
    today = clock.today()
    found: list[sa.ColumnElement[bool]] = [facts.c.due_on <= today]
    if "unit" in picked:
        path = db.session.scalar(sa.select(Union.path).where(Union.id == int(str(picked["unit"]))))
        below = sa.select(Union.id).where(Union.path.startswith(path or "?", autoescape=True))
        found.append(facts.c.union_id.in_(below))
    why: dict[str, sa.ColumnElement[bool]] = {
        "planned": facts.c.planned_on <= today,
        "recheck": facts.c.recheck_on <= today,
        "never": facts.c.seen_on.is_(None),
        "long_ago": facts.c.seen_on <= today - timedelta(days=HALF_A_YEAR),
    }
    return [*found, why[str(picked["why"])]] if "why" in picked else found


def days_later(day: Any, days: int) -> sa.ColumnElement[date]:
    """The day so many days later, reckoned by the database."""
    if _is_postgres():
        return sa.type_coerce(day.op("+")(sa.literal(days, sa.Integer)), sa.Date)
    return sa.func.date(day, f"+{days} days", type_=sa.Date)


def _earliest(*days: Any) -> sa.ColumnElement[date]:
    held = [sa.func.coalesce(day, FAR, type_=sa.Date) for day in days]
    return sa.func.least(*held, type_=sa.Date) if _is_postgres() else sa.func.min(*held, type_=sa.Date)


def _is_postgres() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"
