"""How many working days lay between need and money? 雪中送炭: the median, by month and by unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from relief.domain.calendar import Calendar
from relief.domain.errors import RuleBroken


@dataclass(frozen=True)
class Help:
    """So many households of one unit that were in need on one day and had the money on another."""

    unit: str
    need_on: date
    paid_on: date
    count: int


class WorkingDays:
    """Working days between two days, counted once for the whole span; a year without a law counts its weekdays."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        self._until: dict[date, int] = {}
        count, day = 0, first
        while day <= last:
            count += _works(calendar, day)
            self._until[day] = count
            day += timedelta(days=1)

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 when `end` is not later."""
        return self._until[end] - self._until[start] if end > start else 0


def medians(helps: Iterable[Help], calendar: Calendar) -> tuple[dict[str, int], dict[str, int]]:
    """The median of working days from need to money, by month of the money (`2026-02`), and by unit."""
    listed = list(helps)
    if not listed:
        return {}, {}
    days = WorkingDays(calendar, min(one.need_on for one in listed), max(one.paid_on for one in listed))
    by_month: dict[str, dict[int, int]] = {}
    by_unit: dict[str, dict[int, int]] = {}
    for one in listed:
        took = days.between(one.need_on, one.paid_on)
        for counts in (by_month.setdefault(f"{one.paid_on:%Y-%m}", {}), by_unit.setdefault(one.unit, {})):
            counts[took] = counts.get(took, 0) + one.count
    return _each(by_month), _each(by_unit)


def median(counts: Mapping[int, int]) -> int:
    """The lower middle of values that each occur so often."""
    half, seen = (sum(counts.values()) + 1) // 2, 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= half:
            return value
    raise ValueError("no values")


def _each(counts: Mapping[str, Mapping[int, int]]) -> dict[str, int]:
    return {name: median(values) for name, values in counts.items()}


def _works(calendar: Calendar, day: date) -> bool:
    try:
        return calendar.is_working(day)
    except RuleBroken:
        return day.weekday() < 5
