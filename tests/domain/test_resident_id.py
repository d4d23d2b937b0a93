"""Is a resident ID read as it was meant, and refused with the one reason that helps?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.errors import RuleBroken
from relief.domain.identity import (
    IdentityRefused,
    Sex,
    age_on,
    check_character,
    clean_resident_id,
    judge_resident_id,
    read_sex,
    upgrade_old,
)

TODAY = date(2026, 9, 30)


def made(area: str = "230127", born: str = "19800101", order: str = "001") -> str:
    first_17 = area + born + order
    return first_17 + check_character(first_17)


def reason(value: object, today: date = TODAY) -> str:
    with pytest.raises(IdentityRefused) as refused:
        judge_resident_id(value, today)
    return refused.value.reason


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("360426199101010071", date(1991, 1, 1), Sex.MALE),
        ("230306196304054513", date(1963, 4, 5), Sex.MALE),
    ],
)
def test_a_real_number_says_birth_and_sex(number: str, born: date, sex: Sex) -> None:
    judged = judge_resident_id(number, TODAY)
    assert (judged.number, judged.born, judged.sex) == (number, born, sex)


@pytest.mark.parametrize(
    "typed",
    [
        " 110105 19491231 002x ",
        "'11010519491231002X",
        "’11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002x",
        "\u202d11010519491231002X\u202c\ufeff",
    ],
)
def test_what_fingers_and_spreadsheets_add_is_taken_away(typed: str) -> None:
    assert clean_resident_id(typed) == "11010519491231002X"
    assert judge_resident_id(typed, TODAY).number == "11010519491231002X"


@pytest.mark.parametrize("area", ["232126", "232127", "232128", "232330", "230126", "231224", "999999"])
def test_the_area_never_rejects(area: str) -> None:
    assert judge_resident_id(made(area), TODAY).born == date(1980, 1, 1)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "missing"),
        ("  ", "missing"),
        ("2301271980010100", "length"),
        ("23012719800101001XX", "length"),
        ("2301271980O1010013", "length"),
        (2.321261997010172e17, "lost_digits"),
        ("2.32126199701017E+17", "lost_digits"),
        ("232126199701017200.0", "lost_digits"),
        (232126199701017000, "lost_digits"),
        ("232126199701017000", "lost_digits"),
        ("110105491231002", "old_15"),
        (110105491231002.0, "old_15"),
        ("110105194912310021", "checksum"),
        (made(born="19800230"), "date"),
        (made(born="20261001"), "future"),
        (made(born="19050930"), "age"),
    ],
)
def test_each_refusal_has_its_reason(value: object, why: str) -> None:
    assert reason(value) == why


def test_born_today_and_120_years_old_are_people() -> None:
    assert judge_resident_id(made(born="20260930"), TODAY).born == TODAY
    assert judge_resident_id(made(born="19051001"), TODAY).born == date(1905, 10, 1)


def test_three_zeros_at_the_end_pass_when_the_check_character_is_right() -> None:
    tries = (made(born=f"1980{month:02d}01", order="200") for month in range(1, 13))
    number = next(number for number in tries if number[17] == "0")
    assert number.endswith("000")
    assert judge_resident_id(number, TODAY).number == number


def test_an_old_number_is_explained_and_upgraded() -> None:
    assert upgrade_old("110105491231002") == "11010519491231002X"
    with pytest.raises(IdentityRefused) as refused:
        judge_resident_id("110105491231002", TODAY)
    assert refused.value.suggestion == "11010519491231002X"
    assert "1949" not in str(refused.value.sentence.as_data())
    with pytest.raises(ValueError, match="15"):
        upgrade_old("11010519491231002X")


def test_a_refusal_is_a_broken_rule_on_its_field() -> None:
    refused = IdentityRefused("missing", "The resident ID is missing.")
    assert isinstance(refused, RuleBroken)
    assert refused.field == "resident_id"


def test_the_number_is_not_in_a_log_line() -> None:
    assert "110105" not in repr(judge_resident_id("11010519491231002X", TODAY))


@given(st.dates(date(1910, 1, 1), TODAY), st.integers(0, 999))
def test_one_changed_digit_is_always_found(born: date, order: int) -> None:
    number = made(born=f"{born:%Y%m%d}", order=f"{order:03d}")
    assert judge_resident_id(number, TODAY).born == born
    wrong = str((int(number[16]) + 1) % 10)
    assert reason(number[:16] + wrong + number[17]) in {"checksum", "lost_digits"}


@given(st.one_of(st.text(max_size=25), st.floats(), st.integers()))
def test_anything_typed_is_an_answer_not_an_error(value: object) -> None:
    try:
        judge_resident_id(value, TODAY)
    except IdentityRefused as refused:
        assert refused.reason


def test_a_year_is_full_on_the_birthday() -> None:
    assert age_on(date(2000, 3, 1), date(2026, 2, 28)) == 25
    assert age_on(date(2000, 3, 1), date(2026, 3, 1)) == 26


def test_sex_is_read_as_rosters_write_it() -> None:
    assert (read_sex("男"), read_sex(" 女性 "), read_sex("?")) == (Sex.MALE, Sex.FEMALE, None)
    assert str(Sex.MALE.label) == "Male"
