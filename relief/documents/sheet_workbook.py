"""How does the disbursement sheet leave as a workbook? The columns of the paper, text where it must stay text."""

from __future__ import annotations

from collections.abc import Iterator

from relief.documents.language import Words, words
from relief.documents.paper import ARCHIVE, COPY_NAMES, Copy, Hand
from relief.documents.sheet import Sheet, SheetRow
from relief.documents.sheet_columns import AMOUNT, NUMBER, Column, columns_of
from relief.documents.xlsx import Cell, Field, Kind, Table, write
from relief.domain.money import ZERO, in_capitals

_CHARACTERS_PER_MM = 0.56


def sheet_xlsx(sheet: Sheet, locale: str, copy: Copy = ARCHIVE) -> bytes:
    """The sheet as a workbook. ID, card and telephone are text cells; amounts are numbers to the fen.

    ValueError when the rows are not those of the sheet's count and total.
    """
    speech = words(locale)
    marked = [sheet.watermark] if copy == ARCHIVE and sheet.watermark else []
    head = f"{speech.gettext('Head of the record')} {sheet.record_head}" if sheet.record_head else ""
    table = Table(
        title=speech.say(sheet.title),
        fields=[
            Field(speech.say(one.heading), one.width * _CHARACTERS_PER_MM, _kind(one)) for one in columns_of(sheet)
        ],
        rows=_rows(sheet, speech, copy),
        count=sheet.count,
        above=_above(sheet, speech),
        totals=_totals(sheet, speech),
        below=[[_capitals(sheet, speech)], *_signatures(sheet.hands, speech), [head]],
        footer="  ".join([speech.say(COPY_NAMES[copy]), *marked]),
        author=sheet.office,
        made_on=sheet.made_on,
    )
    return write(table)


def _kind(column: object) -> Kind:
    if column is AMOUNT:
        return "money"
    return "number" if column is NUMBER else "text"


def _rows(sheet: Sheet, speech: Words, copy: Copy) -> Iterator[list[Cell]]:
    paid = ZERO
    for place, row in enumerate(sheet.rows, start=1):
        paid += row.amount
        yield _cells(row, place, columns_of(sheet), speech, copy)
    if paid != sheet.total:
        raise ValueError(f"the rows of sheet {sheet.number} do not add up to its total")


def _cells(row: SheetRow, place: int, columns: tuple[Column, ...], speech: Words, copy: Copy) -> list[Cell]:
    cells: list[Cell] = [speech.say(column.read(row, copy)) for column in columns]
    cells[columns.index(NUMBER)], cells[columns.index(AMOUNT)] = place, row.amount
    return cells


def _above(sheet: Sheet, speech: Words) -> list[list[str]]:
    def named(text: str, value: str) -> str:
        return f"{speech.gettext(text)}{speech.gettext(': ')}{value}"

    return [
        [
            named("Unit", sheet.unit),
            named("Kind of relief", speech.say(sheet.kind)),
            named("Month of relief", speech.month(sheet.month)),
            named("Sheet number", sheet.number),
        ],
        [
            named("Office", sheet.office),
            named("Source of the money", speech.say(sheet.fund)),
            named("Day made", speech.day(sheet.made_on)),
            speech.gettext("Amounts in yuan"),
        ],
        [
            named("Account subject", sheet.account_subject),
            named("Accounting entry no.", sheet.entry_number),
            named("Bank receipt no.", sheet.bank_receipt),
            "",
        ],
    ]


def _totals(sheet: Sheet, speech: Words) -> list[Cell]:
    def counted(one: str, many: str, number: int) -> str:
        return speech.ngettext(one, many, number) % {"num": number}

    payments = counted("%(num)d payment", "%(num)d payments", sheet.count)
    households = counted("%(num)d household", "%(num)d households", sheet.households)
    columns = columns_of(sheet)
    cells: list[Cell] = [""] * len(columns)
    cells[1], cells[3], cells[4] = speech.gettext("Total"), payments, households
    cells[columns.index(AMOUNT)] = sheet.total
    return cells


def _capitals(sheet: Sheet, speech: Words) -> str:
    return f"{speech.gettext('In capitals')}{speech.gettext(': ')}{in_capitals(sheet.total)}"


def _signatures(hands: tuple[Hand, ...], speech: Words) -> list[list[str]]:
    line = [f"{speech.say(hand.role)}{speech.gettext(': ')}{hand.name}" for hand in hands]
    return [[], [*line, speech.gettext("(seal)")]]
