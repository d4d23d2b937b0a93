"""Which passwords are good enough, in either profile, and how long do they last?"""

from __future__ import annotations

from datetime import date

import pytest

from relief.domain.errors import RuleBroken
from relief.domain.password import is_too_old, judge_password

COMMON = frozenset({"password", "woaini", "1234567890", "correcthorse"})


def judged(password: str, *, strict: bool = False, username: str = "wangxiulan") -> str | None:
    """Why it is refused, or None."""
    try:
        judge_password(password, username, strict=strict, common=COMMON)
    except RuleBroken as refused:
        assert refused.field == "password"
        return str(refused)
    return None


def test_ten_characters_are_enough_and_nine_are_not() -> None:
    assert judged("mountain-1") is None
    assert judged("mountain-") == "A password has at least 10 characters."


def test_a_hundred_and_twenty_eight_are_the_most() -> None:
    assert judged("mountain" * 16) is None
    assert "at most 128" in (judged("mountain" * 16 + "x") or "")


def test_it_does_not_hold_the_user_name_in_any_case() -> None:
    assert "user name" in (judged("xxWangXiuLan22") or "")
    assert judged("litigation-9", username="li") is None


@pytest.mark.parametrize(
    "password",
    ["1234567890", "woaini1314520", "Password2026", "p-a-s-s-w-o-r-d", "correct horse", "aaaaaaaaaaaa", "1212121212"],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert "tried first" in (judged(password) or "")


def test_a_chinese_sentence_is_a_good_password() -> None:
    assert judged("大雪压青松青松挺且直") is None


@pytest.mark.parametrize("password", ["mountain-1A", "mountainA12", "雪压青松abcdef1"])
def test_the_strict_profile_takes_three_classes(password: str) -> None:
    assert judged(password, strict=True) is None


@pytest.mark.parametrize("password", ["mountain-river", "mountainriver1", "13845671234"])
def test_the_strict_profile_refuses_two(password: str) -> None:
    assert judged(password) is None
    assert "mixes three" in (judged(password, strict=True) or "")


def test_a_password_lasts_ninety_days_in_the_strict_profile_alone() -> None:
    changed = date(2026, 1, 1)
    assert not is_too_old(changed, date(2026, 3, 31), strict=True)
    assert is_too_old(changed, date(2026, 4, 1), strict=True)
    assert not is_too_old(changed, date(2030, 1, 1), strict=False)
