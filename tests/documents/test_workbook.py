"""Is the sheet as a workbook right in every cell, for calamine, openpyxl and LibreOffice alike?"""

from __future__ import annotations

import dataclasses
import subprocess
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from relief.documents.sheet import SheetRow
from relief.documents.sheet_workbook import sheet_xlsx
from relief.documents.summary import summary_xlsx
from relief.documents.xlsx import Field, Table, list_workbook, rejected_workbook, write
from relief.domain.money import Money, in_capitals, total
from tests.documents.cast import a_row, a_sheet
from tests.documents.test_sheet import a_summary

TRICKS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x")', " =1", "<b>&amp;</b>", "0012")
ROWS = tuple(a_row(at) for at in range(50))
HEAD = 5


def cells_of(workbook: bytes) -> list[list[object]]:
    return list(CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python())


def opened(workbook: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(BytesIO(workbook)).active


@pytest.fixture(scope="module")
def made() -> bytes:
    return sheet_xlsx(a_sheet(ROWS, watermark="周会计 2026-02-06"), "zh")


def test_every_row_and_heading_is_there(made: bytes) -> None:
    cells = cells_of(made)
    assert cells[0][0] == "困难职工救助金发放明细表"
    assert cells[HEAD - 1][:4] == ["序号", "姓名", "性别", "身份证号"]
    assert [row[0] for row in cells[HEAD : HEAD + 50]] == list(range(1, 51))
    assert [row[1] for row in cells[HEAD : HEAD + 50]] == ["张建国"] * 50


def test_id_card_and_telephone_are_text_and_keep_every_figure(made: bytes) -> None:
    row = opened(made)[HEAD + 1]
    assert [(row[at].value, row[at].data_type, row[at].number_format) for at in (3, 10, 11)] == [
        ("230306196304054513", "s", "@"),
        ("6228480000000000000", "s", "@"),
        ("13800001234", "s", "@"),
    ]


def test_amounts_are_numbers_to_the_fen_and_add_up(made: bytes) -> None:
    with ZipFile(BytesIO(made)) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    assert f'<c r="I{HEAD + 1}"' in xml
    assert "<v>1000.10</v>" in xml
    sheet = opened(made)
    amounts = [Money.parse(f"{sheet.cell(row, 9).value:.2f}") for row in range(HEAD + 1, HEAD + 51)]
    assert total(amounts) == total(row.amount for row in ROWS)
    assert sheet.cell(HEAD + 1, 9).number_format == "#,##0.00"


def test_the_total_is_a_sum_with_its_value_beside_and_its_words_below(made: bytes) -> None:
    everything = total(row.amount for row in ROWS)
    assert opened(made).cell(HEAD + 51, 9).value == f"=SUM(I{HEAD + 1}:I{HEAD + 50})"
    cells = cells_of(made)
    assert f"{cells[HEAD + 50][8]:.2f}" == everything.plain
    assert cells[HEAD + 51][0] == f"大写：{in_capitals(everything)}"
    assert "50人次" in cells[HEAD + 50]


def test_every_hand_has_its_place_to_sign(made: bytes) -> None:
    said = [cell for row in cells_of(made)[HEAD + 51 :] for cell in row if cell]
    for who in ("审核：赵敏", "出纳：", "（公章）"):
        assert who in said
    assert said.count("经手人：") == 2


def test_it_prints_on_a4_landscape_with_its_head_on_each_page(made: bytes) -> None:
    sheet = opened(made)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"$1:${HEAD}"
    assert sheet.print_area.startswith("'Sheet1'!$A$1:$N$")
    assert sheet.freeze_panes == f"A{HEAD + 1}"
    assert "周会计 2026-02-06" in sheet.oddFooter.left.text


def test_the_masked_copy_holds_no_full_value() -> None:
    masked = sheet_xlsx(a_sheet(ROWS, watermark="周会计"), "zh", copy="masked")
    with ZipFile(BytesIO(masked)) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode()
    for value in ("230306196304054513", "6228480000000000000", "13800001234", "周会计 "):
        assert value not in everything


@pytest.mark.parametrize("trick", TRICKS)
def test_no_cell_of_data_is_ever_a_formula(trick: str) -> None:
    row = a_row(name=trick, unit=trick, bank=trick, remark=trick)
    for workbook, place, totals in (
        (sheet_xlsx(a_sheet((row,)), "zh"), (HEAD + 1, 2), 1),
        (list_workbook(trick, [trick], [[trick]]), (3, 1), 0),
        (rejected_workbook([[trick]], [([trick], trick)], "zh"), (2, 2), 0),
    ):
        cell = opened(workbook).cell(*place)
        assert (cell.value, cell.data_type) == (trick, "s")
        with ZipFile(BytesIO(workbook)) as package:
            assert package.read("xl/worksheets/sheet1.xml").count(b"<f>") == totals


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert cells_of(list_workbook("表", ["甲"], [["a\x00b\x0bc\ud800d"], ["一\n二"]]))[-2:] == [["abcd"], ["一\n二"]]


def test_a_sheet_that_does_not_add_up_is_not_written() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        sheet_xlsx(a_sheet(ROWS, total=Money.yuan(1)), "zh")
    with pytest.raises(ValueError, match="announced"):
        sheet_xlsx(a_sheet(ROWS, count=51), "zh")
    with pytest.raises(ValueError, match="announced"):
        sheet_xlsx(a_sheet(ROWS, count=0), "zh")


def test_a_sheet_without_rows_is_still_a_sheet() -> None:
    assert cells_of(sheet_xlsx(a_sheet(()), "zh"))[HEAD - 1][1] == "姓名"


def test_the_same_sheet_gives_the_same_bytes(made: bytes) -> None:
    assert sheet_xlsx(a_sheet(ROWS, watermark="周会计 2026-02-06"), "zh") == made


def test_libreoffice_reads_the_same_and_saves_it_again_as_text(made: bytes, tmp_path: Path) -> None:
    source = tmp_path / "sheet.xlsx"
    source.write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, tmp_path / "again", source], check=True, capture_output=True, timeout=180)
    again = (tmp_path / "again" / "sheet.xlsx").read_bytes()
    before, after = cells_of(made), cells_of(again)
    assert [row[:13] for row in after[HEAD : HEAD + 51]] == [row[:13] for row in before[HEAD : HEAD + 51]]
    cell = opened(again).cell(HEAD + 1, 4)
    assert (cell.value, cell.data_type) == ("230306196304054513", "s")


