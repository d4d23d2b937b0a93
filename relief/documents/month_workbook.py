"""How do all sheets of a month leave as one workbook? Masked, each row with the number of its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from relief.documents.language import Words, words
from relief.documents.paper import COPY_NAMES, MASKED
from relief.documents.sheet import SheetRow
from relief.documents.sheet_columns import AMOUNT, COLUMNS, NUMBER
from relief.documents.xlsx import Cell, Field, Kind, Table, write
from relief.domain.money import in_capitals, total

_CHARACTERS_PER_MM = 0.56
_NUMBER_AT, _AMOUNT_AT = COLUMNS.index(NUMBER), COLUMNS.index(AMOUNT)


@dataclass(frozen=True)
class MonthPaper:
    """The rows of a month's released sheets, each with the number of its sheet, sheet by sheet."""

    office: str
    month: date
    made_on: date
    rows: tuple[tuple[str, SheetRow], ...]


def month_xlsx(paper: MonthPaper, locale: str) -> bytes:
    """One table over all sheets, the sum of each sheet below it; ID, card and telephone masked."""
    speech = words(locale)
    totals: list[Cell] = [""] * (len(COLUMNS) + 1)
    totals[2], totals[_AMOUNT_AT + 1] = speech.gettext("Total"), total(row.amount for _, row in paper.rows)
    table = Table(
        title=f"{speech.gettext('Disbursement sheet of hardship relief')} {speech.month(paper.month)}",
        fields=[
            Field(speech.gettext("Sheet number"), 24),
            *(Field(speech.say(one.heading), one.width * _CHARACTERS_PER_MM, _kind(one)) for one in COLUMNS),
        ],
        rows=(_cells(number, row, place, speech) for place, (number, row) in enumerate(paper.rows, start=1)),
        count=len(paper.rows),
        above=[[paper.office, speech.day(paper.made_on), speech.gettext("Amounts in yuan")]],
        totals=totals,
        below=[*_sums(paper, speech)],
        footer=speech.say(COPY_NAMES[MASKED]),
        author=paper.office,
        made_on=paper.made_on,
    )
    return write(table)


def _kind(column: object) -> Kind:
    if column is AMOUNT:
        return "money"
    return "number" if column is NUMBER else "text"


def _cells(number: str, row: SheetRow, place: int, speech: Words) -> list[Cell]:
    cells: list[Cell] = [speech.say(column.read(row, MASKED)) for column in COLUMNS]
    cells[_NUMBER_AT], cells[_AMOUNT_AT] = place, row.amount
    return [number, *cells]


def _sums(paper: MonthPaper, speech: Words) -> list[list[str]]:
    """A line per sheet: its number, how many payments, its sum in figures and capitals."""
    lines = []
    for number, group in groupby(paper.rows, key=lambda one: one[0]):
        rows = [row for _, row in group]
        amount = total(row.amount for row in rows)
        counted = speech.ngettext("%(num)d payment", "%(num)d payments", len(rows)) % {"num": len(rows)}
        lines.append([number, counted, str(amount), in_capitals(amount)])
    return lines
