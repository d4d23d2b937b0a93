"""What is an amount? Whole fen, never a float; shared out without losing one; written in 人民币大写."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import total_ordering

_YUAN = re.compile(r"(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?", re.ASCII)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


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
        """Read `1234`, `1,234.5` or `1234.50` yuan; anything else (NaN, 1e9, −0, 0.125) is ValueError."""
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


def portion(amount: Money, numerator: int, denominator: int) -> Money:
    """`amount × numerator ÷ denominator`, rounded to a fen half up (away from zero), once, at the end."""
    if denominator <= 0 or numerator < 0:
        raise ValueError(f"not a portion: {numerator}/{denominator}")
    fen = (2 * abs(amount.fen) * numerator + denominator) // (2 * denominator)
    return Money(-fen if amount.fen < 0 else fen)


def share(amount: Money, weights: Sequence[int]) -> list[Money]:
    """Split an amount by weights; the parts add up to it exactly.

    Each part is rounded towards zero, and the fen left over go one by one to the largest remainders,
    the earlier part first where two are equal. Weights are whole numbers ≥ 0, not all zero.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError(f"weights must be whole numbers from 0, not all zero: {weights!r}")
    size, sign = abs(amount.fen), -1 if amount.fen < 0 else 1
    parts = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(size * weights[i] % whole))
    for i in by_remainder[: size - sum(parts)]:
        parts[i] += 1
    return [Money(sign * part) for part in parts]


def in_capitals(amount: Money) -> str:
    """The amount in 人民币大写, as the rules for filling in bills want it (票据填写规则).

    Ends at 元 with 整; ends at 角 or 分 without it. Where the rules leave a 零 to the writer
    (1,680.32 and 107,000.53) it is left out: 壹仟陆佰捌拾元叁角贰分, 壹拾万柒仟元伍角叁分.
    Below zero begins 人民币负, zero is 人民币零元整.
    """
    yuan, fen = divmod(abs(amount.fen), 100)
    sign = "负" if amount.fen < 0 else ""
    if not fen:
        return f"人民币{sign}{_spelled(yuan)}元整"
    whole = f"{_spelled(yuan)}元" if yuan else ""
    return f"人民币{sign}{whole}{_small_change(*divmod(fen, 10), after_yuan=bool(yuan))}"


def _small_change(jiao: int, fen: int, *, after_yuan: bool) -> str:
    tenths = f"{_DIGITS[jiao]}角" if jiao else ("零" if after_yuan else "")
    return tenths + (f"{_DIGITS[fen]}分" if fen else "")


def _spelled(number: int) -> str:
    """A whole number: its largest unit, then the rest, with one 零 where the next place is empty."""
    if number < 10:
        return _DIGITS[number]
    size, unit = next(pair for pair in _UNITS if number >= pair[0])
    head, rest = divmod(number, size)
    gap = "零" if 0 < rest * 10 < size else ""
    return _spelled(head) + unit + gap + (_spelled(rest) if rest else "")
