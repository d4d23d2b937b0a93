"""Does a sheet's code betray each slip of hand and finger, and do its figures mean what the paper says?"""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from relief.domain.errors import RuleBroken
from relief.domain.visit_codes import Aspect, Place, Theme
from relief.domain.visit_sheet_code import ALPHABET, POSSIBLE, find_sheet_code, read_sheet_code, sheet_code
from relief.domain.visit_sheet_keys import (
    RESULTS,
    THEME_KEYS,
    Skipped,
    read_day_due,
    read_day_made,
    read_hands,
    read_next,
    read_place,
    read_result,
    read_seen,
    read_themes,
)

DAY = date(2026, 3, 9)
CODES = [sheet_code(Random(7).randrange(POSSIBLE)) for _ in range(3)] + [sheet_code(0), sheet_code(POSSIBLE - 1)]


def test_a_code_has_no_sign_that_hands_confuse() -> None:
    assert not set(ALPHABET) & set("ILO01")
    assert len(set(ALPHABET)) == len(ALPHABET) == 31


@pytest.mark.parametrize("code", CODES)
def test_any_one_wrong_sign_is_found(code: str) -> None:
    plain = code.replace("-", "")
    for place, right in enumerate(plain):
        for wrong in set(ALPHABET) - {right}:
            assert find_sheet_code(plain[:place] + wrong + plain[place + 1 :]) is None


@pytest.mark.parametrize("code", CODES)
def test_any_two_swapped_signs_are_found(code: str) -> None:
    plain = code.replace("-", "")
    for one in range(6):
        for other in range(one):
            swapped = list(plain)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            assert plain[one] == plain[other] or find_sheet_code("".join(swapped)) is None


def test_a_code_is_read_however_it_was_typed() -> None:
    code = sheet_code(12_345_678)
    plain = code.replace("-", "")
    for typed in (code.lower(), plain, f" {plain[:3]} {plain[3:]} ", f"{plain[:3]}—{plain[3:]}", _wide(code)):
        assert read_sheet_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "says"),
    [("K7M", "six characters"), ("K7MO45", "O"), ("2222223", "six characters"), ("222223", "swapped")],
)
def test_what_is_wrong_with_a_code_is_said(typed: str, says: str) -> None:
    with pytest.raises(RuleBroken, match=says) as refused:
        read_sheet_code(typed)
    assert refused.value.field == "code"


def test_numbers_outside_have_no_code() -> None:
    with pytest.raises(ValueError, match="no code"):
        sheet_code(POSSIBLE)


def test_the_first_figure_says_what_became_of_a_row() -> None:
    assert read_result("1").unchanged
    assert (read_result("2").unchanged, read_result("2").skipped) == (False, None)
    assert [read_result(key).skipped for key in list(RESULTS)[2:]] == list(Skipped)
    with pytest.raises(RuleBroken, match="Type 1 to 6"):
        read_result("7")


def test_figures_of_places_needs_and_hands() -> None:
    assert read_place("３") is Place.PHONE
    assert read_themes("52") == [Theme.MEDICAL, Theme.WORK]
    assert read_themes("2、0") == [Theme.MEDICAL, Theme.OTHER]
    assert read_themes("") == []
    assert len(THEME_KEYS) == len(Theme)
    assert read_hands("21", 2) == [1, 2]
    for read, text in ((read_place, "9"), (read_themes, "2x"), (lambda one: read_hands(one, 2), "3")):
        with pytest.raises(RuleBroken):
            read(text)
    with pytest.raises(RuleBroken):
        read_hands("", 2)


def test_one_beside_an_aspect_is_what_stood_there_last_time() -> None:
    last = {Aspect.HOUSING: "砖房", Aspect.FOOD: "有余粮"}
    typed = {Aspect.HOUSING: "1", Aspect.HEATING: "新炉子", Aspect.FOOD: ""}
    assert read_seen(typed, last) == {Aspect.HOUSING: "砖房", Aspect.HEATING: "新炉子"}
    with pytest.raises(RuleBroken) as refused:
        read_seen({Aspect.WORK: "1"}, last)
    assert refused.value.field == "seen_work"


@pytest.mark.parametrize(
    ("typed", "made"),
    [("0309", DAY), ("3.9", DAY), ("12.30", date(2025, 12, 30)), ("2026-03-01", date(2026, 3, 1)), ("", None)],
)
def test_a_day_of_a_visit_lies_behind(typed: str, made: date | None) -> None:
    assert read_day_made(typed, DAY) == made


@pytest.mark.parametrize(
    ("typed", "due"), [("3/9", DAY), ("3月8日", date(2027, 3, 8)), ("0401", date(2026, 4, 1)), ("2.29", None)]
)
def test_a_day_of_a_promise_lies_ahead(typed: str, due: date | None) -> None:
    if due is not None:
        assert read_day_due(typed, DAY) == due
        return
    with pytest.raises(RuleBroken, match="no such day"):
        read_day_due(typed, DAY)


def test_the_next_visit_is_in_so_many_months_or_on_a_day() -> None:
    assert read_next("1", DAY) == date(2026, 4, 9)
    assert read_next("3", date(2026, 11, 30)) == date(2027, 2, 28)
    assert read_next("4.20", DAY) == date(2026, 4, 20)
    assert read_next(" ", DAY) is None
    with pytest.raises(RuleBroken, match="month and day"):
        read_next("2", DAY)


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)
