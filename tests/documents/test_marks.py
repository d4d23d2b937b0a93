"""What do marks leave of an issued document? Everything: they lie over it, and the stored bytes stay."""

from __future__ import annotations

from datetime import date

import pytest
from PIL import ImageChops

from relief.documents.layers import Mark, Reprint, Void, Watermark, page_of, stamp
from relief.documents.voucher import voucher_pdf
from tests.documents.cast import a_voucher
from tests.documents.reading import drawn_between, facts_of, ink, is_sound, letters_of, part_of, pixels_of

DAY = date(2026, 3, 1)
VOID = Void("姓名有误，退汇后重开", DAY, "孙德福")
REPRINT = Reprint(2, DAY, "周会计")
WATERMARK = Watermark("周会计 2026-03-01 09:30")


@pytest.fixture(scope="module")
def issued() -> bytes:
    return voucher_pdf([a_voucher()], "zh")


@pytest.mark.parametrize("mark", [VOID, REPRINT, WATERMARK])
def test_a_mark_is_a_layer_and_all_that_was_there_still_is(issued: bytes, mark: Mark) -> None:
    stamped = stamp(issued, mark, "zh")
    assert letters_of(issued) in letters_of(stamped)
    assert is_sound(stamped)
    assert facts_of(stamped)["Title"] == facts_of(issued)["Title"]
    assert stamp(issued, mark, "zh") == stamped


def test_a_void_voucher_is_red_and_keeps_its_number(issued: bytes) -> None:
    stamped = stamp(issued, VOID, "zh")
    text = letters_of(stamped)
    assert "作废" in text.replace("作废章位", "")
    assert "2026年3月1日孙德福作废：姓名有误，退汇后重开" in text
    assert "XLGH-F4-202602-000123" in text
    red, green, _ = pixels_of(stamped)[0].split()
    assert sum(ImageChops.subtract(red, green).histogram()[80:]) > 5000


def test_the_reason_of_a_void_voucher_covers_the_place_that_is_kept_for_it(issued: bytes) -> None:
    long = Void("开户银行账号与户名不符，银行退汇，经本人确认账户后重新开具领款单" * 2, DAY, "孙德福")
    before, after = pixels_of(issued)[0], pixels_of(stamp(issued, long, "zh"))[0]
    place = (150, 125, 60, 23)
    drawn = drawn_between(part_of(before, *place), part_of(after, *place))
    assert drawn is not None
    assert drawn[1] >= 133 - 125 - 0.4
    assert drawn[3] <= 142 - 125 + 0.4


def test_a_reprint_says_how_often_and_touches_no_other_word(issued: bytes) -> None:
    stamped = stamp(issued, REPRINT, "zh")
    assert "补打第2次2026年3月1日周会计" in letters_of(stamped)
    drawn = drawn_between(pixels_of(issued)[0], pixels_of(stamped)[0])
    assert drawn is not None
    assert drawn[3] < 12
    assert ink(part_of(pixels_of(issued)[0], drawn[0], drawn[1], drawn[2] - drawn[0], drawn[3] - drawn[1])) == 0


def test_marks_pile_up(issued: bytes) -> None:
    text = letters_of(stamp(stamp(stamp(issued, REPRINT, "zh"), VOID, "zh"), Reprint(3, DAY, "周会计"), "zh"))
    assert "补打第2次" in text
    assert "补打第3次" in text
    assert "姓名有误" in text


def test_one_page_of_many_stands_alone() -> None:
    both = voucher_pdf([a_voucher(), a_voucher(number="XLGH-F4-202602-000124")], "zh")
    second = page_of(both, 1)
    assert facts_of(second)["Pages"] == "1"
    assert "XLGH-F4-202602-000124" in letters_of(second)
    assert "XLGH-F4-202602-000123" not in letters_of(second)
    assert pixels_of(second)[0].tobytes() == pixels_of(both)[1].tobytes()
