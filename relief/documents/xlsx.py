"""How does a table become a workbook that a printer and a bank clerk can use? (the only file that writes sheets)

XlsxWriter makes the workbook: formats, head, foot, print set-up, and one row that carries the columns' formats. The
data rows are then written as XML in the place of that row: several times as fast, and the maintained library still
does all that is hard (docs/decisions/0012).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from relief.documents.language import words
from relief.documents.xlsx_rows import Cell, with_rows
from relief.domain.labels import label
from relief.domain.money import Money

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Kind: TypeAlias = Literal["text", "centre", "money", "number"]

_A4 = 9
_SAMPLE = "x"
_REASON = label("Why the row was not taken")


@dataclass(frozen=True)
class Field:
    """One column: heading, width in characters, and how its cells are written.

    `text` and `centre` cells are text whatever they look like; `money` is a number of yuan to the fen.
    """

    heading: str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """A title, lines above, a headed table of `count` rows, a row of totals, lines below.

    `rows` may be a stream, read once; `count` None: as many as it brings, without totals or lines below.
    A line is texts spread over the width. A Money in `totals` becomes the sum of its column with that value beside it.
    `footer` is printed on every page.
    """

    title: str
    fields: Sequence[Field]
    rows: Iterable[Sequence[Cell]]
    count: int | None
    above: Sequence[Sequence[str]] = ()
    totals: Sequence[Cell] = ()
    below: Sequence[Sequence[str]] = ()
    footer: str = ""
    author: str = ""
    made_on: date = date(2000, 1, 1)
    row_height: float = 27.0


def write(table: Table) -> bytes:
    """The workbook; the same bytes for the same table. ValueError when there are not `count` rows."""
    import xlsxwriter

    if table.count is None and (table.totals or table.below):
        raise ValueError("what stands below the rows needs their number")

    frame = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(frame, options) as book:
        made = datetime(table.made_on.year, table.made_on.month, table.made_on.day)  # noqa: DTZ001 (a civil date)
        book.set_properties({"title": table.title, "author": table.author, "created": made})
        first = _frame(book, table)
    return with_rows(frame, first, table.count, table.rows)


def list_workbook(title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Any list as a workbook: Money as amounts, whole numbers as numbers, everything else as text."""
    fields = [Field(heading, _width(heading, rows, at), _kind(rows, at)) for at, heading in enumerate(headings)]
    return write(Table(title, fields, rows, len(rows)))


def rejected_workbook(header: Sequence[Sequence[str]], rows: Sequence[tuple[Sequence[str], str]], locale: str) -> bytes:
    """The rejected rows of a workbook as they came, each with its reason in a last column.

    `header` are the original header rows, so that the mended file can be sent again. All cells are text.
    """
    columns = max([len(line) for line in header] + [len(row) for row, _ in rows] + [1])
    *upper, last = [_padded(line, columns) for line in header] or [[""] * columns]
    fields = [Field(heading, _width(heading, [row for row, _ in rows], at)) for at, heading in enumerate(last)]
    fields.append(Field(words(locale).say(_REASON), 60))
    body = [(*_padded(row, columns), reason) for row, reason in rows]
    above = [_padded(line, len(fields)) for line in upper]
    return write(Table("", fields, body, len(body), above=above, row_height=18))


def _frame(book: Workbook, table: Table) -> int:
    """Write all but the data rows; the index of the first of them, where the sample row stands."""
    sheet = book.add_worksheet()
    last_column = len(table.fields) - 1
    formats = _formats(book)
    for column, one in enumerate(table.fields):
        sheet.set_column(column, column, one.width)
    row = _head(sheet, table, formats)
    first = row + 1
    sheet.set_row(row, 30)
    for column, one in enumerate(table.fields):
        sheet.write_string(row, column, one.heading, formats["heading"])
    if table.count != 0:
        _sample(sheet, table, first, formats)
    last = _foot(sheet, table, first, first + (table.count or 0), formats)
    _print_setup(sheet, table, row, last, last_column)
    return first


