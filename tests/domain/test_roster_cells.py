"""Does a cell mean what the person who typed it meant?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.money import Money
from relief.domain.roster.cells import Cell, NotUnderstood, amount, compact, count, day, month, quoted, text


@pytest.mark.parametrize(
    "cell",
    [37400, 37400.0, "37400", "37,400", "37400元", "37400.00", "37,400.00元", "¥37400", "¥37,400", "37400", "'37400",
     " 37 400 ", "人民币37400元整", "3.74万", "3.74万元"],
)  # fmt: skip
def test_one_income_in_many_clothes(cell: Cell) -> None:
    assert amount(cell) == Money.yuan(37_400)


@pytest.mark.parametrize(
    "cell",
    [
        "约三万",
        "三万",
        "3万左右",
        "37400-40000",
        "37,40",
        "1e5",
        "nan",
        "元",
        "万",
        "无",
        "0x10",
        True,
        date(2026, 1, 1),
    ],
)
def test_words_are_no_amount(cell: Cell) -> None:
    with pytest.raises(NotUnderstood):
        amount(cell)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "—", "/"])
def test_nothing_is_no_amount_and_no_mistake(cell: Cell) -> None:
    assert amount(cell) is None
    assert day(cell) is None
    assert count(cell) is None


@pytest.mark.parametrize(
    ("cell", "fen"),
    [(941.67, 94_167), (0.1 + 0.2, 30), (119.444, 11_944), (119.445, 11_945), (-120.5, -12_050), (0.0, 0)],
)
def test_a_number_is_taken_by_its_figures_and_rounded_once(cell: Cell, fen: int) -> None:
    assert amount(cell) == Money(fen)


@given(st.integers(min_value=0, max_value=10**13))
def test_every_amount_survives_every_clothing(fen: int) -> None:
    money, yuan = Money(fen), Decimal(fen) / 100
    for written in (f"{yuan:.2f}", f"{yuan:,.2f}", f"{yuan:.2f}元", f"¥{yuan:,.2f}", f"'{yuan:.2f} "):
        assert amount(written) == money


@given(st.integers(min_value=0, max_value=10**11))
def test_a_number_cell_never_loses_a_fen(fen: int) -> None:
    assert amount(fen / 100) == Money(fen)


@given(st.text(alphabet="0123456789.,-万元约e ", max_size=12))
def test_a_text_is_an_amount_or_not_understood_never_a_crash(written: str) -> None:
    try:
        money = amount(written)
    except NotUnderstood:
        return
    assert money is None or isinstance(money, Money)


@pytest.mark.parametrize(
    "cell",
    [date(1984, 1, 30), datetime(1984, 1, 30, 8), 19840130.0, 19840130, "19840130", "1984.01.30", "1984.1.30",
     "1984年1月30日", "1984-01-30", "1984/1/30", " 1984年 1月30日", 30711.0],
)  # fmt: skip
def test_one_day_in_many_clothes(cell: Cell) -> None:
    assert day(cell) == date(1984, 1, 30)


@pytest.mark.parametrize("cell", ["不详", "1984年", "1984.13.01", "1983-02-29", 19840230, "30.01.1984", 12.0])
def test_what_is_no_day(cell: Cell) -> None:
    with pytest.raises(NotUnderstood):
        day(cell)


@pytest.mark.parametrize("cell", ["1984.07", "1984年7月", "1984-7", 1984.07])
def test_a_month_is_read_as_far_as_it_goes(cell: Cell) -> None:
    assert month(cell) == (1984, 7)


@pytest.mark.parametrize(("cell", "size"), [(3.0, 3), ("3", 3), ("3人", 3), ("3口人", 3)])
def test_a_small_number_of_persons(cell: Cell, size: int) -> None:
    assert count(cell) == size


@pytest.mark.parametrize("cell", ["三四口", 2.5, -1, 100])
def test_what_is_no_number_of_persons(cell: Cell) -> None:
    with pytest.raises(NotUnderstood):
        count(cell)


def test_text_keeps_rare_characters_and_loses_stray_blanks() -> None:
    assert text("  杨 \n 𠅤 ") == "杨 𠅤"
    assert text(19227159101.0) == "19227159101"
    assert text(2.5) == "2.5"
    assert text(date(2026, 9, 30)) == "2026-09-30"
    assert compact(" A 1\ufeff") == "A1"


def test_a_reason_repeats_no_number_that_slipped_into_another_column() -> None:
    assert quoted("230125199001011234") == "****1234"
    assert quoted("电话13812345678，另说") == "电话****5678，另说"
    assert quoted(6228480000000000000) == "****0000"


def test_a_reason_repeats_the_beginning_of_a_long_cell() -> None:
    assert quoted("约三万") == "约三万"
    assert quoted("很" * 61) == "很" * 60 + "…"
