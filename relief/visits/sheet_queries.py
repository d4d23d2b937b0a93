"""Which sheets are there, how far is each typed, and whose visit is due?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.accounts.queries import get_union, within
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor
from relief.domain.visit_codes import VisitKind
from relief.domain.visit_sheet_code import find_sheet_code
from relief.households.models import Household
from relief.households.sight import OPEN
from relief.persons.models import Person
from relief.visits.due import list_due_visits
from relief.visits.models import Visit
from relief.visits.sheet_models import VisitSheet, VisitSheetRow
from relief.web.paging import PER_PAGE, Ask, Page, page_of

MOST_DUE = 60


@dataclass(frozen=True)
class SheetRow:
    """One sheet of the list: how many of its rows are typed, skipped, and there."""

    code: str
    unit: str
    kind: VisitKind
    on: date
    visitors: tuple[str, ...]
    typed: int
    skipped: int
    rows: int
    id: int

    @property
    def open(self) -> int:
        """Rows that nobody has typed or skipped yet."""
        return self.rows - self.typed - self.skipped


@dataclass(frozen=True)
class DueHousehold:
    """A household whose visit is due: when it was last visited, and the day that somebody put down, if any."""

    id: int
    head: str
    number: str
    unit: str
    last_on: date | None
    next_on: date | None = None


def get_sheet(code: str, *, by: Actor) -> VisitSheet:
    """The sheet with this code, however it was typed; NotYours for any other text and outside the subtree."""
    sheet = find_sheet(code, by=by)
    if sheet is None:
        raise NotYours
    return sheet


def find_sheet(code: str, *, by: Actor) -> VisitSheet | None:
    """The same, None where there is none to see."""
    by.require("visit.read")
    plain = find_sheet_code(code)
    sheet = db.session.scalar(sa.select(VisitSheet).where(VisitSheet.code == plain)) if plain else None
    return sheet if sheet is not None and by.sees(sheet.union_id) else None


def list_sheets(chosen: Mapping[str, object], *, by: Actor, ask: Ask | None = None) -> Page[SheetRow]:
    """A page of sheets, the newest first. `chosen` may hold `rows`: open or done."""
    by.require("visit.read")
    ask = ask or Ask()
    found = sa.select(VisitSheet).where(within(VisitSheet.union_id, by), *_conditions(chosen))
    if ask.key:
        found = found.where(VisitSheet.id > ask.key[0] if ask.backwards else VisitSheet.id < ask.key[0])
    order = VisitSheet.id if ask.backwards else VisitSheet.id.desc()
    sheets = db.session.scalars(found.order_by(order).limit(PER_PAGE + 1)).all()
    return page_of([_row(sheet) for sheet in sheets], ask, lambda row: (row.id,))


def list_candidates(union_id: int, *, by: Actor) -> Sequence[DueHousehold]:
    """The households of a unit that are due today, the longest due first; at most MOST_DUE."""
    due = list_due_visits({"unit": get_union(union_id, by=by).id}, by=by, ask=Ask(size=MOST_DUE))
    return [DueHousehold(one.id, one.head, one.number, one.unit, one.seen_on, one.planned_on) for one in due.rows]


def list_chosen(ids: Sequence[int], *, by: Actor) -> Sequence[DueHousehold]:
    """These open files with the day of their last visit, in the order given; those out of sight are left out."""
    by.require("household.read")
    last_on = sa.select(sa.func.max(Visit.on)).where(Visit.household_id == Household.id).scalar_subquery()
    rows = db.session.execute(
        sa.select(Household.id, Person.name, Household.number, Union.short_name, last_on)
        .join(Person, Person.id == Household.head_id)
        .join(Union, Union.id == Household.union_id)
        .where(Household.id.in_(list(ids)), within(Household.union_id, by), Household.status.in_(OPEN))
    )
    found = {row[0]: DueHousehold(*row) for row in rows}
    return [found[one] for one in dict.fromkeys(ids) if one in found]


def _row(sheet: VisitSheet) -> SheetRow:
    return SheetRow(
        sheet.code, sheet.union.short_name, VisitKind(sheet.kind), sheet.planned_on,
        tuple(one.name for one in sheet.visitors), sum(row.visit_id is not None for row in sheet.rows),
        sum(row.skipped is not None for row in sheet.rows), len(sheet.rows), sheet.id,
    )  # fmt: skip


def _conditions(chosen: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    waiting = sa.exists().where(
        VisitSheetRow.sheet_id == VisitSheet.id, VisitSheetRow.visit_id.is_(None), VisitSheetRow.skipped.is_(None)
    )
    wanted: dict[str, list[sa.ColumnElement[bool]]] = {"open": [waiting], "done": [~waiting]}
    return wanted.get(str(chosen.get("rows")), [])
