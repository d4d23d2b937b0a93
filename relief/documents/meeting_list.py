"""What lies on the table when a window is decided 上会材料? Units and sums, exceptions first, then every row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from relief.documents.paper import Text
from relief.domain.money import Money


@dataclass(frozen=True)
class UnitSum:
    """A unit's line: rows and sum, those of the year before, and how many are left out."""

    unit: str
    rows: int
    amount: Money
    last_rows: int
    last_amount: Money
    left_out: int


@dataclass(frozen=True)
class MeetingRow:
    """A household's line; `oddities` say why it wants a second look. No ID, card, telephone or address."""

    number: str
    name: str
    unit: str
    category: Text
    members: int
    amount: Money
    last_year: Money | None
    oddities: tuple[Text, ...] = ()


@dataclass(frozen=True)
class MeetingList:
    """The list of one window for one meeting."""

    office: str
    kind: Text
    window: Text
    made_on: date
    last_safe_day: date
    pay_by: date
    units: tuple[UnitSum, ...]
    odd: tuple[MeetingRow, ...]
    clean: tuple[MeetingRow, ...]
    total: Money

    @property
    def by_unit(self) -> list[tuple[str, list[MeetingRow]]]:
        """The clean rows, unit by unit."""
        return [(unit, list(rows)) for unit, rows in groupby(self.clean, key=lambda row: row.unit)]


def meeting_list_pdf(made: MeetingList, locale: str) -> bytes:
    """The list on A4 portrait with room for notes. RuleBroken for a character that cannot be printed."""
    from relief.documents.pdf import render

    return render("meeting_list", [made], locale)
