"""What goes into judging a roster, and what comes out? Rows as read, rows as kept, and a verdict for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from relief.domain.household import Category, Cause, Heating, Relation
from relief.domain.identity import Sex
from relief.domain.money import Money
from relief.domain.roster.cells import Cell
from relief.domain.sentences import Sentence


@dataclass(frozen=True)
class RawRow:
    """One row as the sheet holds it: `row` as Excel counts, cells by field, unknown columns by their header.

    `headers` maps each field to the words that the file uses for it, for remarks that people read. `written`
    is the whole row in the order of the file, to be given back when the row is rejected.
    """

    row: int
    cells: Mapping[str, Cell]
    extras: tuple[tuple[str, Cell], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    written: tuple[Cell, ...] = ()

    def get(self, name: str) -> Cell:
        """The cell of a field; None when the file has no such column."""
        return self.cells.get(name)


class Outcome(StrEnum):
    """How a row ends. Imported and warned rows are kept, rejected ones are not."""

    IMPORTED = "imported"
    WARNED = "warned"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Reason:
    """Why a row was warned or rejected: a code for machines that never changes, a sentence for people."""

    code: str
    sentence: Sentence


@dataclass(frozen=True)
class HouseholdRow:
    """A household as the roster claims it, cleaned and typed. What the file does not say is None or empty."""

    row: int
    unit: int
    unit_name: str
    name: str
    resident_id: str
    sex: Sex
    nation: str
    born: date
    phone: str | None
    address: str
    size: int | None
    income12: Money | None
    rigid: Money | None
    monthly_net: Money | None
    category: Category | None
    cause: Cause | None
    heating: Heating | None
    bank: str
    card: str | None
    opened_on: date | None
    remark: str


@dataclass(frozen=True)
class MemberRow:
    """A member as the second sheet claims it, joined to its household by the head's resident ID.

    `is_head` marks a row that repeats the head of the household; `elsewhere` one that another household
    also claims: it may only be proposed, never moved.
    """

    row: int
    head_id: str
    name: str
    relation: Relation | None
    resident_id: str | None
    sex: Sex | None
    born: date | None
    health: str
    monthly_income: Money | None
    work_or_school: str
    remark: str
    is_head: bool = False
    elsewhere: bool = False


@dataclass(frozen=True)
class Known:
    """What the register says about the IDs and cards of this file; `asked_for` names them.

    units: unit_key(name or alias) → unit id. heads: resident ID → household. members: resident ID of a
    member who is no head → households. cards: card number → households. A household is named by any text.
    """

    units: Mapping[str, int]
    heads: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Collection[str]] = field(default_factory=dict)
    cards: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """How one row ends: reasons (first the gravest), notes that change nothing, and the row if it is kept."""

    row: int
    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    household: HouseholdRow | None = None
    member: MemberRow | None = None

    @property
    def why(self) -> str | None:
        """The code of the first reason; None for an imported row."""
        return self.reasons[0].code if self.reasons else None


@dataclass(frozen=True)
class RosterJudgement:
    """The verdicts of a whole file in the order of its rows."""

    rows: tuple[Verdict, ...]
    members: tuple[Verdict, ...] = ()

    @property
    def tally(self) -> dict[str, int]:
        """How many household rows ended which way; all three outcomes are there."""
        return tally(self.rows)


def tally(verdicts: Collection[Verdict]) -> dict[str, int]:
    """Outcome → how many; zero for an outcome that did not happen."""
    counted = Counter(verdict.outcome for verdict in verdicts)
    return {outcome.value: counted[outcome] for outcome in Outcome}
