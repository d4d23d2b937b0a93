"""When is it due? Working days with 调休, months of payment, values with a first day; lunar facts come in.

A year without a State Council notice counts Monday to Friday less the days off that the law gives; every
deadline that touches such a year is provisional, and no money is released on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Generic, TypeVar

from relief.domain.errors import RuleBroken
from relief.domain.month import Month

__all__ = ["Calendar", "Dated", "Deadline", "LunarYear", "Month", "aid_day_limit", "statutory_days"]

T = TypeVar("T")
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Deadline:
    """The last day of something, and whether a State Council notice may still move it."""

    on: date
    provisional: bool


@dataclass(frozen=True)
class LunarYear:
    """Facts about a lunar year: 正月初一, and 小年 (腊月廿三) and 腊八 just before it."""

    year: int
    new_year: date
    little_new_year: date
    laba: date


@dataclass(frozen=True)
class Calendar:
    """Which days work: rows of the notices (True works), the years that have one, the lawful days of others.

    `statutory` names the days off of years without a notice, as `statutory_days` builds them.
    """

    days: Mapping[date, bool]
    noticed_years: frozenset[int]
    statutory: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))

    def is_provisional(self, day: date) -> bool:
        """Whether this day is counted without a notice."""
        return day not in self.days and day.year not in self.noticed_years

    def is_working(self, day: date) -> bool:
        """By the notice's row; else Monday to Friday; in a year without a notice, less the lawful days off.

        RuleBroken on `calendar` where neither a notice nor the lawful days of the year are known.
        """
        if day in self.days:
            return self.days[day]
        weekday = day.weekday() < _SATURDAY
        if not self.is_provisional(day):
            return weekday
        self._must_know_the_law(day.year)
        return weekday and day not in self.statutory

    def add_working_days(self, start: date, count: int) -> Deadline:
        """The day on which `count` working days are over. Day 1 is the day after `start`; 0 gives `start`."""
        return self._count(start, count, _ONE_DAY)

    def subtract_working_days(self, end: date, count: int) -> Deadline:
        """The day that lies `count` working days before `end`. Day 1 is the day before `end`."""
        return self._count(end, count, -_ONE_DAY)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 when `end` is not later."""
        return sum(self.is_working(day) for day in _days_after(start, end))

    def previous_working_day(self, day: date) -> Deadline:
        """The day itself when it works, else the last working day before it."""
        return self._step_to_work(day, -_ONE_DAY)

    def next_working_day(self, day: date) -> Deadline:
        """The day itself when it works, else the first working day after it."""
        return self._step_to_work(day, _ONE_DAY)

    def _count(self, start: date, count: int, step: timedelta) -> Deadline:
        if count < 0:
            raise ValueError("count working days forward with add, backward with subtract")
        day, left, provisional = start, count, False
        while left:
            day += step
            provisional |= self.is_provisional(day)
            left -= self.is_working(day)
        return Deadline(day, provisional)

    def _step_to_work(self, day: date, step: timedelta) -> Deadline:
        provisional = self.is_provisional(day)
        while not self.is_working(day):
            day += step
            provisional |= self.is_provisional(day)
        return Deadline(day, provisional)

    def _must_know_the_law(self, year: int) -> None:
        if date(year, 1, 1) not in self.statutory:
            raise RuleBroken(
                "calendar",
                "The days off of %(year)s are not known yet. Ask the administrator to enter them.",
                year=str(year),
            )


def statutory_days(
    year: int, *, new_year: date, qingming: date, dragon_boat: date, mid_autumn: date
) -> dict[date, str]:
    """The days off of a year without a notice, named by holiday.

    全国年节及纪念日放假办法 (2025): 1 Jan; 除夕 to 初三; 清明; 1–2 May; 端午; 中秋; 1–3 Oct. A day that falls
    on a weekend is made up on the next working day (same rule). Spring Festival is taken as the usual eight
    days from 除夕.
    """
    named = {date(year, 1, 1): "new_year"}
    named |= {new_year + timedelta(days=n): "spring_festival" for n in range(-1, 7)}
    named |= {qingming: "qingming", date(year, 5, 1): "labour_day", date(year, 5, 2): "labour_day"}
    named |= {dragon_boat: "dragon_boat", mid_autumn: "mid_autumn"}
    named |= {date(year, 10, day): "national_day" for day in (1, 2, 3)}
    owed = [day for day in sorted(named) if day.weekday() >= _SATURDAY and named[day] != "spring_festival"]
    for day in owed:
        named[_first_free_weekday(day, named)] = named[day]
    return named


def aid_day_limit(due_on: date, calendar: Calendar) -> Deadline:
    """The last banking day on which aid that is due by `due_on` (小年, say) can still go out."""
    return calendar.previous_working_day(due_on)


class Dated(Generic[T]):
    """A value that changes on known days: a line, a rate, a policy. `on(day)` is the one in force."""

    def __init__(self, values: Mapping[date, T]) -> None:
        self._values = tuple(sorted(values.items(), key=lambda pair: pair[0], reverse=True))

    def on(self, day: date) -> T | None:
        """The value whose first day is the last one not after `day`; None before the first."""
        return next((value for first_day, value in self._values if first_day <= day), None)


def _days_after(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))


def _first_free_weekday(day: date, taken: Mapping[date, str]) -> date:
    while day.weekday() >= _SATURDAY or day in taken:
        day += _ONE_DAY
    return day
