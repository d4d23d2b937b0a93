"""What is an amount? Whole fen, never a float; shared out without losing one; written in 人民币大写."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering

_YUAN = re.compile(r"(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?", re.ASCII)


@total_ordering
@dataclass(frozen=True)
class Money:
    """An amount in whole fen. Adds, subtracts, multiplies by whole numbers, compares; never a float."""

    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int:
            raise TypeError(f"Money is whole fen, not {self.fen!r}")

    @classmethod
    def yuan(cls, amount: int) -> Money:
        """Whole yuan as an amount."""
        return cls(amount * 100)

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read `1234`, `1,234.5` or `1234.50` yuan; anything else (NaN, 1e9, three decimals, −0) is ValueError."""
        plain = text.strip()
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d{1,2})?", plain, re.ASCII):
            plain = plain.replace(",", "")
        found = _YUAN.fullmatch(plain)
        if not found:
            raise ValueError(f"not an amount in yuan: {text!r}")
        return cls(int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")))

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __mul__(self, times: int) -> Money:
        return Money(self.fen * times)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __lt__(self, other: Money) -> bool:
        return self.fen < other.fen

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        """`1,234.50`: figures with separators and two decimals, without a sign of currency."""
        sign, fen = ("-" if self.fen < 0 else ""), abs(self.fen)
        return f"{sign}{fen // 100:,}.{fen % 100:02d}"

    @property
    def plain(self) -> str:
        """`1234.50`: what a form field or a bank file holds."""
        return str(self).replace(",", "")


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """The sum; zero for none."""
    return Money(sum(amount.fen for amount in amounts))
