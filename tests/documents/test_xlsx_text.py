"""Is a workbook refused whose few cells point to much text, before the text is laid out?"""

from __future__ import annotations

import time
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter

from relief.documents.xlsx_reading import read_workbook
from relief.domain.errors import RuleBroken
from tests.documents.test_xlsx_reading import a_workbook, with_entry

IN_TIME = 2.0
SHEET, SHARED, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
POINTER = '<c r="A{}" t="s"><v>0</v></c>'


def bomb(pointer: str = POINTER, cells: int = 2000, length: int = 1_000_000, tag: str = "si") -> bytes:
    """So many cells that point to one text of so many signs: 30 kB packed, gigabytes laid out."""
    rows = "".join(f'<row r="{row}">{pointer.format(row)}</row>' for row in range(1, cells + 1))
    text = f"<sst><{tag}><t>{'x' * length}</t></{tag}></sst>"
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    return with_entry(with_entry(a_workbook(), SHEET, sheet.encode()), SHARED, text.encode())


def refused(content: bytes) -> str:
    began = time.process_time()
    with pytest.raises(RuleBroken) as why:
        read_workbook(content)
    assert time.process_time() - began < IN_TIME
    return str(why.value)


@pytest.mark.parametrize(
    "pointer", [POINTER, "<c t = 's'><v>0</v></c>", '<c r="A{}" t="s"><f/><v>0</v></c>', '<x:c t="s"><x:v> 0</x:v></x:c>']
)
def test_many_cells_that_point_to_one_long_text_are_refused(pointer: str) -> None:
    content = bomb(pointer)
    assert len(content) < 100_000
    assert "packed in a way" in refused(content)


def test_a_text_under_another_prefix_counts_too() -> None:
    assert "packed in a way" in refused(bomb(tag="x:si"))


def test_one_sheet_named_many_times_is_refused() -> None:
    content = a_workbook((0, 0, "甲"), (20_000, 100, "乙"))
    with ZipFile(BytesIO(content)) as package:
        book = package.read(BOOK).decode()
    one = book[book.index("<sheet ") : book.index("</sheets>")]
    many = "".join(one.replace("名册", f"名册{number}") for number in range(90))
    assert "too large" in refused(with_entry(content, BOOK, book.replace(one, many).encode()))


def test_one_long_text_among_many_short_ones_is_read() -> None:
    """The plain bound, cells times the longest text, would refuse it: each cell is counted with its own text."""
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_string(0, 0, "长" * 30_000)
        for row in range(1, 4000):
            sheet.write_string(row, 0, f"户{row}")
    assert len(read_workbook(made.getvalue())[0].rows) == 4000