def test_rows_stream_and_memory_stays_flat() -> None:
    row = a_row()
    count = 20_000

    def rows() -> Iterator[SheetRow]:
        for _ in range(count):
            yield row

    sheet = a_sheet((), count=count, total=row.amount * count, households=1)
    sheet_xlsx(a_sheet(ROWS), "zh")
    tracemalloc.start()
    workbook = sheet_xlsx(dataclasses.replace(sheet, rows=rows()), "zh")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(workbook) * 3 + 8_000_000
    assert len(cells_of(workbook)) > count


def test_columns_beyond_z_have_two_letters() -> None:
    fields = [Field(f"列{at}", 8) for at in range(60)]
    rows = [[f"{row}-{column}" for column in range(60)] for row in range(3)]
    cells = cells_of(write(Table("宽表", fields, rows, 3)))
    assert cells[2:] == rows


def test_rejected_rows_come_back_under_their_own_header_with_the_reason() -> None:
    header = [["名册", "", ""], ["姓名", "身份证号", "单位"]]
    rows = [(["张建国", "0230306196304054513", "东兴林场"], "身份证号校验码不对。"), (["李"], "缺身份证号。")]
    assert cells_of(rejected_workbook(header, rows, "zh")) == [
        ["名册", "", "", ""],
        ["姓名", "身份证号", "单位", "未导入原因"],
        ["张建国", "0230306196304054513", "东兴林场", "身份证号校验码不对。"],
        ["李", "", "", "缺身份证号。"],
    ]


def test_a_list_knows_money_numbers_and_text() -> None:
    cells = cells_of(list_workbook("清单", ["名", "户数", "金额"], [["甲", 3, Money.parse("10.05")]]))
    assert cells[0][0] == "清单"
    assert cells[2] == ["甲", 3, 10.05]


def test_the_summary_has_a_sum_under_each_column_of_money() -> None:
    sheet = opened(summary_xlsx(a_summary(), "zh"))
    row = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    assert [cell.value for cell in row[:3]] == ["合计", 9, 12]
    assert all(str(cell.value).startswith("=SUM(") for cell in row[3:])
