"""How long did they wait? Working days on both sides of a weekend and of a year without a notice; the lower middle."""

from __future__ import annotations

from datetime import date

import pytest

from relief.domain.calendar import Calendar
from relief.domain.waiting import median_wait, working_days_waited

MONDAY = date(2026, 3, 2)
KNOWN = Calendar({date(2026, 3, 7): True, date(2026, 3, 9): False}, frozenset({2026}))


@pytest.mark.parametrize(
    ("arrived_on", "days"),
    [
        (date(2026, 2, 27), 0), (MONDAY, 0), (date(2026, 3, 3), 1), (date(2026, 3, 6), 4),
        (date(2026, 3, 7), 5), (date(2026, 3, 8), 5), (date(2026, 3, 9), 5), (date(2026, 3, 10), 6),
    ],
)  # fmt: skip
def test_the_day_of_need_does_not_count_and_a_working_saturday_does(arrived_on: date, days: int) -> None:
    assert working_days_waited(MONDAY, arrived_on, KNOWN) == days


def test_a_year_whose_law_is_unknown_counts_its_weekdays() -> None:
    assert working_days_waited(date(2031, 12, 31), date(2032, 1, 5), KNOWN) == 3


@pytest.mark.parametrize(
    ("counts", "middle"), [({3: 1}, 3), ({1: 1, 9: 1}, 1), ({1: 2, 4: 1, 9: 2}, 4), ({0: 0, 5: 2}, 5)]
)
def test_half_of_them_waited_no_longer_than_the_lower_middle(counts: dict[int, int], middle: int) -> None:
    assert median_wait(counts) == middle


def test_nobody_has_no_middle() -> None:
    with pytest.raises(ValueError, match="nobody"):
        median_wait({})
