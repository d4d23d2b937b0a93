"""What does a union's workbook hold? The rows of its roster and of its members, found by header text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from relief.documents.xlsx_reading import read_workbook
from relief.domain.errors import RuleBroken
from relief.domain.household import read_category
from relief.domain.labels import label
from relief.domain.roster import RawRow
from relief.domain.roster.cells import compact, text
from relief.households.header_block import HeaderBlock, Row, find_header, repeats_header
from relief.households.roster_headers import (
    REQUIRED_FOR_HOUSEHOLDS,
    REQUIRED_FOR_MEMBERS,
    household_field,
    member_field,
)

_HEADER_LABELS = {
    "name": label("Name"),
    "resident_id": label("Resident ID"),
    "unit": label("Unit"),
    "category": label("Category of hardship"),
}
_FOOTER = re.compile(
    r"(合计|总计|小计|共计|填表|制表|填报|审核|复核|经办|负责人|主管|单位负责|工会主席|"
    r"工会\(盖章|\(盖章|盖章|注:|说明:|备注:|以下空白)"
)
_MAKES_A_ROW = ("name", "resident_id", "category", "card", "phone")
_DIGITS_OF_AN_ID = 12


class Sheet(NamedTuple):
    """One sheet from its first cell on; `merges` are merged cells as ((top, left), (bottom, right)) indexes."""

    name: str
    rows: Sequence[Row]
    merges: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()


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
    return find_roster(_sheets(source))


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
    return _Table(sheet.name, block, tuple(_household_rows(_filled_down(sheet, block, "unit"), block)))


def _member_table(sheet: Sheet) -> _Table | None:
    block = find_header(sheet.rows, member_field)
    if block is None or not block.fields >= set(REQUIRED_FOR_MEMBERS):
        return None
    return _Table(sheet.name, block, tuple(_member_rows(_filled_down(sheet, block, "head_id"), block)))


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


def _household_rows(rows: Sequence[Row], block: HeaderBlock) -> Iterator[RawRow]:
    for i in range(block.last + 1, len(rows)):
        raw = block.raw_row(i + 1, rows[i])
        if _says_something(raw, *_MAKES_A_ROW) and not repeats_header(raw, household_field) and not _is_footer(raw):
            yield raw


def _is_footer(raw: RawRow) -> bool:
    """A total, a signature line or a note: a footer's word, and neither an ID nor a category beside it."""
    if len(re.findall(r"\d", compact(raw.get("resident_id")))) >= _DIGITS_OF_AN_ID:
        return False
    if read_category(text(raw.get("category"))):
        return False
    return any(_FOOTER.match(compact(cell)) for cell in raw.written)


def _member_rows(rows: Sequence[Row], block: HeaderBlock) -> Iterator[RawRow]:
    for i in range(block.last + 1, len(rows)):
        raw = block.raw_row(i + 1, rows[i])
        if _says_something(raw, "name", "resident_id") and not (
            repeats_header(raw, member_field) or _is_member_footer(raw)
        ):
            yield raw


def _is_member_footer(raw: RawRow) -> bool:
    digits = re.findall(r"\d", compact(raw.get("resident_id")) + compact(raw.get("head_id")))
    return len(digits) < _DIGITS_OF_AN_ID and any(_FOOTER.match(compact(cell)) for cell in raw.written)


def _says_something(raw: RawRow, *fields: str) -> bool:
    return any(text(raw.get(name)) for name in fields)


def _filled_down(sheet: Sheet, block: HeaderBlock, field: str) -> Sequence[Row]:
    """The rows with a field that is written once, in a merged cell over several rows, in each of them."""
    column = next(i for i, name in block.columns.items() if name == field)
    rows = [list(row) for row in sheet.rows]
    for (top, left), (bottom, right) in sheet.merges:
        if left == right == column and top > block.last:
            for row in rows[top + 1 : bottom + 1]:
                row[column] = rows[top][column]
    return rows


def _sheets(source: Path | bytes) -> list[Sheet]:
    return [Sheet(*sheet) for sheet in read_workbook(source)]
