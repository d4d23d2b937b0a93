"""Which rows of a sheet belong to its table? Not blank ones, the header again, totals, signatures and notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from relief.documents.xlsx_reading import read_workbook
from relief.domain.roster import RawRow
from relief.domain.roster.cells import compact, text
from relief.households.header_block import FieldOf, HeaderBlock, Row, repeats_header

_FOOTER = re.compile(
    r"(合计|总计|小计|共计|填表|制表|填报|审核|复核|经办|负责人|主管|单位负责|工会主席|"
    r"工会\(盖章|\(盖章|盖章|注:|说明:|备注:|以下空白)"
)
_DIGITS_OF_AN_ID = 12


class Sheet(NamedTuple):
    """One sheet from its first cell on; `merges` are merged cells as ((top, left), (bottom, right)) indexes."""

    name: str
    rows: Sequence[Row]
    merges: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()


def sheets_of(source: Path | bytes) -> list[Sheet]:
    """The sheets of a workbook; RuleBroken on `file` for what cannot be read."""
    return [Sheet(*sheet) for sheet in read_workbook(source)]


def rows_below(
    rows: Sequence[Row], block: HeaderBlock, field_of: FieldOf, makes_a_row: Sequence[str],
    is_footer: Callable[[RawRow], bool],
) -> Iterator[RawRow]:  # fmt: skip
    """The table's rows: those with something in a field of `makes_a_row` that are no header again and no footer."""
    for i in range(block.last + 1, len(rows)):
        raw = block.raw_row(i + 1, rows[i])
        says_something = any(text(raw.get(name)) for name in makes_a_row)
        if says_something and not repeats_header(raw, field_of) and not is_footer(raw):
            yield raw


def has_footers_word(raw: RawRow) -> bool:
    """Whether a cell begins as a total, a signature line or a note does."""
    return any(_FOOTER.match(compact(cell)) for cell in raw.written)


def has_an_id(raw: RawRow, *fields: str) -> bool:
    """Whether the fields together hold the figures of a resident ID."""
    digits = re.findall(r"\d", "".join(compact(raw.get(field)) for field in fields))
    return len(digits) >= _DIGITS_OF_AN_ID


def filled_down(sheet: Sheet, block: HeaderBlock, field: str) -> Sequence[Row]:
    """The rows with a field that is written once, in a merged cell over several rows, in each of them.

    Merged cells that overlap are no office program's: of those the first counts, so that each row is filled once.
    """
    column = next(i for i, name in block.columns.items() if name == field)
    rows, filled = [list(row) for row in sheet.rows], block.last
    for (top, left), (bottom, right) in sorted(sheet.merges):
        if left == right == column and top > filled:
            filled = bottom
            for row in rows[top + 1 : bottom + 1]:
                row[column] = rows[top][column]
    return rows
