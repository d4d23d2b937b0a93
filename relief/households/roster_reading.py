"""What does a union's workbook hold? The rows of its roster and of its members, found by header text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from relief.domain.errors import RuleBroken
from relief.domain.household import read_category
from relief.domain.labels import label
from relief.domain.roster import RawRow
from relief.domain.roster.cells import text
from relief.households.header_block import HeaderBlock, find_header
from relief.households.roster_headers import (
    REQUIRED_FOR_HOUSEHOLDS,
    REQUIRED_FOR_MEMBERS,
    household_field,
    member_field,
)
from relief.households.tables import Sheet, filled_down, has_an_id, has_footers_word, rows_below, sheets_of

_HEADER_LABELS = {
    "name": label("Name"),
    "resident_id": label("Resident ID"),
    "unit": label("Unit"),
    "category": label("Category of hardship"),
}
_MAKES_A_ROW = ("name", "resident_id", "category", "card", "phone")


@dataclass(frozen=True)
class RosterFile:
    """What one workbook holds: household rows, member rows, and one row of header words for each of the two."""

    sheet: str
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]
    member_header: tuple[str, ...] = ()
    members: tuple[RawRow, ...] = ()


def read_roster_file(source: Path | bytes) -> RosterFile:
    """The roster of a workbook; RuleBroken, with a sentence that says what is missing, for any other."""
    return find_roster(sheets_of(source))


def find_roster(sheets: Sequence[Sheet]) -> RosterFile:
    """The roster among the sheets, or RuleBroken on `file`: nothing of such a file is taken."""
    rosters = [table for sheet in sheets if (table := _roster_table(sheet))]
    rest = [sheet for sheet in sheets if sheet.name not in {table.sheet for table in rosters}]
    members = [table for sheet in rest if (table := _member_table(sheet))]
    if not rosters:
        raise _missing_headers(sheets)
    roster = _the_only(rosters)
    has_members = any(table.rows for table in members)
    if not roster.rows and not has_members:
        raise RuleBroken("file", "The roster has a header but no household below it.")
    if not has_members:
        return RosterFile(roster.sheet, roster.block.header, roster.rows)
    listed = _the_only(members)
    return RosterFile(roster.sheet, roster.block.header, roster.rows, listed.block.header, listed.rows)


@dataclass(frozen=True)
class _Table:
    sheet: str
    block: HeaderBlock
    rows: tuple[RawRow, ...]


def _roster_table(sheet: Sheet) -> _Table | None:
    block = find_header(sheet.rows, household_field)
    if block is None or not block.fields >= set(REQUIRED_FOR_HOUSEHOLDS):
        return None
    rows = rows_below(filled_down(sheet, block, "unit"), block, household_field, _MAKES_A_ROW, _is_footer)
    return _Table(sheet.name, block, tuple(rows))


def _member_table(sheet: Sheet) -> _Table | None:
    block = find_header(sheet.rows, member_field)
    if block is None or not block.fields >= set(REQUIRED_FOR_MEMBERS):
        return None
    below = filled_down(sheet, block, "head_id")
    rows = rows_below(below, block, member_field, ("name", "resident_id"), _is_member_footer)
    return _Table(sheet.name, block, tuple(rows))


def _the_only(tables: list[_Table]) -> _Table:
    """The one table that has rows; two of them cannot be told apart by their row numbers."""
    filled = [table for table in tables if table.rows] or tables[:1]
    if len(filled) > 1:
        names = "、".join(table.sheet for table in filled)
        raise RuleBroken("file", "More than one sheet is a roster: %(names)s. Send them one by one.", names=names)
    return filled[0]


def _missing_headers(sheets: Sequence[Sheet]) -> RuleBroken:
    """Names what the sheet that comes nearest to a roster does not have."""
    blocks = [block for sheet in sheets if (block := find_header(sheet.rows, household_field))]
    nearest: set[str] = max((block.fields for block in blocks), key=_required_among, default=set())
    missing = tuple(_HEADER_LABELS[name] for name in REQUIRED_FOR_HOUSEHOLDS if name not in nearest)
    return RuleBroken("file", "No row of this file is recorded: it has no column headed %(headers)s.", headers=missing)


def _required_among(fields: set[str]) -> int:
    return len(fields & set(REQUIRED_FOR_HOUSEHOLDS))


def _is_footer(raw: RawRow) -> bool:
    """A total, a signature line or a note: a footer's word, and neither an ID nor a category beside it."""
    if has_an_id(raw, "resident_id") or read_category(text(raw.get("category"))):
        return False
    return has_footers_word(raw)


def _is_member_footer(raw: RawRow) -> bool:
    return not has_an_id(raw, "resident_id", "head_id") and has_footers_word(raw)
