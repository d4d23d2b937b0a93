"""How do a hundred thousand rows get into a workbook quickly? As XML, in the place of one row of each format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import IO, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from relief.domain.money import Money

Cell: TypeAlias = str | int | Money

_SHEET = "xl/worksheets/sheet1.xml"
_ROWS_AT_A_TIME = 1000
_STYLE = re.compile(r' s="(\d+)"')
_NUMBER_OF_ROW = re.compile(r' r="\d+"')
_NEVER_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WANTS_CARE = re.compile("[&<>\x00-\x1f\ufffe\uffff\ud800-\udfff]|^ | $").search
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def with_rows(frame: IO[bytes], first: int, count: int | None, rows: Iterable[Sequence[Cell]]) -> bytes:
    """The workbook `frame` with the rows from index `first` on, in the formats of the row that stands there.

    Memory grows with the packed file only. ValueError when there are not `count` rows, where a count is given.
    """
    made = BytesIO()
    with ZipFile(frame) as source, ZipFile(made, "w", ZIP_DEFLATED, compresslevel=3) as target:
        for name in source.namelist():
            with target.open(_entry(name), "w", force_zip64=False) as out:
                content = source.read(name)
                if name == _SHEET:
                    _replace_row(content.decode(), first + 1, _counted(rows, count), out)
                else:
                    out.write(content)
    return made.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _FIXED_TIME)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _counted(rows: Iterable[Sequence[Cell]], count: int | None) -> Iterator[Sequence[Cell]]:
    seen = 0
    for row in rows:
        seen += 1
        yield row
    if count is not None and seen != count:
        raise ValueError(f"{seen} rows where {count} were announced")


def _replace_row(sheet: str, number: int, rows: Iterator[Sequence[Cell]], out: IO[bytes]) -> None:
    found = re.search(rf'<row r="{number}"[^>]*>.*?</row>', sheet, re.DOTALL)
    if found is None:
        out.write(sheet.encode())
        _counted_out(rows)
        return
    out.write(sheet[: found.start()].encode())
    as_xml = _row_writer(found.group(), number)
    while part := list(islice(rows, _ROWS_AT_A_TIME)):
        out.write("".join(map(as_xml, part)).encode())
    out.write(sheet[found.end() :].encode())


def _counted_out(rows: Iterator[Sequence[Cell]]) -> None:
    for _ in rows:
        raise ValueError("rows where none were announced")


def _row_writer(sample: str, number: int) -> Callable[[Sequence[Cell]], str]:
    """A function that writes the next row in the formats of the sample's cells."""
    opening = _NUMBER_OF_ROW.sub("", sample[: sample.index(">")], count=1)
    styles = [f' s="{style}"' for style in _STYLE.findall(sample[sample.index(">") :])]
    columns = [(_letters(place), style) for place, style in enumerate(styles)]
    at = number - 1

    def write(row: Sequence[Cell]) -> str:
        nonlocal at
        at += 1
        cells = "".join(
            f'<c r="{letters}{at}"{style}{_value(cell)}</c>'
            for (letters, style), cell in zip(columns, row, strict=True)
        )
        return f'{opening} r="{at}">{cells}</row>'

    return write


def _value(cell: Cell) -> str:
    """The rest of a cell's tag and its value: an exact decimal for money, text for whatever is not a number."""
    if isinstance(cell, str):
        plain = not _WANTS_CARE(cell)
        return f' t="inlineStr"><is><t>{cell}</t></is>' if plain else _careful_text(cell)
    return f"><v>{cell.plain if isinstance(cell, Money) else cell}</v>"


def _careful_text(text: str) -> str:
    """Text with markup, control characters or outer blanks."""
    text = _NEVER_IN_XML.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def _letters(column: int) -> str:
    """A, B … Z, AA for column 0, 1 … 25, 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