def _head(sheet: Worksheet, table: Table, formats: dict[str, Any]) -> int:
    row = 0
    if table.title:
        sheet.set_row(0, 30)
        sheet.merge_range(0, 0, 0, max(len(table.fields) - 1, 1), table.title, formats["title"])
        row = 1
    return _lines(sheet, table.above, row, table.fields, formats)


def _lines(
    sheet: Worksheet, lines: Sequence[Sequence[str]], row: int, fields: Sequence[Field], formats: dict[str, Any]
) -> int:
    for line in lines:
        sheet.set_row(row, 18)
        for text, column in zip(line, _spread(len(line), fields), strict=True):
            if text:
                sheet.write_string(row, column, text, formats["plain"])
        row += 1
    return row


def _spread(texts: int, fields: Sequence[Field]) -> list[int]:
    """The columns where so many texts begin, each with about the same width to itself; one cell for one column."""
    if texts == len(fields):
        return list(range(texts))
    edges = [sum(one.width for one in fields[:column]) for column in range(len(fields))]
    share = sum(one.width for one in fields) / max(texts, 1)
    starts: list[int] = []
    for place in range(texts):
        nearest = min(range(len(edges)), key=lambda at: abs(edges[at] - place * share))
        starts.append(max(nearest, starts[-1] + 1) if starts else 0)
    return starts


def _sample(sheet: Worksheet, table: Table, row: int, formats: dict[str, Any]) -> None:
    sheet.set_row(row, table.row_height)
    for column, one in enumerate(table.fields):
        sheet.write_string(row, column, _SAMPLE, formats[one.kind])


def _foot(sheet: Worksheet, table: Table, first: int, row: int, formats: dict[str, Any]) -> int:
    from xlsxwriter.utility import xl_range

    if table.totals:
        sheet.set_row(row, table.row_height)
        for column, cell in enumerate(table.totals):
            if isinstance(cell, Money) and table.count:
                area = xl_range(first, column, row - 1, column)
                sheet.write_formula(row, column, f"=SUM({area})", formats["sum"], Decimal(cell.plain))
            elif isinstance(cell, int):
                sheet.write_number(row, column, cell, formats["count"])
            else:
                sheet.write_string(row, column, str(cell), formats["total"])
        row += 1
    return _lines(sheet, table.below, row, table.fields, formats)


def _print_setup(sheet: Worksheet, table: Table, heading: int, last: int, last_column: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0, heading)
    sheet.fit_to_pages(1, 0)
    if table.count is not None:
        sheet.print_area(0, 0, max(last - 1, heading), last_column)
    sheet.freeze_panes(heading + 1, 0)
    sheet.set_footer(f"&L&8{table.footer.replace('&', '&&')}&R&8&P / &N")


def _formats(book: Workbook) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    cell = {**base, "border": 1, "text_wrap": True}
    text = {"num_format": "@"}
    money = {"num_format": "#,##0.00", "align": "right"}
    return {
        "title": book.add_format({**base, "font_size": 16, "bold": True, "align": "center"}),
        "plain": book.add_format({**base, **text}),
        "heading": book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#F0F0F0"}),
        "text": book.add_format({**cell, **text}),
        "centre": book.add_format({**cell, **text, "align": "center"}),
        "number": book.add_format({**cell, "align": "center"}),
        "money": book.add_format({**cell, **money}),
        "sum": book.add_format({**cell, **money, "bold": True}),
        "count": book.add_format({**cell, "bold": True, "align": "center"}),
        "total": book.add_format({**cell, **text, "bold": True}),
    }


def _padded(line: Sequence[str], columns: int) -> list[str]:
    return [*line, *[""] * (columns - len(line))]


def _width(heading: str, rows: Sequence[Sequence[Cell]], column: int) -> float:
    """Wide enough for the heading and the first rows; a Chinese character is two wide."""
    texts = [heading, *(str(row[column]) for row in rows[:200] if column < len(row))]
    return min(60.0, max(sum(2 if one > "\u1100" else 1 for one in text) for text in texts) + 3.0)


def _kind(rows: Sequence[Sequence[Cell]], column: int) -> Kind:
    kinds = {type(row[column]) for row in rows}
    if kinds == {Money}:
        return "money"
    return "number" if kinds == {int} else "text"
