"""Where does a fund stand, and does its cached row agree with its journal?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.accounts.models import User
from relief.db import db
from relief.domain.budget import DELTAS, Balance, Movement
from relief.domain.errors import NotYours
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.funds.models import Fund, FundBalance, JournalEntry
from relief.funds.service import COLUMNS, OPENING_MARK, UNDONE_BY
from relief.funds.sight import require_office
from relief.persons.models import Person
from relief.web.paging import Ask, Page, page_of

OPENING_LABELS = {
    Movement.ANNOUNCE: label("Opening balance: money announced"),
    Movement.RECEIVE: label("Opening balance: money received"),
}


@dataclass(frozen=True)
class FundStanding:
    """A fund with its balance."""

    fund: Fund
    balance: Balance


@dataclass(frozen=True)
class JournalLine:
    """A line of the journal as its page prints it; `undone` when it was taken back."""

    entry: JournalEntry
    movement: Movement
    who: str
    undone: bool

    @property
    def is_of_case(self) -> bool:
        """Whether the document behind it is a case: an award that was approved or dropped."""
        return self.entry.case_id is not None and self.movement in (Movement.COMMIT, Movement.UNCOMMIT)

    @property
    def is_opening(self) -> bool:
        """Whether it was brought forward when the office started here."""
        return self.movement in OPENING_LABELS and (self.entry.note or "").startswith(OPENING_MARK)

    @property
    def label(self) -> Sentence:
        """What the line is called."""
        return OPENING_LABELS[self.movement] if self.is_opening else self.movement.label

    @property
    def note(self) -> str:
        """What was noted by hand."""
        note = self.entry.note or ""
        return note.removeprefix(OPENING_MARK).lstrip(":") if self.is_opening else note

    @property
    def may_undo(self) -> bool:
        return self.movement in UNDONE_BY and not self.undone


def list_standings() -> list[FundStanding]:
    """Every active fund with its balance, by code."""
    rows = db.session.execute(
        sa.select(Fund, *(getattr(FundBalance, name) for name in COLUMNS))
        .join(FundBalance, FundBalance.fund_id == Fund.id)
        .where(Fund.active)
        .order_by(Fund.code)
    )
    return [FundStanding(row[0], Balance(*row[1:])) for row in rows]


def get_fund(fund_id: int, *, by: Actor) -> FundStanding:
    """A fund with its balance; NotYours when there is none, or for an actor of a unit."""
    by.require("fund.read")
    require_office(by)
    found = [standing for standing in list_standings() if standing.fund.id == fund_id]
    if not found:
        raise NotYours
    return found[0]


def find_fund(code: str) -> Fund | None:
    """The fund with this code."""
    return db.session.scalar(sa.select(Fund).where(Fund.code == code))


def get_entry(entry_id: int, *, by: Actor) -> JournalEntry:
    """A line of the journal; NotYours when it is missing or the actor is of a unit."""
    by.require("fund.read")
    require_office(by)
    entry = db.session.get(JournalEntry, entry_id)
    if entry is None:
        raise NotYours
    return entry


def list_journal(fund_id: int, picked: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[JournalLine]:
    """A page of a fund's journal, newest first; `picked` holds `month` and `movement` where they are set."""
    require_office(by)
    later = aliased(JournalEntry)
    statement = (
        sa.select(JournalEntry, Person.name, later.id)
        .outerjoin(User, User.id == JournalEntry.user_id)
        .outerjoin(Person, Person.id == User.person_id)
        .outerjoin(later, later.reverses_id == JournalEntry.id)
        .where(JournalEntry.fund_id == fund_id, *_conditions(picked))
    )
    rows = db.session.execute(_turned(statement, ask)).all()
    return page_of([_line(row) for row in rows], ask, lambda line: (line.entry.id,))


def recomputed(fund_id: int) -> Balance:
    """The balance that the journal adds up to, whatever the order in which its lines were numbered."""
    amount = sa.func.sum(sa.type_coerce(JournalEntry.amount, sa.BigInteger))
    rows = db.session.execute(
        sa.select(JournalEntry.movement, amount).where(JournalEntry.fund_id == fund_id).group_by(JournalEntry.movement)
    )
    sums = dict.fromkeys(COLUMNS, 0)
    for movement, fen in rows:
        for column, sign in DELTAS[Movement(movement)].items():
            sums[column] += sign * int(fen)
    return Balance(**{column: Money(fen) for column, fen in sums.items()})


def committed_of(case_id: int) -> Money:
    """What the journal still holds promised for a case: commitments less drops and payments."""
    signs = {"commit": 1, "uncommit": -1, "pay": -1, "bounce_after_pay": 1}
    rows = db.session.execute(
        sa.select(JournalEntry.movement, JournalEntry.amount).where(
            JournalEntry.case_id == case_id, JournalEntry.movement.in_(signs)
        )
    )
    return Money(sum(signs[movement] * amount.fen for movement, amount in rows))


def _conditions(picked: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    columns: dict[str, Any] = {"month": JournalEntry.month, "movement": JournalEntry.movement}
    return [column == picked[name] for name, column in columns.items() if name in picked]


def _turned(statement: sa.Select[*tuple[Any, ...]], ask: Ask) -> sa.Select[*tuple[Any, ...]]:
    """The page asked for: nearest first when paging back, newest first otherwise."""
    key = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    if ask.backwards and key is not None:
        return statement.where(JournalEntry.id > key).order_by(JournalEntry.id).limit(ask.size + 1)
    if key is not None:
        statement = statement.where(JournalEntry.id < key)
    return statement.order_by(JournalEntry.id.desc()).limit(ask.size + 1)


def _line(row: Sequence[Any]) -> JournalLine:
    entry, who, undone_by = row
    return JournalLine(entry, Movement(entry.movement), who or "", undone_by is not None)
