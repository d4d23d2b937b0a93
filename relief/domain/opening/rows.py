"""What goes into judging past awards, and what comes out? Tables as read, awards as kept, a verdict for each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from relief.domain.aid.policy import AidPolicy
from relief.domain.aid.routine import LIVING, RoutinePolicy
from relief.domain.money import Money
from relief.domain.roster.rows import RawRow, Verdict, tally

PAID, STANDING = "paid", "standing"


@dataclass(frozen=True)
class AwardTable:
    """One sheet of the workbook: `form` is paid (an old 发放表) or standing (awards that still run)."""

    sheet: str
    form: str
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]


@dataclass(frozen=True)
class Holder:
    """A person on file: the name, and the household whose member he is, or last was."""

    name: str
    household_id: int
    number: str
    status: str


@dataclass(frozen=True)
class Standards:
    """What is given today: the most per household and year of each kind, and the most a month of an item."""

    per_year: Mapping[str, Money] = field(default_factory=dict)
    per_month: Mapping[tuple[str, str], Money] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the register says: the people of these resident IDs, and today's standards."""

    people: Mapping[str, Holder]
    standards: Standards = field(default_factory=Standards)


@dataclass(frozen=True)
class AwardRow:
    """An award of the time before, cleaned and typed.

    `amount` is what was paid, or for a standing award what is paid each month, from the month of `on` up to and
    with `until_month`. `ordinal` counts rows of the file that say the very same: 1 for the first.
    """

    row: int
    sheet: str
    form: str
    household_id: int
    household_number: str
    resident_id: str
    name: str
    kind: str
    item: str | None
    amount: Money
    on: date
    until_month: str | None = None
    fund: str | None = None
    sheet_number: str = ""
    remark: str = ""
    ordinal: int = 1

    @property
    def says(self) -> str:
        """What the row says, as one line: two rows with the same line tell of the same award."""
        plain = (
            self.form, self.resident_id, self.kind, self.item, self.amount.fen, self.on.isoformat(), self.until_month,
            self.fund, self.sheet_number,
        )  # fmt: skip
        return "|".join("" if one is None else str(one) for one in plain)

    @property
    def identity(self) -> str:
        """What tells it from every other award: the same row of the same file again has the same identity."""
        return f"{self.says}|{self.ordinal}"


@dataclass(frozen=True)
class AwardVerdict(Verdict):
    """How one row ends, on which sheet, with whose name; and the award if it is kept."""

    sheet: str = ""
    name: str = ""
    award: AwardRow | None = None


@dataclass(frozen=True)
class AwardJudgement:
    """The verdicts of a whole workbook in the order of its sheets and rows."""

    rows: tuple[AwardVerdict, ...]

    @property
    def tally(self) -> dict[str, int]:
        """How many rows ended which way; all three outcomes are there."""
        return tally(self.rows)

    @property
    def awards(self) -> list[AwardRow]:
        """The awards that can be taken over, in the order of the file."""
        return [verdict.award for verdict in self.rows if verdict.award]


def standards_of(policies: Mapping[str, AidPolicy]) -> Standards:
    """The standards of the policies in force, by kind."""
    months = {
        (kind, LIVING): max(policy.living_deep, policy.living_others)
        for kind, policy in policies.items()
        if isinstance(policy, RoutinePolicy)
    }
    return Standards({kind: policy.household_year_cap for kind, policy in policies.items()}, months)
