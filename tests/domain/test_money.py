"""Are amounts whole fen, shared without loss, and spelled as an accountant spells them?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.money import ZERO, Money, in_capitals, portion, share, total

VECTORS = {
    "0.00": "人民币零元整",
    "0.05": "人民币伍分",
    "0.50": "人民币伍角",
    "0.57": "人民币伍角柒分",
    "10.00": "人民币壹拾元整",
    "10.05": "人民币壹拾元零伍分",
    "15.00": "人民币壹拾伍元整",
    "1005.00": "人民币壹仟零伍元整",
    "1001.10": "人民币壹仟零壹元壹角",
    "1409.50": "人民币壹仟肆佰零玖元伍角",
    "6007.14": "人民币陆仟零柒元壹角肆分",
    "325.04": "人民币叁佰贰拾伍元零肆分",
    "16409.02": "人民币壹万陆仟肆佰零玖元零贰分",
    "20010.00": "人民币贰万零壹拾元整",
    "100100.00": "人民币壹拾万零壹佰元整",
    "1000500.00": "人民币壹佰万零伍佰元整",
    "105000000.00": "人民币壹亿零伍佰万元整",
    "1000000005.00": "人民币壹拾亿零伍元整",
    "100000000000.00": "人民币壹仟亿元整",
    # Two spellings are legal; ours leaves the optional 零 out.
    "1680.32": "人民币壹仟陆佰捌拾元叁角贰分",
    "107000.53": "人民币壹拾万柒仟元伍角叁分",
}


@pytest.mark.parametrize(("figure", "capitals"), VECTORS.items())
def test_capitals_follow_the_rules_for_bills(figure: str, capitals: str) -> None:
    assert in_capitals(Money.parse(figure)) == capitals


def test_below_zero_says_so() -> None:
    assert in_capitals(Money(-1234)) == "人民币负壹拾贰元叁角肆分"


def read_back(capitals: str) -> int:
    """Fen out of capitals, by another road than the writer: sections, left to right."""
    text = capitals.removeprefix("人民币").removesuffix("整")
    sign = -1 if text.startswith("负") else 1
    text = text.removeprefix("负")
    fen = high = section = digit = 0
    for sign_of in text:
        if sign_of in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign_of)
        elif sign_of in "拾佰仟":
            section, digit = section + digit * 10 ** (1 + "拾佰仟".index(sign_of)), 0
        elif sign_of == "万":
            high, section, digit = high + (section + digit) * 10**4, 0, 0
        elif sign_of == "亿":
            high, section, digit = (high + section + digit) * 10**8, 0, 0
        elif sign_of == "元":
            fen, digit = (high + section + digit) * 100, 0
        else:
            fen, digit = fen + digit * {"角": 10, "分": 1}[sign_of], 0
    return sign * fen


@given(st.integers(-(10**14) + 1, 10**14 - 1))
def test_capitals_read_back_are_the_amount(fen: int) -> None:
    assert read_back(in_capitals(Money(fen))) == fen


@given(st.integers(0, 10**14 - 1))
def test_capitals_never_double_a_zero_and_close_as_they_should(fen: int) -> None:
    capitals = in_capitals(Money(fen))
    assert "零零" not in capitals and "零元" not in capitals.replace("人民币零元整", "")
    assert capitals.endswith("整") == (fen % 100 == 0)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 50), min_size=1, max_size=40).filter(any))
def test_sharing_loses_no_fen_and_is_fair_to_one(fen: int, weights: list[int]) -> None:
    parts = share(Money(fen), weights)
    assert total(parts) == Money(fen)
    exact = [fen * weight / sum(weights) for weight in weights]
    assert all(abs(part.fen - due) < 1 for part, due in zip(parts, exact, strict=True))
    assert parts == share(Money(fen), weights)


def test_the_odd_fen_goes_to_the_earlier_of_two_equals() -> None:
    assert share(Money(101), [1, 1]) == [Money(51), Money(50)]
    assert share(Money(100), [1, 1, 1]) == [Money(34), Money(33), Money(33)]
    assert share(Money(5), [0, 1]) == [ZERO, Money(5)]


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_sharing_among_nobody_is_an_error(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        share(Money(1), weights)


def test_a_portion_rounds_half_up_once() -> None:
    assert portion(Money(1), 1, 2) == Money(1)
    assert portion(Money(999), 1, 2000) == ZERO
    assert portion(Money(1000), 1, 2000) == Money(1)
    assert portion(Money.yuan(3001), 50, 100) == Money.parse("1500.50")
    assert portion(Money(-1), 1, 2) == Money(-1)


def test_a_portion_of_nothing_divisible_is_an_error() -> None:
    with pytest.raises(ValueError, match="portion"):
        portion(Money(1), 1, 0)


@pytest.mark.parametrize("text", ["NaN", "1e9", "-0", "1.234", "1,23", "１２", "", "01", "9" * 13])
def test_what_is_no_amount_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        Money.parse(text)


@given(st.integers(0, 10**14 - 1))
def test_an_amount_prints_and_parses_back(fen: int) -> None:
    assert Money.parse(str(Money(fen))) == Money.parse(Money(fen).plain) == Money(fen)


def test_a_float_is_never_an_amount() -> None:
    with pytest.raises(TypeError):
        Money(1.0)  # type: ignore[arg-type]
