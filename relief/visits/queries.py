"""Which visits were made? The list with its filters, page by page, and those that somebody planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor
from relief.domain.visit_codes import Place, VisitKind
from relief.households.models import Household
from relief.persons.models import Person
from relief.visits.models import Visit, Visitor
from relief.web.paging import COUNT_CAP, Ask, Page, page_of

MOST_PLANNED = 20


@dataclass(frozen=True)
class VisitRow:
    """One visit of the list."""

    id: int
    household_id: int
    head: str
    number: str
    unit: str
    kind: VisitKind
    place: Place
    on: date
    next_on: date | None
    is_late: bool
    visitors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned:
    """A next visit that somebody put down, not made yet."""

    household_id: int
    head: str
    number: str
    on: date


def get_visit(visit_id: int, *, by: Actor) -> Visit:
    """The visit; NotYours when it is missing, or neither its union nor its household's is the actor's."""
    by.require("visit.read")
    visit = db.session.get(Visit, visit_id)
    if visit is None or not (by.sees(visit.union_id) or by.sees(visit.household.union_id)):
        raise NotYours
    return visit


def list_visits(chosen: Mapping[str, object], *, by: Actor, ask: Ask | None = None) -> Page[VisitRow]:
    """A page of visits, the latest day first. `chosen` may hold unit, kind, entered (late), who (me), since, until."""
    by.require("visit.read")
    ask = ask or Ask()
    rows = _rows().where(*_conditions(chosen, by))
    if ask.key:
        rows = rows.where(_beyond(date.fromisoformat(str(ask.key[0])), int(str(ask.key[1])), ask.backwards))
    order = (Visit.on, Visit.id) if ask.backwards else (Visit.on.desc(), Visit.id.desc())
    found = db.session.execute(rows.order_by(*order).limit(ask.size + 1)).all()
    names = _visitors_of([row.id for row in found])
    listed = [_row(row, names.get(row.id, ())) for row in found]
    return page_of(listed, ask, lambda row: (row.on.isoformat(), row.id))


def count_visits(chosen: Mapping[str, object], *, by: Actor) -> int:
    """How many visits the filters leave, counted up to one above the cap."""
    capped = sa.select(Visit.id).where(*_conditions(chosen, by)).limit(COUNT_CAP + 1).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(capped)) or 0


def list_planned(until: date, *, by: Actor) -> Sequence[Planned]:
    """My next visits up to a day that nobody has made since, the oldest day first."""
    later = aliased(Visit)
    made = sa.exists().where(later.household_id == Visit.household_id, later.on > Visit.on)
    rows = db.session.execute(
        sa.select(Visit.household_id, Person.name, Household.number, Visit.next_on)
        .join(Visitor, Visitor.visit_id == Visit.id)
        .join(Household, Household.id == Visit.household_id)
        .join(Person, Person.id == Household.head_id)
        .where(Visitor.person_id == by.person_id, Visit.next_on <= until, ~made, within(Household.union_id, by))
        .order_by(Visit.next_on, Visit.id)
        .limit(MOST_PLANNED)
    )
    return [Planned(household_id, head, number, on) for household_id, head, number, on in rows if on]


def _rows() -> Any:
    return (
        sa.select(
            Visit.id, Visit.household_id, Person.name, Household.number, Union.short_name, Visit.kind, Visit.place,
            Visit.on, Visit.next_on, Visit.is_late,
        )
        .join(Household, Household.id == Visit.household_id)
        .join(Person, Person.id == Household.head_id)
        .join(Union, Union.id == Visit.union_id)
    )  # fmt: skip


def _row(row: Any, visitors: tuple[str, ...]) -> VisitRow:
    visit_id, household_id, head, number, unit, kind, place, on, next_on, is_late = row
    return VisitRow(
        visit_id, household_id, head, number, unit, VisitKind(kind), Place(place), on, next_on, is_late, visitors
    )


def _beyond(on: date, visit_id: int, backwards: bool) -> sa.ColumnElement[bool]:
    if backwards:
        return sa.or_(Visit.on > on, sa.and_(Visit.on == on, Visit.id > visit_id))
    return sa.or_(Visit.on < on, sa.and_(Visit.on == on, Visit.id < visit_id))


def _conditions(chosen: Mapping[str, object], by: Actor) -> list[sa.ColumnElement[bool]]:
    wanted: dict[str, Any] = {
        "unit": lambda value: Visit.union_id.in_(_subtree(int(value))),
        "kind": lambda value: Visit.kind == value,
        "entered": lambda value: Visit.is_late.is_(value == "late"),
        "who": lambda value: Visit.id.in_(sa.select(Visitor.visit_id).where(Visitor.person_id == by.person_id)),
        "since": lambda value: Visit.on >= value,
        "until": lambda value: Visit.on <= value,
    }
    return [within(Visit.union_id, by), *(wanted[name](value) for name, value in chosen.items() if name in wanted)]


def _subtree(union_id: int) -> list[int]:
    path = db.session.scalar(sa.select(Union.path).where(Union.id == union_id))
    below = sa.select(Union.id).where(Union.path.startswith(path or "?", autoescape=True))
    return list(db.session.scalars(below))


def _visitors_of(visit_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = db.session.execute(
        sa.select(Visitor.visit_id, Person.name)
        .join(Person, Person.id == Visitor.person_id)
        .where(Visitor.visit_id.in_(visit_ids))
        .order_by(Visitor.id)
    )
    names: dict[int, tuple[str, ...]] = {}
    for visit_id, name in rows:
        names[visit_id] = (*names.get(visit_id, ()), name)
    return names
