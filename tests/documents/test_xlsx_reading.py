"""Is a workbook that somebody sent read whole, and is a bomb refused before it goes off?"""

from __future__ import annotations

import struct
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from relief.documents import xlsx_reading
from relief.documents.sheet_workbook import sheet_xlsx
from relief.documents.xlsx_reading import ROWS, read_workbook
from relief.domain.errors import RuleBroken
from tests.documents.cast import a_row, a_sheet

IN_TIME = 0.5
SHEET = "xl/worksheets/sheet1.xml"


def a_workbook(*cells: tuple[int, int, str]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("名册")
        for row, column, text in cells or [(0, 0, "姓名")]:
            sheet.write_string(row, column, text)
    return made.getvalue()


def with_entry(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one entry put in or replaced."""
    made = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return made.getvalue()


def refused(content: bytes, within: float = IN_TIME) -> str:
    """The sentence of the refusal; it comes in time."""
    began = time.process_time()
    with pytest.raises(RuleBroken) as why:
        read_workbook(content)
    assert time.process_time() - began < within
    assert why.value.field == "file"
    return str(why.value)


def test_rows_come_as_they_stand_with_the_merged_cells() -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("名册")
        sheet.merge_range(0, 0, 0, 2, "困难职工名册")
        sheet.write_row(2, 0, ["姓名", "身份证号", "收入"])
        sheet.write_row(3, 0, ["张建国", "230306196304054513", 37400])
    (read,) = read_workbook(made.getvalue())
    assert read.name == "名册"
    assert read.merges == [((0, 0), (0, 2))]
    assert read.rows == [
        ["困难职工名册", "", ""],
        ["", "", ""],
        ["姓名", "身份证号", "收入"],
        ["张建国", "230306196304054513", 37400.0],
    ]


def test_a_file_is_read_by_its_path_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(a_workbook())
    assert read_workbook(path)[0].rows == [["姓名"]]


def test_our_own_sheets_can_be_read() -> None:
    (read,) = read_workbook(sheet_xlsx(a_sheet(tuple(a_row(at) for at in range(200))), "zh"))
    assert len(read.rows) > 200


def test_a_small_file_that_unpacks_to_a_large_one_is_refused() -> None:
    bomb = with_entry(a_workbook(), "xl/sharedStrings.xml", b"<sst>" + b" " * 240_000_000)
    assert len(bomb) < 300_000
    assert "packed in a way" in refused(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(with_entry(a_workbook(), "xl/zz.xml", b"<a/>" * 15_000_000))
    with ZipFile(BytesIO(bytes(bomb))) as package:
        entry = package.getinfo("xl/zz.xml")
    struct.pack_into("<I", bomb, entry.header_offset + 22, 1000)
    struct.pack_into("<I", bomb, bomb.rindex(b"PK\x01\x02") + 24, 1000)
    assert "packed in a way" in refused(bytes(bomb))


def test_one_cell_in_the_last_corner_is_refused() -> None:
    far = a_workbook((0, 0, "甲"), (1_048_575, 16_383, "乙"))
    assert len(far) < 10_000
    assert "too large" in refused(far)


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c t="inlineStr"><is><t>x</t></is></c></row>',
        b"<row><c r='XFD1048576' t='inlineStr'><is><t>x</t></is></c></row>",
        b'<x:row><x:c s="1" r="XFD1048576" u="/"><x:v>1</x:v></x:c></x:row>',
        b'<row r="1"><c x=">" r="XFD1048576" y="/>"><v>1</v></c></row>',
        b'<row x="<" r = "1048576" y=">"><c><v>1</v></c></row>',
        b'<row r="1"><c r="A90000"><v>1</v></c><c r="SR1"><v>1</v></c></row>',
    ],
)
def test_far_cells_are_found_however_they_are_written(cell: bytes) -> None:
    with ZipFile(BytesIO(a_workbook())) as package:
        sheet = package.read(SHEET)
    at = sheet.index(b"<sheetData>") + len(b"<sheetData>")
    assert "too large" in refused(with_entry(a_workbook(), SHEET, sheet[:at] + cell + sheet[at:]))


def test_a_far_cell_across_two_pieces_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reading, "_PIECE", 7)
    assert "too large" in refused(a_workbook((0, 0, "甲"), (1_048_575, 3, "乙")))


def test_a_tag_stretched_to_hide_a_cell_is_refused() -> None:
    with ZipFile(BytesIO(a_workbook())) as package:
        sheet = package.read(SHEET)
    at = sheet.index(b"<sheetData>") + len(b"<sheetData>")
    cell = b"<row><c" + b" " * 600_000 + b'r="XFD1048576"><v>1</v></c></row>'
    assert "packed in a way" in refused(with_entry(a_workbook(), SHEET, sheet[:at] + cell + sheet[at:]))


def test_empty_cells_that_are_only_formatted_do_no_harm() -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "姓名")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    with ZipFile(BytesIO(made.getvalue())) as package:
        xml = package.read(SHEET)
    kept = xml.replace(b'<row r="1048576" spans="16384:16384">', b"<row>")
    assert kept != xml
    assert read_workbook(with_entry(made.getvalue(), SHEET, kept))[0].rows[0][0] == "姓名"


def test_rows_up_to_the_limit_are_read_and_one_more_is_not() -> None:
    assert len(read_workbook(a_workbook((0, 0, "甲"), (ROWS - 1, 0, "乙")))[0].rows) == ROWS
    assert "too large" in refused(a_workbook((0, 0, "甲"), (ROWS, 0, "乙")))


def test_many_entries_are_refused() -> None:
    made = BytesIO(a_workbook())
    with ZipFile(made, "a") as package:
        for number in range(600):
            package.writestr(f"xl/{number}", b"")
    assert "packed in a way" in refused(made.getvalue())


def test_a_file_beyond_the_size_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as large:
        large.truncate(21 * 1024 * 1024)
    with pytest.raises(RuleBroken, match="too large"):
        read_workbook(path)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 nothing", b"%PDF-1.7", "姓名,身份证号\n".encode(), a_workbook()[:-100]]
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert "not a workbook" in refused(content)


def test_a_package_without_a_workbook_is_refused() -> None:
    made = BytesIO()
    with ZipFile(made, "w") as package:
        package.writestr("content.xml", "<office/>")
    assert "not a workbook" in refused(made.getvalue())
    assert "not a workbook" in refused(with_entry(a_workbook(), "xl/workbook.bin", b"x"))


def test_a_broken_sheet_is_refused() -> None:
    assert "not a workbook" in refused(with_entry(a_workbook(), SHEET, b"<worksheet><sheetData><row"))


def test_the_old_format_and_a_password_have_their_own_sentence() -> None:
    assert "old .xls format or a password" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
