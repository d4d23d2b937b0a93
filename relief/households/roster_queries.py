"""What do the pages of rosters show? The imports, one import, and its rows with their outcomes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union, User
from relief.accounts.queries import within
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.roster import Outcome
from relief.domain.sentences import Sentence
from relief.households.models import Household
from relief.households.roster_models import RosterImport, RosterRow
from relief.households.roster_stored import HOUSEHOLDS, MEMBERS, sentences_of
from relief.persons.models import Person
from relief.web.paging import PER_PAGE, Ask, Page, page_of

STATES: dict[str, tuple[Sentence, str]] = {
    "previewed": (label("To be looked at"), "waits"),
    "applying": (label("Being imported"), "moves"),
    "applied": (label("Imported"), "good"),
    "dropped": (label("Dropped"), "still"),
}
SHEETS = {HOUSEHOLDS: label("Households"), MEMBERS: label("Members")}
APPLIED = {
    "created": label("New on file"), "updated": label("Changed"), "unchanged": label("As it was"),
    "proposed": label("Waits for a second person"), "left_out": label("Left out"),
}  # fmt: skip
OUTCOMES = {
    Outcome.IMPORTED: label("In order"), Outcome.WARNED: label("Taken, to be checked"),
    Outcome.REJECTED: label("Stays out"),
}  # fmt: skip
TONES = {Outcome.IMPORTED: "good", Outcome.WARNED: "waits", Outcome.REJECTED: "bad"}
FIRST_SHOWN = 20


@dataclass(frozen=True)
class ShownImport:
    """An import as the list prints it."""

    roster: RosterImport
    unit: str
    who: str | None
    state: Sentence
    tone: str

    @property
    def whole(self) -> int:
        return sum(self.roster.tally["households"].values())


@dataclass(frozen=True)
class ShownRow:
    """A row as the pages print it: its number, whose it is, how it ended and why, and the file it led to."""

    id: int
    row: int
    name: str
    outcome: Outcome
    said: Sequence[Sentence]
    applied: Sentence | None
    household_id: int | None
    file_number: str | None

    @property
    def outcome_label(self) -> Sentence:
        return OUTCOMES[self.outcome]

    @property
    def tone(self) -> str:
        return TONES[self.outcome]


def get_import(import_id: int, *, by: Actor) -> RosterImport:
    """The import, or NotYours outside the subtree."""
    by.require("household.import")
    roster = db.session.get(RosterImport, import_id)
    if roster is None:
        raise NotYours
    by.require_sight(roster.union_id)
    return roster


def find_same(roster: RosterImport) -> RosterImport | None:
    """The last import of the very same file that went into the register before this one."""
    same = sa.select(RosterImport).where(
        RosterImport.sha256 == roster.sha256, RosterImport.id < roster.id, RosterImport.state == "applied",
        RosterImport.union_id == roster.union_id,
    )  # fmt: skip
    return db.session.scalars(same.order_by(RosterImport.id.desc()).limit(1)).first()


def list_imports(*, by: Actor, ask: Ask) -> Page[ShownImport]:
    """The imports of the subtree, the newest first."""
    by.require("household.import")
    rows = (
        sa.select(RosterImport, Union.short_name, Person.name)
        .join(Union, Union.id == RosterImport.union_id)
        .outerjoin(User, User.id == RosterImport.made_by)
        .outerjoin(Person, Person.id == User.person_id)
        .where(within(RosterImport.union_id, by))
    )
    rows = _turned(rows, RosterImport.id, ask, newest_first=True)
    found = [ShownImport(one, unit, who, *STATES[one.state]) for one, unit, who in db.session.execute(rows)]
    return page_of(found, ask, lambda shown: (shown.roster.id,))


def list_rows(roster: RosterImport, chosen: Mapping[str, object], ask: Ask) -> Page[ShownRow]:
    """The rows of one sheet (`sheet`, households unless chosen), of one `outcome` or end (`applied`) if chosen."""
    sheet = str(chosen.get("sheet", HOUSEHOLDS))
    rows = _rows(roster.id, sheet).where(*(_column(name) == str(chosen[name]) for name in chosen if name != "sheet"))
    found = [_shown(*row) for row in db.session.execute(_turned(rows, RosterRow.row, ask))]
    return page_of(found, ask, lambda shown: (shown.row,))


def first_rows(roster: RosterImport, sheet: str, outcome: Outcome) -> list[ShownRow]:
    """The first rows of a sheet that ended in one way; the rest are on their own page."""
    rows = _rows(roster.id, sheet).where(RosterRow.outcome == outcome.value).order_by(RosterRow.row)
    return [_shown(*row) for row in db.session.execute(rows.limit(FIRST_SHOWN))]


def noted_rows(roster: RosterImport, applied: str) -> list[ShownRow]:
    """The first household rows that came to this end when they were applied."""
    rows = _rows(roster.id, HOUSEHOLDS).where(RosterRow.applied == applied).order_by(RosterRow.row)
    return [_shown(*row) for row in db.session.execute(rows.limit(FIRST_SHOWN))]


def _column(name: str) -> sa.ColumnElement[Any]:
    return {"outcome": RosterRow.outcome, "applied": RosterRow.applied}[name]  # type: ignore[return-value]


def _rows(import_id: int, sheet: str) -> Any:
    return (
        sa.select(RosterRow, Household.number)
        .outerjoin(Household, Household.id == RosterRow.household_id)
        .where(RosterRow.import_id == import_id, RosterRow.sheet == sheet)
    )


def _shown(row: RosterRow, number: str | None) -> ShownRow:
    return ShownRow(
        id=row.id, row=row.row, name=json.loads(row.body)["name"], outcome=Outcome(row.outcome),
        said=sentences_of(row.reasons), applied=APPLIED.get(row.applied or ""), household_id=row.household_id,
        file_number=number,
    )  # fmt: skip


def _turned(rows: Any, key: Any, ask: Ask, *, newest_first: bool = False) -> Any:
    """The page asked for, with one row more; backwards comes nearest first."""
    goes_down = newest_first is not ask.backwards
    if ask.key:
        rows = rows.where(key < ask.key[0] if goes_down else key > ask.key[0])
    return rows.order_by(key.desc() if goes_down else key).limit(PER_PAGE + 1)
