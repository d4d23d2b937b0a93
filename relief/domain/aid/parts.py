"""What is an award made of? Cash and goods, and the months in which each part falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relief.domain.aid.policy import Kit
from relief.domain.money import ZERO, Money, share
from relief.domain.month import Month


@dataclass(frozen=True)
class Due:
    """An instalment: what falls due in which month."""

    month: Month
    amount: Money


@dataclass(frozen=True)
class Part:
    """A part of an award: `form` is cash or goods; `kit` names the goods. The instalments add up to the amount."""

    form: str
    amount: Money
    dues: tuple[Due, ...]
    kit: Kit | None = None


def cash(amount: Money, on: date) -> tuple[Part, ...]:
    """One sum, due in the month of the day; nothing for zero."""
    return (Part("cash", amount, (Due(Month.of(on), amount),)),) if amount > ZERO else ()


def goods(kit: Kit, on: date) -> tuple[Part, ...]:
    """One kit, handed over in the month of the day."""
    return (Part("goods", kit.price, (Due(Month.of(on), kit.price),), kit),)


def monthly(amount: Money, months: int, on: date) -> tuple[Part, ...]:
    """A sum in equal months from the month of the day on; a fen left over goes to the earlier months.

    Nothing for zero; a month that a tiny sum does not reach is left out.
    """
    dues, month = [], Month.of(on)
    for one in share(amount, [1] * months):
        dues += [Due(month, one)] if one > ZERO else []
        month = month.next()
    return (Part("cash", amount, tuple(dues)),) if dues else ()
