"""How long did a household wait for its money? 雪中送炭: working days from the need to the day it arrived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from relief.domain.calendar import Calendar
from relief.domain.errors import RuleBroken


def working_days_waited(need_on: date, arrived_on: date, calendar: Calendar) -> int:
    """Working days after the need up to and with the day of the money; 0 when that is not later.

    In a year whose days off are not known every weekday counts: a figure for a chart, not a deadline.
    """
    span = (arrived_on - need_on).days
    return sum(_works(calendar, need_on + timedelta(days=day)) for day in range(1, span + 1))


def median_wait(counts: Mapping[int, int]) -> int:
    """The lower middle of how long they waited; `counts` says how many waited so many days. ValueError for nobody."""
    half, seen = (sum(counts.values()) + 1) // 2, 0
    for days in sorted(counts):
        seen += counts[days]
        if seen >= half:
            return days
    raise ValueError("nobody waited")


def _works(calendar: Calendar, day: date) -> bool:
    try:
        return calendar.is_working(day)
    except RuleBroken:
        return day.weekday() < 5
