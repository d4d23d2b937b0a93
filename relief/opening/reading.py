"""What does a workbook of past awards hold? Old 发放表 and lists of standing awards, each sheet by its headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from relief.domain.errors import RuleBroken
from relief.domain.opening import PAID, STANDING, AwardTable
from relief.domain.roster import RawRow
from relief.households.header_block import FieldOf, HeaderBlock, find_header
from relief.households.tables import Sheet, filled_down, has_an_id, has_footers_word, rows_below, sheets_of
from relief.opening.headers import LABELS, REQUIRED, paid_field, standing_field

_FIELD_OF: dict[str, FieldOf] = {STANDING: standing_field, PAID: paid_field}
_MAKES_A_ROW = ("name", "resident_id", "amount", "monthly")
_MERGED = ("unit", "kind", "item", "fund", "day", "period", "sheet_number")


def read_award_file(source: Path | bytes) -> list[AwardTable]:
    """The tables of a workbook; RuleBroken on `file`, with a sentence that says what is missing, for any other."""
    return find_awards(sheets_of(source))


def find_awards(sheets: Sequence[Sheet]) -> list[AwardTable]:
    """The tables among the sheets, in their order; a sheet that is neither kind of table is passed over."""
    tables = [table for sheet in sheets if (table := _table(sheet))]
    if not tables:
        raise _missing_headers(sheets)
    if not any(table.rows for table in tables):
        raise RuleBroken("file", "The workbook has a header but no award below it.")
    return tables


def _table(sheet: Sheet) -> AwardTable | None:
    for form, field_of in _FIELD_OF.items():
        block = find_header(sheet.rows, field_of)
        if block and not _missing(form, block.fields):
            below = _filled_down(sheet, block)
            rows = rows_below(below.rows, block, field_of, _MAKES_A_ROW, _is_footer)
            return AwardTable(sheet.name, form, block.header, tuple(_plain(raw) for raw in rows))
    return None


def _filled_down(sheet: Sheet, block: HeaderBlock) -> Sheet:
    """The sheet with what is written once for several rows (a kind, a month, a batch) in each of them."""
    for field in block.fields & set(_MERGED):
        sheet = sheet._replace(rows=filled_down(sheet, block, field))
    return sheet


def _plain(raw: RawRow) -> RawRow:
    """The row without the columns that nobody knows: they are passed over, whatever they hold."""
    return replace(raw, extras=())


def _is_footer(raw: RawRow) -> bool:
    return not has_an_id(raw, "resident_id") and has_footers_word(raw)


def _missing(form: str, fields: set[str]) -> list[str]:
    """The first word of each group of columns of which the table has none."""
    return [group[0] for group in REQUIRED[form] if not fields & set(group)]


def _missing_headers(sheets: Sequence[Sheet]) -> RuleBroken:
    """Names what the sheet that comes nearest to a table does not have."""
    lacking = [[group[0] for group in REQUIRED[PAID]]]
    for sheet in sheets:
        for form, field_of in _FIELD_OF.items():
            block = find_header(sheet.rows, field_of)
            lacking += [_missing(form, block.fields)] if block else []
    nearest = min(reversed(lacking), key=len)
    headers = tuple(LABELS[name] for name in nearest)
    return RuleBroken("file", "No row of this file is recorded: it has no column headed %(headers)s.", headers=headers)
