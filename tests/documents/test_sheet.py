"""What does the printed sheet hold: every row, subtotals that add up, and places to sign on each page?"""

from __future__ import annotations

import dataclasses

import pytest

from relief.documents.sheet import ROWS_ON_A_PAGE, Summary, SummaryRow, sheet_pages, sheet_pdf
from relief.documents.sheet_columns import COLUMNS, GOODS_COLUMNS
from relief.documents.summary import summary_pdf, sums
from relief.domain.labels import label
from relief.domain.money import Money, in_capitals, total
from tests.documents.cast import (
    HANDS,
    LONGEST_NAME,
    LONGEST_UNIT,
    OFFICE,
    RARE,
    a_row,
    a_sheet,
)
from tests.documents.reading import drawn_between, facts_of, letters_of, pixels_of, text_of

ROWS = tuple(a_row(at) for at in range(ROWS_ON_A_PAGE * 2 + 3))
LONG_BANK = "中国邮政储蓄银行股份有限公司黑龙江省巴彦县兴隆镇林业局支行营业室"


@pytest.fixture(scope="module")
def archive() -> bytes:
    return sheet_pdf(a_sheet(ROWS), "zh")


def test_it_is_a4_landscape_with_as_many_pages_as_the_rows_need(archive: bytes) -> None:
    facts = facts_of(archive)
    assert facts["Pages"] == "3"
    assert facts["Page size"].startswith("841.89 x 595.276 pts (A4)")
    assert facts["Title"] == "困难职工救助金发放明细表 XLGH-F4-202602-S03"


def test_each_page_repeats_its_head_and_the_places_to_sign(archive: bytes) -> None:
    text = letters_of(archive)
    for value in ("身份证号", "银行卡号", "签字（指印）", "XLGH-F4-202602-S03", "出纳：", "公章及日期："):
        assert text.count(value) == 3, value
    assert [f"第{page}页/共3页" in text for page in (1, 2, 3)] == [True] * 3
    assert text.count("记录校验码：9f2c1a7e54d0b8836a1f4e02c7d95b60") == 3


def test_subtotals_stand_on_each_page_and_the_total_on_the_last(archive: bytes) -> None:
    pages = sheet_pages(a_sheet(ROWS))
    assert total(page.subtotal for page in pages) == total(row.amount for row in ROWS)
    *_, last = text_of(archive).split("\f")[:-1]
    text = letters_of(archive)
    for page in pages:
        assert str(page.subtotal) in text
    everything = total(row.amount for row in ROWS)
    assert text.count(in_capitals(everything)) == 1
    assert str(everything) in last
    assert "（以下空白）" in last
    assert "31人次、31户" in "".join(last.split())


def test_the_archive_copy_is_whole_and_the_masked_copy_is_masked(archive: bytes) -> None:
    masked = letters_of(sheet_pdf(a_sheet(ROWS), "zh", copy="masked"))
    for value in ("230306196304054513", "6228480000000000000", "13800001234"):
        assert letters_of(archive).count(value) == len(ROWS)
        assert value not in masked
    assert masked.count("138****1234") == len(ROWS)


def test_who_took_it_and_when_lies_over_an_archive_copy_only() -> None:
    marked = a_sheet(ROWS[:2], watermark="周会计2026-02-06")
    assert "周会计2026-02-06" in letters_of(sheet_pdf(marked, "zh"))
    assert "周会计2026-02-06" not in letters_of(sheet_pdf(marked, "zh", copy="masked"))


def test_rows_that_do_not_add_up_are_not_printed() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        sheet_pdf(a_sheet(ROWS[:3], total=Money.yuan(1)), "zh")
    with pytest.raises(ValueError, match="do not add up"):
        sheet_pdf(a_sheet(ROWS[:3], count=4), "zh")


