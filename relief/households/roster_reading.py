"""What does a union's workbook hold? The rows of its roster and of its members, found by header text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineWorkbook

from relief.domain.errors import RuleBroken
from relief.domain.household import read_category
from relief.domain.labels import label
from relief.domain.roster import RawRow
from relief.domain.roster.cells import compact, text
from relief.households.header_block import HeaderBlock, Row, find_header, is_header_again, numbers_columns
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
    """What one workbook holds: household rows, member rows, and the sheet that the households stand on."""

    sheet: str
    rows: tuple[RawRow, ...]
    members: tuple[RawRow, ...]


def read_roster_file(source: Path | bytes) -> RosterFile:
    """The roster of a workbook; RuleBroken, with a sentence that says what is missing, for any other."""
    return find_roster(_sheets(source))


def find_roster(sheets: Sequence[Sheet]) -> RosterFile:
    """The roster among the sheets, or RuleBroken on `file`: nothing of such a file is taken."""
    members: list[RawRow] = []
    found: list[tuple[str, list[RawRow]]] = []
    best_try: set[str] = set()
    for sheet in sheets:
        block = find_header(sheet.rows, household_field)
        if block and block.fields >= set(REQUIRED_FOR_HOUSEHOLDS):
            rows = _filled_down(sheet, block, "unit")
            found.append((sheet.name, list(_household_rows(rows, block))))
        elif member_block := _member_header(sheet.rows):
            members.extend(_member_rows(_filled_down(sheet, member_block, "head_id"), member_block))
        elif block:
            best_try = max(best_try, block.fields, key=_required_among)
    name, household_rows = _only_roster([one for one in found if one[1]], bool(found), best_try)
    return RosterFile(name, tuple(household_rows), tuple(members))


def _only_roster(
    filled: list[tuple[str, list[RawRow]]], has_header: bool, best_try: set[str]
) -> tuple[str, list[RawRow]]:
    if len(filled) == 1:
        return filled[0]
    if filled:
        names = "、".join(name for name, _ in filled)
        raise RuleBroken("file", "More than one sheet is a roster: %(names)s. Send them one by one.", names=names)
    if has_header:
        raise RuleBroken("file", "The roster has a header but no household below it.")
    missing = tuple(_HEADER_LABELS[name] for name in REQUIRED_FOR_HOUSEHOLDS if name not in best_try)
    raise RuleBroken("file", "No row of this file is recorded: it has no column headed %(headers)s.", headers=missing)


def _required_among(fields: set[str]) -> int:
    return len(fields & set(REQUIRED_FOR_HOUSEHOLDS))


def _household_rows(rows: Sequence[Row], block: HeaderBlock) -> Iterator[RawRow]:
    for i in range(block.last + 1, len(rows)):
        if is_header_again(rows[i], household_field) or numbers_columns(rows[i]):
            continue
        raw = block.raw_row(i + 1, rows[i])
        if _says_something(raw, *_MAKES_A_ROW) and not _is_footer(raw, rows[i]):
            yield raw


def _is_footer(raw: RawRow, row: Row) -> bool:
    """A total, a signature line or a note: a footer's word, and neither an ID nor a category beside it."""
    if len(re.findall(r"\d", compact(raw.get("resident_id")))) >= _DIGITS_OF_AN_ID:
        return False
    if read_category(text(raw.get("category"))):
        return False
    return any(_FOOTER.match(compact(cell)) for cell in row)


def _member_header(rows: Sequence[Row]) -> HeaderBlock | None:
    block = find_header(rows, member_field)
    return block if block and block.fields >= set(REQUIRED_FOR_MEMBERS) else None


def _member_rows(rows: Sequence[Row], block: HeaderBlock) -> Iterator[RawRow]:
    for i in range(block.last + 1, len(rows)):
        if is_header_again(rows[i], member_field) or numbers_columns(rows[i]):
            continue
        raw = block.raw_row(i + 1, rows[i])
        if _says_something(raw, "name", "resident_id") and not _is_member_footer(raw, rows[i]):
            yield raw


def _is_member_footer(raw: RawRow, row: Row) -> bool:
    digits = re.findall(r"\d", compact(raw.get("resident_id")) + compact(raw.get("head_id")))
    return len(digits) < _DIGITS_OF_AN_ID and any(_FOOTER.match(compact(cell)) for cell in row)


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
    bytes_or_name = BytesIO(source) if isinstance(source, bytes) else source
    book = CalamineWorkbook.from_object(bytes_or_name)
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    return [Sheet(s.name, s.to_python(skip_empty_area=False), s.merged_cell_ranges or ()) for s in sheets]
