"""What of the time before counts towards a year's limits: payments of the year, months of standing awards, once each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relief.domain.money import Money, total
from relief.domain.opening import counted_in_year


@dataclass
class Past:
    form: str
    on: date
    amount: Money
    until_month: str | None = None
    kind: str = "routine"
    item: str | None = "living"


def paid(on: date, yuan: int, **more: str | None) -> Past:
    return Past("paid", on, Money.yuan(yuan), **more)  # type: ignore[arg-type]


def standing(first: date, last: str, yuan: int) -> Past:
    return Past("standing", first, Money.yuan(yuan), last)


def counted(year: int, *past: Past) -> Money:
    return total(amount for _, amount in counted_in_year(past, year))


def test_a_payment_counts_in_the_year_of_its_day() -> None:
    past = [paid(date(2025, 12, 31), 500), paid(date(2026, 1, 1), 400)]
    assert counted(2025, *past) == Money.yuan(500)
    assert counted(2026, *past) == Money.yuan(400)
    assert counted(2027, *past) == Money(0)


def test_a_standing_award_counts_with_its_months_in_the_year_to_its_end() -> None:
    past = standing(date(2025, 11, 1), "2026-04", 300)
    assert counted(2025, past) == Money.yuan(600)
    assert counted(2026, past) == Money.yuan(1200)
    assert counted(2026, standing(date(2026, 3, 1), "2026-03", 300)) == Money.yuan(300)


def test_a_month_that_a_sheet_shows_as_paid_counts_once() -> None:
    past = standing(date(2026, 1, 1), "2026-04", 300)
    january = paid(date(2026, 1, 10), 300)
    assert counted(2026, past, january) == counted(2026, january, past) == Money.yuan(1200)
    assert counted(2026, past, paid(date(2026, 1, 10), 350)) == Money.yuan(1250)


def test_only_the_same_help_is_taken_for_the_months_payment() -> None:
    past = standing(date(2026, 1, 1), "2026-02", 300)
    assert counted(2026, past, paid(date(2026, 1, 10), 300, item="medical")) == Money.yuan(900)
    assert counted(2026, past, paid(date(2026, 1, 10), 300, kind="special", item=None)) == Money.yuan(900)
    assert counted(2026, past, paid(date(2026, 1, 10), 300, item=None)) == Money.yuan(600)
    assert counted(2026, past, paid(date(2026, 1, 10), 299, item=None)) == Money.yuan(899)