@pytest.mark.parametrize("rows", [0, 1, ROWS_ON_A_PAGE, ROWS_ON_A_PAGE + 1])
def test_pages_at_the_edges(rows: int) -> None:
    facts = facts_of(sheet_pdf(a_sheet(ROWS[:rows]), "zh"))
    assert facts["Pages"] == str(max(1, -(-rows // ROWS_ON_A_PAGE)))


def test_a_page_with_room_says_that_nothing_stands_below_and_a_full_one_does_not() -> None:
    full = letters_of(sheet_pdf(a_sheet(ROWS[:ROWS_ON_A_PAGE]), "zh"))
    assert "以下空白" not in full
    assert "以下空白" in letters_of(sheet_pdf(a_sheet(ROWS[: ROWS_ON_A_PAGE - 1]), "zh"))


def test_the_longest_values_neither_push_a_row_nor_leave_their_column() -> None:
    long = a_row(
        name=LONGEST_NAME, unit=LONGEST_UNIT, bank=LONG_BANK, remark="退汇后重发，开户行变更，本人已电话确认",
        amount=Money.parse("987654321.99"), category="相对困难职工（意外致困）", cause="因病、因残、因意外",
    )  # fmt: skip
    rows = [(a_row(),) * ROWS_ON_A_PAGE, (a_row(),) * (ROWS_ON_A_PAGE - 1) + (long,)]
    usual, longest = (sheet_pdf(a_sheet(one), "zh") for one in rows)
    assert facts_of(longest)["Pages"] == "1"
    assert LONGEST_NAME in letters_of(longest)
    assert LONG_BANK in letters_of(longest)
    drawn = drawn_between(pixels_of(usual)[0], pixels_of(longest)[0])
    assert drawn is not None
    last_row = 9 + 12 + 3 * 5.5 + 1 + 9 + 8.5 * (ROWS_ON_A_PAGE - 1)
    assert drawn[1] >= last_row - 0.5


def test_a_rare_name_is_printed() -> None:
    assert RARE in letters_of(sheet_pdf(a_sheet((a_row(name=RARE),)), "zh"))


def test_the_same_sheet_gives_the_same_bytes(archive: bytes) -> None:
    assert sheet_pdf(a_sheet(ROWS), "zh") == archive
    assert sheet_pdf(dataclasses.replace(a_sheet(ROWS), rows=iter(ROWS)), "zh") == archive


def a_summary(units: int = 3) -> Summary:
    def yuan(*amounts: int) -> tuple[Money, ...]:
        return tuple(Money.yuan(amount) for amount in amounts)

    row = SummaryRow("东兴林场工会", 3, 4, yuan(0, 500, 1500, 800, 3000), Money.yuan(5800), yuan(0, 1000, 4800, 0))
    return Summary(
        number="XLGH-202602",
        office=OFFICE,
        month=a_sheet(()).month,
        made_on=a_sheet(()).made_on,
        kinds=tuple(label(f"{kind}") for kind in ("换季", "越冬", "春节", "日常", "特殊")),
        sources=("中央", "省级", "本级", "捐助"),
        rows=(row,) * units,
        hands=HANDS,
    )


def test_the_summary_adds_up_down_and_across() -> None:
    everything = sums(a_summary())
    assert (everything.households, everything.payments) == (9, 12)
    assert total(everything.by_kind) == everything.total == total(everything.by_source)
    text = letters_of(summary_pdf(a_summary(), "zh"))
    for value in ("困难职工救助金发放汇总表", "其中：中央", "17,400.00", "人民币壹万柒仟肆佰元整", "东兴林场工会"):
        assert value in text


def test_a_long_summary_repeats_its_head() -> None:
    document = summary_pdf(a_summary(60), "zh")
    assert letters_of(document).count("其中：中央") == int(facts_of(document)["Pages"]) > 1


def test_goods_have_columns_of_their_own_on_the_same_width() -> None:
    goods = dataclasses.replace(ROWS[0], goods="春节慰问品", quantity="1 份", price="200.00", amount=Money.yuan(200))
    sheet = dataclasses.replace(a_sheet((goods,)), is_goods=True)
    assert sum(column.width for column in GOODS_COLUMNS) == sum(column.width for column in COLUMNS)
    text = letters_of(sheet_pdf(sheet, "zh"))
    for wanted in ("困难职工慰问品签领表", "数量", "单价（元）", "春节慰问品", "1份", "签字（指印）", "人民币贰佰元整"):
        assert wanted in text, wanted
    assert "银行卡号" not in text and "6228480000000000000" not in text
