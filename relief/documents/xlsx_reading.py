"""What stands in a workbook that somebody sent? Its sheets as rows, after a look that no bomb survives."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from relief.documents.xlsx_text import MOST_TEXT, is_too_much
from relief.domain.errors import RuleBroken

MEGABYTES = 20
ROWS = 100_000
_MOST_COLUMNS = 512
_MOST_CELLS = 3_000_000
_MOST_ENTRIES = 500
_MOST_SHEETS = 100
_LARGEST_UNPACKED = 150 * 1024 * 1024
_HIGHEST_RATIO = 100
_RATIO_FROM = 8 * 1024 * 1024
"""Below this size unpacked a high ratio harms nobody: a small sheet of equal cells packs very well."""

_PIECE = 1 << 18
_OVERLAP = 4096
_LOCAL_HEADER = 30
_BLANKS = re.compile(rb"\s{1000}")
_REACH = re.compile(
    rb"\br\s*=\s*[\"'](?:([A-Za-z]{1,7})(\d{1,10})|(\d{4,10}))[\"'](?!(?:\s+[a-z]+=[\"']\w*[\"'])*\s*/>)"
)
"""The place of a cell or row, in whatever tag: nothing is hidden by quotes or brackets. An empty tag has none."""

Range = tuple[tuple[int, int], tuple[int, int]]


class SheetRead(NamedTuple):
    """One sheet from its first cell on; `merges` are merged cells as ((top, left), (bottom, right)) indexes."""

    name: str
    rows: list[list[Any]]
    merges: list[Range]


def read_workbook(source: Path | bytes) -> list[SheetRead]:
    """The sheets of an .xlsx file; cells are text, numbers, dates, booleans.

    RuleBroken on `file` for what is no such workbook, has a password, is too large, or would unpack to too much:
    the reader lays a sheet out whole, so one cell in the last corner of a 7 kB file is enough to end a process.
    """
    large = len(source) if isinstance(source, bytes) else source.stat().st_size
    if large > MEGABYTES * 1024 * 1024:
        raise _too_large()
    content = source if isinstance(source, bytes) else source.read_bytes()
    _look_inside(content)
    return _read(content)


def _read(content: bytes) -> list[SheetRead]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_object(BytesIO(content))
        return _bounded(book.get_sheet_by_name(name) for name in book.sheet_names)
    except (CalamineError, OSError, ValueError):
        raise _not_a_workbook() from None


def _bounded(sheets: Iterator[Any]) -> list[SheetRead]:
    """Sheet by sheet, as long as all together stay small: four hundred sheets may be one, named four hundred times."""
    kept, cells, text = list[SheetRead](), 0, 0
    for one in sheets:
        read = SheetRead(one.name, one.to_python(skip_empty_area=False), _merges(one))
        cells += len(read.rows) * len(read.rows[0]) if read.rows else 0
        text += sum(len(cell) for row in read.rows for cell in row if isinstance(cell, str))
        if len(kept) >= _MOST_SHEETS or cells > _MOST_CELLS or text > MOST_TEXT:
            raise _too_large()
        kept.append(read)
    return kept


def _merges(sheet: object) -> list[Range]:
    return list(getattr(sheet, "merged_cell_ranges", None) or ())


def _look_inside(content: bytes) -> None:
    """Refuse a package by what it claims first, then by what it really unpacks to."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_or_locked()
    try:
        with ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
            _judge_claims(entries, len(content))
            for entry in entries:
                _judge_entry(entry, content)
        if is_too_much(entries, lambda entry: _unpacked(entry, content)):
            raise _packed_strangely()
    except (BadZipFile, zlib.error, OSError, IndexError):
        raise _not_a_workbook() from None


def _judge_claims(entries: list[ZipInfo], packed: int) -> None:
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names or names & {"xl/workbook.bin", "content.xml"}:
        raise _not_a_workbook()
    claimed = sum(entry.file_size for entry in entries)
    strange = any(entry.flag_bits & 1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries)
    if strange or len(entries) > _MOST_ENTRIES or claimed > max(_RATIO_FROM, packed * _HIGHEST_RATIO):
        raise _packed_strangely()
    if claimed > _LARGEST_UNPACKED:
        raise _too_large()


def _judge_entry(entry: ZipInfo, content: bytes) -> None:
    """Unpack the entry once, no further than it claims, and see how far its cells reach."""
    seen, tail = 0, b""
    bottom = right = values = 0
    for piece in _unpacked(entry, content):
        seen += len(piece)
        values += piece.count(b"<v") + piece.count(b":v") + piece.count(b"<is")
        xml = tail + piece
        if seen > entry.file_size or _BLANKS.search(xml):
            raise _packed_strangely()
        for row, column in _cells(xml):
            bottom, right = max(bottom, row), max(right, column)
        tail = xml[-_OVERLAP:]
    if bottom > ROWS or right > _MOST_COLUMNS or bottom * right > _MOST_CELLS or values > _MOST_CELLS:
        raise _too_large()


def _unpacked(entry: ZipInfo, content: bytes) -> Iterator[bytes]:
    """The entry's bytes in pieces, whatever size its header claims."""
    header = content[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    start = entry.header_offset + _LOCAL_HEADER + (header[26] | header[27] << 8) + (header[28] | header[29] << 8)
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == ZIP_STORED:
        yield packed
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not inflate.eof:
        yield inflate.decompress(packed, _PIECE)
        packed = inflate.unconsumed_tail


def _cells(xml: bytes) -> Iterator[tuple[int, int]]:
    """Row and column, from one, of every cell and far row that is not empty."""
    for letters, row, whole_row in _REACH.findall(xml):
        yield int(row or whole_row), _column(letters) if letters else 0


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _not_a_workbook() -> RuleBroken:
    return RuleBroken(
        "file",
        "The file is not a workbook that can be read. Save it as .xlsx in Excel or WPS and send it again.",
    )


def _old_or_locked() -> RuleBroken:
    return RuleBroken(
        "file",
        "The workbook has the old .xls format or a password. Save it as .xlsx without a password and send it again.",
    )


def _too_large() -> RuleBroken:
    return RuleBroken(
        "file",
        "The workbook is too large: at most %(megabytes)s MB and %(rows)s rows. Delete what is not needed, "
        "or send it in parts.",
        megabytes=MEGABYTES,
        rows=ROWS,
    )


def _packed_strangely() -> RuleBroken:
    return RuleBroken(
        "file",
        "The workbook is packed in a way that no office program does. Save it anew in Excel or WPS and send it again.",
    )
