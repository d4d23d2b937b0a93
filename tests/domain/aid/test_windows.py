"""Is every day of a window counted back from the day in hand, and does it warn while there is still time?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.aid import kinds
from relief.domain.aid.spring_festival import SPRING_FESTIVAL
from relief.domain.aid.windows import DAY_NAMES, Window, WindowPlan, plan_window, window_warning
from relief.domain.calendar import Calendar
from relief.domain.labels import label
from relief.domain.notice import clean_from, end_of_notice
from tests.domain.aid.asking import CALENDAR, YEARS

LISTS = [kind for kind in kinds().values() if kind.way == "list"]


def festival(year: int, calendar: Calendar = CALENDAR) -> Window:
    (window,) = SPRING_FESTIVAL.windows(year, SPRING_FESTIVAL.default_policy(), calendar, YEARS[year])
    return window


def test_the_festival_of_2026_day_by_day() -> None:
    window = festival(2026)
    assert {code: str(day) for code, _, day in window.days} == {
        "opens_on": "2025-12-19", "apply_by": "2026-01-19", "post_by": "2026-01-26", "last_safe_day": "2026-01-29",
        "notice_over_by": "2026-02-02", "approve_by": "2026-02-05", "sheet_by": "2026-02-06",
        "bank_by": "2026-02-09", "pay_by": "2026-02-10",
    }  # fmt: skip
    assert (window.code, window.award_year, window.provisional) == ("2026-festival", 2026, False)


def test_the_festival_of_2027_is_provisional_and_steps_back_from_a_saturday() -> None:
    window = festival(2027)
    assert YEARS[2027].little_new_year == date(2027, 1, 30)
    assert (window.pay_by, window.bank_by, window.sheet_by) == (
        date(2027, 1, 29), date(2027, 1, 28), date(2027, 1, 27),
    )  # fmt: skip
    assert (window.approve_by, window.notice_over_by, window.post_by) == (
        date(2027, 1, 26), date(2027, 1, 21), date(2027, 1, 14),
    )  # fmt: skip
    assert window.provisional


@pytest.mark.parametrize(
    ("year", "in_hand"),
    [
        (2025, "2025-01-22"), (2026, "2026-02-10"), (2027, "2027-01-29"), (2028, "2028-01-19"), (2029, "2029-02-06"),
        (2030, "2030-01-25"), (2031, "2031-01-16"), (2032, "2032-02-04"), (2033, "2033-01-21"), (2034, "2034-02-10"),
    ],
)  # fmt: skip
def test_each_lunar_year_is_in_hand_by_its_little_new_year_or_the_banking_day_before(year: int, in_hand: str) -> None:
    window = festival(year)
    assert (str(window.pay_by), window.award_year, window.code) == (in_hand, year, f"{year}-festival")
    assert window.pay_by <= YEARS[year].little_new_year
    assert window.provisional == (year != 2026)
    assert not window.is_too_tight


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.code)
@pytest.mark.parametrize("year", range(2025, 2035))
def test_the_days_of_every_window_follow_each_other_and_work(kind: object, year: int) -> None:
    for window in kind.windows(year, kind.default_policy(), CALENDAR, YEARS[year]):  # type: ignore[attr-defined]
        steps = (window.post_by, window.notice_over_by, window.approve_by, window.sheet_by, window.bank_by)
        assert list(steps) == sorted(set(steps)) and window.bank_by < window.pay_by
        assert all(CALENDAR.is_working(day) for day in (*steps, window.pay_by, window.last_safe_day))
        assert window.opens_on < window.apply_by <= window.last_safe_day
        assert end_of_notice(window.post_by, 5, CALENDAR).on == window.notice_over_by


@pytest.mark.parametrize("year", range(2025, 2035))
def test_after_the_last_safe_day_no_notice_is_over_in_time(year: int) -> None:
    window = festival(year)
    assert clean_from(end_of_notice(window.last_safe_day, 5, CALENDAR).on) <= window.sheet_by
    day_after = CALENDAR.next_working_day(window.last_safe_day + timedelta(days=1)).on
    assert clean_from(end_of_notice(day_after, 5, CALENDAR).on) > window.sheet_by


def test_a_window_says_when_applications_close_too_late() -> None:
    def closing(apply_by: date) -> Window:
        return plan_window("w", label("W"), 2026, opens_on=date(2026, 1, 1), pay_by=date(2026, 2, 10),
                           apply_by=apply_by, notice_days=5, plan=WindowPlan(), calendar=CALENDAR)  # fmt: skip

    assert not closing(date(2026, 1, 29)).is_too_tight
    assert closing(date(2026, 1, 30)).is_too_tight


@given(
    pay_by=st.dates(date(2026, 2, 1), date(2034, 11, 30)), notice_days=st.integers(5, 10),
    plan=st.builds(WindowPlan, *(st.integers(1, 6) for _ in range(5))),
)  # fmt: skip
def test_more_days_for_a_step_never_make_an_earlier_day_later(
    pay_by: date, notice_days: int, plan: WindowPlan
) -> None:
    def planned(plan: WindowPlan, days: int) -> Window:
        return plan_window("w", label("W"), 2026, opens_on=date(2026, 1, 1), pay_by=pay_by, apply_by=None,
                           notice_days=days, plan=plan, calendar=CALENDAR)  # fmt: skip

    window, slower = planned(plan, notice_days), planned(plan, notice_days + 1)
    assert window.apply_by < window.post_by < window.notice_over_by < window.approve_by < window.sheet_by
    assert window.post_by <= window.last_safe_day < window.sheet_by < window.bank_by < window.pay_by <= pay_by
    assert slower.post_by < window.post_by and slower.pay_by == window.pay_by


def warned(step: str, today: date) -> str | None:
    said = window_warning(festival(2026), step, today, CALENDAR)
    return str(said) if said else None


@pytest.mark.parametrize(
    ("step", "today", "words"),
    [
        ("post_by", date(2025, 12, 18), None),  # not open yet
        ("post_by", date(2026, 1, 16), None),  # six working days
        ("post_by", date(2026, 1, 19), "Notice up by 2026-01-26: working days left: 5."),
        ("post_by", date(2026, 1, 23), "Notice up by 2026-01-26: working days left: 1."),
        ("post_by", date(2026, 1, 26), "Notice up by 2026-01-26: today is the last day."),
        ("post_by", date(2026, 1, 27), "It can still be done until 2026-01-29"),
        ("post_by", date(2026, 1, 29), "It can still be done until 2026-01-29"),
        ("post_by", date(2026, 1, 30), "too late since 2026-01-29. The aid will not be in hand on 2026-02-10"),
        ("approve_by", date(2026, 2, 5), "Decision by 2026-02-05: today is the last day."),
        ("approve_by", date(2026, 2, 6), "It can still be done until 2026-02-06"),
        ("approve_by", date(2026, 2, 7), "too late since 2026-02-06"),
        ("sheet_by", date(2026, 2, 7), "too late since 2026-02-06"),
        ("bank_by", date(2026, 2, 6), "working days left: 1"),
        ("bank_by", date(2026, 2, 10), "too late since 2026-02-09"),
        ("apply_by", date(2026, 1, 20), "Too late: applications closed on 2026-01-19."),
        ("pay_by", date(2026, 2, 10), "In hand by 2026-02-10: today is the last day."),
        ("pay_by", date(2026, 2, 11), "Too late: the aid should have been in hand on 2026-02-10."),
    ],
)  # fmt: skip
def test_each_day_warns_while_there_is_time_and_says_when_it_is_too_late(
    step: str, today: date, words: str | None
) -> None:
    said = warned(step, today)
    assert said is None if words is None else words in (said or "")


@given(st.dates(date(2025, 12, 19), date(2026, 3, 1)), st.sampled_from([code for code, _ in DAY_NAMES[1:]]))
def test_a_warning_never_goes_silent_again(today: date, step: str) -> None:
    if warned(step, today) is not None:
        assert warned(step, today + timedelta(days=1)) is not None
