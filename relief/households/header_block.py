"""Where does a sheet's table begin, and which column holds which field? Found by words, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from relief.domain.roster.cells import Cell, text
from relief.domain.roster.rows import RawRow
from relief.households.roster_headers import counts_in_ten_thousands

Row = Sequence[Cell]
FieldOf = Callable[[Cell], str | None]

SEARCHED_ROWS = 40
_MONEY = frozenset({"income12", "rigid", "monthly_net", "monthly_income", "amount", "monthly"})
_SOMEBODY_ELSE = re.compile(r"配偶|子女|家属|紧急|代领|代理|联系人")


@dataclass(frozen=True)
class HeaderBlock:
    """A header of one or more rows: `last` is the index of its lowest row, columns are indexes too.

    `in_ten_thousands` are the fields of money whose bare figures mean 万元.
    """

    last: int
    columns: dict[int, str]
    headers: dict[str, str]
    extras: dict[int, str] = field(default_factory=dict)
    in_ten_thousands: frozenset[str] = frozenset()

    @property
    def fields(self) -> set[str]:
        """The fields that the table has."""
        return set(self.columns.values())

    def raw_row(self, row_number: int, row: Row) -> RawRow:
        """A row of the table with its cells by field; `row_number` is as Excel counts."""
        cells = {name: self._meant(name, row[i]) for i, name in self.columns.items() if i < len(row)}
        extras = tuple((header, row[i]) for i, header in self.extras.items() if i < len(row))
        return RawRow(row_number, cells, extras, self.headers, tuple(row))

    @property
    def header(self) -> tuple[str, ...]:
        """One row of header words that reads as this block does; empty for a column without any."""
        words = {i: self._headed(name) for i, name in self.columns.items()} | self.extras
        return tuple(words.get(i, "") for i in range(max(words) + 1))

    def _headed(self, name: str) -> str:
        words = self.headers[name]
        needs_scale = name in self.in_ten_thousands and not counts_in_ten_thousands(words)
        return f"{words}(万元)" if needs_scale else words

    def _meant(self, name: str, cell: Cell) -> Cell:
        if name in self.in_ten_thousands and re.search(r"\d$", text(cell)):
            return text(cell) + "万"
        return cell


def find_header(rows: Sequence[Row], field_of: FieldOf) -> HeaderBlock | None:
    """The header block with most known fields, or None where no row names two fields."""
    named = [_fields(row, field_of) for row in rows[:SEARCHED_ROWS]]
    most = max(map(len, named), default=0)
    if most < 2:
        return None
    best = next(i for i, fields in enumerate(named) if len(fields) == most)
    first = best - 1 if best and len(named[best - 1] - named[best]) >= 2 else best
    last = best
    while last + 1 < len(rows) and _continues_header(rows[last + 1], field_of):
        last += 1
    return _block(rows, first, last, field_of)


def repeats_header(raw: RawRow, field_of: FieldOf) -> bool:
    """True for the header again, at the top of a printed page, and for `1 2 3 …` or `甲 乙 丙 …` below it."""
    return field_of(raw.get("name")) == "name" or (len(text(raw.get("name"))) <= 2 and _counts_columns(raw.written))


def _counts_columns(row: Row) -> bool:
    written = [text(cell) for cell in row if text(cell)]
    if len(written) < 3:
        return False
    counted = [str(i) for i in range(1, len(written) + 1)]
    return written == counted or all(re.fullmatch(r"[甲乙丙丁戊己庚辛壬癸\d]{1,2}", one) for one in written)


def _fields(row: Row, field_of: FieldOf) -> set[str]:
    return {found for cell in row if (found := field_of(cell))}


def _continues_header(row: Row, field_of: FieldOf) -> bool:
    """A sub-header row: words only, at least half of them known."""
    filled = [cell for cell in row if text(cell)]
    known = sum(field_of(cell) is not None for cell in filled)
    return bool(filled) and all(isinstance(cell, str) for cell in filled) and 2 * known >= len(filled)


def _block(rows: Sequence[Row], first: int, last: int, field_of: FieldOf) -> HeaderBlock:
    columns: dict[int, str] = {}
    extras: dict[int, str] = {}
    headers: dict[str, str] = {}
    scaled: set[str] = set()
    title_scales = any(counts_in_ten_thousands(cell) for row in rows[:first] for cell in row)
    for column in _columns(rows[first : last + 1]):
        name = column.field(field_of)
        if name and name not in headers:
            columns[column.index], headers[name] = name, column.words
            if name in _MONEY and column.scales(title_scales):
                scaled.add(name)
        else:
            extras[column.index] = column.words
    return HeaderBlock(last, columns, headers, extras, frozenset(scaled))


@dataclass(frozen=True)
class _Column:
    """One column of a header: its own words (lowest first) and the group that stands over it."""

    index: int
    stacked: tuple[str, ...]
    group: str

    @property
    def words(self) -> str:
        return self.stacked[0]

    def field(self, field_of: FieldOf) -> str | None:
        """The field it names; none under a group of somebody else than the household's head."""
        if self.group != self.words and _SOMEBODY_ELSE.search(self.group):
            return None
        return next((found for words in self.stacked if (found := field_of(words))), None)

    def scales(self, title_scales: bool) -> bool:
        """Whether its bare figures mean 万元: by its own words, by its group, or by the title."""
        said = (*self.stacked, self.group)
        plain_yuan = any(re.search(r"[((:]元", words) for words in said)
        return any(map(counts_in_ten_thousands, said)) or (title_scales and not plain_yuan)


def _columns(block: Sequence[Row]) -> Iterator[_Column]:
    """The columns that have words, left to right; a merged group reaches right over its sub-headers."""
    group = ""
    for i in range(max(map(len, block))):
        cells = [text(row[i]) if i < len(row) else "" for row in block]
        group = cells[0] or group
        stacked = tuple(filter(None, reversed(cells)))
        if stacked:
            yield _Column(i, stacked, group)
