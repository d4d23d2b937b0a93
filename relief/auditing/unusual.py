"""What was done the unusual way? One list over all its sources, newest first, by sort and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.auditing.unusual_sources import SOURCES, Source
from relief.cases.models import Case
from relief.db import Moment, db
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households.models import Household
from relief.persons.models import Person
from relief.visits.models import Visit
from relief.web.paging import COUNT_CAP, Ask, Key, Page, page_of


@dataclass(frozen=True)
class UnusualLine:
    """One thing that was done the unusual way: what, about whom, who, when, and where to read on."""

    id: int
    sort: str
    at: datetime
    unit: str
    subject: str
    subject_id: int | None
    name: str
    number: str
    who: str
    mark: str | None

    @property
    def label(self) -> Sentence:
        return SOURCES[self.sort].label


def list_unusual(chosen: Mapping[str, object], *, by: Actor, ask: Ask | None = None) -> Page[UnusualLine]:
    """A page of the list in a handful of statements; `chosen` may hold sort and unit."""
    by.require("audit.read")
    ask = ask or Ask()
    edge = _edge(ask.key)
    parts = [_part(source, chosen, by, edge, ask) for source in _sources(chosen)]
    every = sa.union_all(*parts).subquery("every")
    order = (every.c.at, every.c.sort, every.c.id)
    statement = sa.select(every).order_by(*(one if ask.backwards else one.desc() for one in order)).limit(ask.size + 1)
    return page_of(_told(db.session.execute(statement).all()), ask, _key)


def count_unusual(chosen: Mapping[str, object], *, by: Actor) -> int:
    """How many lines the filters leave, counted up to one above the cap."""
    by.require("audit.read")
    parts = [source.rows(chosen, by).limit(COUNT_CAP + 1).subquery().select() for source in _sources(chosen)]
    return db.session.scalar(sa.select(sa.func.count()).select_from(sa.union_all(*parts).subquery())) or 0


def _sources(chosen: Mapping[str, object]) -> list[Source]:
    return [SOURCES[str(chosen["sort"])]] if "sort" in chosen else list(SOURCES.values())


def _part(source: Source, chosen: Mapping[str, object], by: Actor, edge: tuple[Any, ...] | None, ask: Ask) -> Any:
    """The newest rows of one source beyond the edge of the page, no more than a page can hold."""
    rows = source.rows(chosen, by)
    if edge is not None:
        rows = rows.where(_beyond(source, edge, ask.backwards))
    order = (source.at, source.id) if ask.backwards else (source.at.desc(), source.id.desc())
    return rows.order_by(*order).limit(ask.size + 1).subquery().select()


def _beyond(source: Source, edge: tuple[Any, ...], backwards: bool) -> sa.ColumnElement[bool]:
    """The key (moment, sort, id) lies beyond the edge; the sort is the same for the whole source."""
    at, sort, row = edge
    moment = sa.literal(at, Moment())
    strictly = source.at > moment if backwards else source.at < moment
    if source.code == sort:
        return sa.or_(strictly, sa.and_(source.at == moment, source.id > row if backwards else source.id < row))
    further = source.code > sort if backwards else source.code < sort
    return sa.or_(strictly, source.at == moment) if further else strictly


def _key(line: UnusualLine) -> Key:
    return (line.at.isoformat(), line.sort, line.id)


def _edge(key: Key | None) -> tuple[Any, ...] | None:
    """The key as values; None for one that is none of ours."""
    if key is None:
        return None
    at, sort, row = key
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError:
        return None
    return (moment, sort, row) if moment.tzinfo and sort in SOURCES and isinstance(row, int) else None


def _told(rows: Sequence[Any]) -> list[UnusualLine]:
    """The rows with the names of whom they are about and of who did it: one statement for each sort of name."""
    visits = _households_of({row.subject_id for row in rows if row.subject == "visit"})
    cases = _names(Case, Case.applicant_id, {row.subject_id for row in rows if row.subject == "case"})
    files = {row.subject_id for row in rows if row.subject == "household"} | set(visits.values())
    households = _names(Household, Household.head_id, files)
    people = dict(_pairs(Person.id, Person.name, {row.who_id for row in rows if row.who_id}))
    units = dict(_pairs(Union.id, Union.short_name, {row.union_id for row in rows if row.union_id}))
    about = {("case", one): names for one, names in cases.items()}
    about |= {("household", one): names for one, names in households.items()}
    about |= {("visit", one): households.get(household, ("", "")) for one, household in visits.items()}
    found = []
    for row in rows:
        name, number = about.get((row.subject, row.subject_id), ("", ""))
        who = row.who or people.get(row.who_id, "")
        unit = units.get(row.union_id, "")
        found.append(
            UnusualLine(row.id, row.sort, row.at, unit, row.subject, row.subject_id, name, number, who, row.mark)
        )
    return found


def _names(model: Any, person: Any, ids: set[int]) -> dict[int, tuple[str, str]]:
    rows = db.session.execute(
        sa.select(model.id, Person.name, model.number).join(Person, Person.id == person).where(model.id.in_(ids))
    )
    return {row.id: (row.name, row.number) for row in rows}


def _households_of(visits: set[int]) -> dict[int, int]:
    return dict(_pairs(Visit.id, Visit.household_id, visits))


def _pairs(key: Any, value: Any, ids: set[int]) -> list[tuple[Any, Any]]:
    return [(row[0], row[1]) for row in db.session.execute(sa.select(key, value).where(key.in_(ids)))]
