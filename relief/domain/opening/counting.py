"""What of the time before Relief counts towards a year's limits? What was paid in it, and what a standing award pays.

A standing award counts with each of its months that lie in the year, also those to come: they are promised. A month
that an imported sheet shows as paid is counted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from relief.domain.money import ZERO, Money
from relief.domain.month import Month
from relief.domain.opening.rows import PAID


class PastAid(Protocol):
    """What counting needs of a past award."""

    kind: str
    item: str | None
    form: str
    amount: Money
    on: date
    until_month: str | None


One = TypeVar("One", bound=PastAid)


def counted_in_year(past: Sequence[One], year: int) -> list[tuple[One, Money]]:
    """Each past award of one household with what of it counts in the year; those that count nothing are left out."""
    paid = [one for one in past if one.form == PAID]
    counted = ((one, _of_year(one, year, paid)) for one in past)
    return [(one, amount) for one, amount in counted if amount > ZERO]


def months_of(award: PastAid) -> list[Month]:
    """The months of a standing award, the first and the last among them."""
    month, months = Month.of(award.on), []
    last = Month.parse(award.until_month) if award.until_month else month
    while month <= last:
        months.append(month)
        month = month.next()
    return months


def _of_year(award: PastAid, year: int, paid: Iterable[PastAid]) -> Money:
    if award.form == PAID:
        return award.amount if award.on.year == year else ZERO
    shown = {Month.of(one.on) for one in paid if _pays(one, award)}
    return award.amount * sum(month.year == year and month not in shown for month in months_of(award))


def _pays(paid: PastAid, standing: PastAid) -> bool:
    """Whether a row of a sheet pays a month of the standing award: the same item, or the same sum without one."""
    if paid.kind != standing.kind:
        return False
    return paid.item == standing.item or (paid.item is None and paid.amount == standing.amount)
