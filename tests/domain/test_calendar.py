"""Are working days counted as the State Council's notice says, and provisionally where there is none?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.calendar import Calendar, Dated, Deadline, LunarYear, Month, aid_day_limit, statutory_days
from relief.domain.errors import RuleBroken


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


OFF_2026 = [
    *days(date(2026, 1, 1), date(2026, 1, 3)),
    *days(date(2026, 2, 15), date(2026, 2, 23)),
    *days(date(2026, 4, 4), date(2026, 4, 6)),
    *days(date(2026, 5, 1), date(2026, 5, 5)),
    *days(date(2026, 6, 19), date(2026, 6, 21)),
    *days(date(2026, 9, 25), date(2026, 9, 27)),
    *days(date(2026, 10, 1), date(2026, 10, 7)),
]
WORKING_2026 = [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
                date(2026, 10, 10)]  # fmt: skip
LUNAR = [
    LunarYear(2025, date(2025, 1, 29), date(2025, 1, 22), date(2025, 1, 7)),
    LunarYear(2026, date(2026, 2, 17), date(2026, 2, 10), date(2026, 1, 26)),
    LunarYear(2027, date(2027, 2, 6), date(2027, 1, 30), date(2027, 1, 15)),
    LunarYear(2028, date(2028, 1, 26), date(2028, 1, 19), date(2028, 1, 4)),
    LunarYear(2029, date(2029, 2, 13), date(2029, 2, 6), date(2029, 1, 22)),
    LunarYear(2030, date(2030, 2, 3), date(2030, 1, 26), date(2030, 1, 11)),
    LunarYear(2031, date(2031, 1, 23), date(2031, 1, 16), date(2031, 1, 1)),
    LunarYear(2032, date(2032, 2, 11), date(2032, 2, 4), date(2032, 1, 20)),
    LunarYear(2033, date(2033, 1, 31), date(2033, 1, 23), date(2033, 1, 8)),
    LunarYear(2034, date(2034, 2, 19), date(2034, 2, 11), date(2034, 1, 27)),
]
LAW_2027 = statutory_days(
    2027,
    new_year=date(2027, 2, 6),
    qingming=date(2027, 4, 5),
    dragon_boat=date(2027, 6, 9),
    mid_autumn=date(2027, 9, 15),
)
CALENDAR = Calendar(dict.fromkeys(OFF_2026, False) | dict.fromkeys(WORKING_2026, True), frozenset({2026}), LAW_2027)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        (date(2026, 2, 6), 5, date(2026, 2, 13)),
        (date(2026, 1, 26), 5, date(2026, 2, 2)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 2, 12), 0, date(2026, 2, 12)),
    ],
)
def test_day_one_is_the_day_after_and_holidays_do_not_count(start: date, count: int, end: date) -> None:
    assert CALENDAR.add_working_days(start, count) == Deadline(end, provisional=False)


def test_a_saturday_worked_in_exchange_counts_and_its_holiday_does_not() -> None:
    assert CALENDAR.is_working(date(2026, 2, 14))
    assert not CALENDAR.is_working(date(2026, 2, 16))
    assert not CALENDAR.is_working(date(2026, 2, 21))


def test_counting_back_from_a_day() -> None:
    assert CALENDAR.subtract_working_days(date(2026, 2, 26), 5).on == date(2026, 2, 12)
    assert CALENDAR.subtract_working_days(date(2026, 2, 24), 1).on == date(2026, 2, 14)


def test_working_days_between_leave_the_first_day_out() -> None:
    assert CALENDAR.working_days_between(date(2026, 2, 12), date(2026, 2, 26)) == 5
    assert CALENDAR.working_days_between(date(2026, 2, 26), date(2026, 2, 12)) == 0


def test_a_count_below_zero_is_an_error() -> None:
    with pytest.raises(ValueError, match="backward"):
        CALENDAR.add_working_days(date(2026, 2, 12), -1)


def test_a_year_without_a_notice_is_provisional() -> None:
    assert CALENDAR.add_working_days(date(2026, 12, 24), 5) == Deadline(date(2026, 12, 31), provisional=False)
    assert CALENDAR.add_working_days(date(2026, 12, 25), 5) == Deadline(date(2027, 1, 4), provisional=True)


def test_the_spring_festival_of_an_unnoticed_year_is_eight_days() -> None:
    off = [day for day, name in LAW_2027.items() if name == "spring_festival"]
    assert sorted(off) == days(date(2027, 2, 5), date(2027, 2, 12))
    assert CALENDAR.add_working_days(date(2027, 2, 4), 1) == Deadline(date(2027, 2, 15), provisional=True)


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1), date(2027, 4, 5), date(2027, 6, 9), date(2027, 9, 15), date(2027, 10, 1),
        date(2027, 5, 3), date(2027, 5, 4), date(2027, 10, 4), date(2027, 10, 5),
    ],
)  # fmt: skip
def test_lawful_days_and_those_owed_for_a_weekend_are_off(day: date) -> None:
    assert not CALENDAR.is_working(day)


@pytest.mark.parametrize("day", [date(2027, 5, 5), date(2027, 10, 6), date(2027, 4, 6), date(2027, 2, 4)])
def test_no_more_than_the_law_gives_is_off(day: date) -> None:
    assert CALENDAR.is_working(day)


def test_an_imported_row_ends_the_guess_for_its_day() -> None:
    imported = Calendar({date(2027, 5, 5): False}, frozenset(), LAW_2027)
    assert not imported.is_working(date(2027, 5, 5))
    assert not imported.is_provisional(date(2027, 5, 5))


def test_a_year_of_which_nothing_is_known_is_refused() -> None:
    with pytest.raises(RuleBroken, match="2028") as refused:
        CALENDAR.add_working_days(date(2027, 12, 30), 5)
    assert refused.value.field == "calendar"


def test_little_new_year_on_a_weekend_steps_back_to_a_banking_day() -> None:
    year_2026, year_2027 = LUNAR[1], LUNAR[2]
    assert aid_day_limit(year_2026.little_new_year, CALENDAR) == Deadline(date(2026, 2, 10), provisional=False)
    assert year_2027.little_new_year.weekday() == 5
    assert aid_day_limit(year_2027.little_new_year, CALENDAR) == Deadline(date(2027, 1, 29), provisional=True)
    assert CALENDAR.next_working_day(date(2026, 2, 15)).on == date(2026, 2, 24)


@pytest.mark.parametrize("lunar", LUNAR, ids=str)
def test_the_table_of_lunar_facts_hangs_together(lunar: LunarYear) -> None:
    assert (lunar.little_new_year - lunar.laba).days == 15
    assert (lunar.new_year - lunar.little_new_year).days in (7, 8)


@given(st.dates(date(2026, 2, 1), date(2027, 9, 1)), st.integers(1, 60))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    end = CALENDAR.add_working_days(start, count).on
    assert CALENDAR.is_working(end)
    assert CALENDAR.working_days_between(start, end) == count
    assert CALENDAR.subtract_working_days(end, count).on == CALENDAR.previous_working_day(start).on


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_months_follow_each_other(day: date) -> None:
    month = Month.of(day)
    assert day in month
    assert month.next().previous() == month
    assert month.previous() < month < month.next()
    assert Month.parse(str(month)) == month
    assert month.last_day + timedelta(days=1) == month.next().first_day


def test_a_month_reads_two_ways_and_no_other() -> None:
    assert Month.parse("202602") == Month.parse(" 2026-02 ") == Month(2026, 2)
    assert str(Month(2026, 2)) == "2026-02"
    for text in ("2026-13", "2026-2", "２０２６-02", "0000-01", ""):
        with pytest.raises(ValueError, match="month"):
            Month.parse(text)


def test_a_dated_value_holds_from_its_first_day() -> None:
    line = Dated({date(2026, 7, 1): 820, date(2025, 7, 1): 800})
    assert line.on(date(2025, 6, 30)) is None
    assert line.on(date(2026, 6, 30)) == 800
    assert line.on(date(2026, 7, 1)) == 820
