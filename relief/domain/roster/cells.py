"""What does a cell of a roster mean? A text, an amount, a day or a count, however the sheet kept it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from relief.domain.identity import mask_numbers
from relief.domain.money import Money

Cell: TypeAlias = "str | int | float | bool | date | datetime | time | timedelta | None"

MOST_QUOTED = 60
EMPTY_MARKS = frozenset({"", "-", "--", "—", "——", "/", "\\"})

_FIRST_SERIAL, _LAST_SERIAL = 3_654, 73_050  # Excel's day numbers of 1910 and of 2099
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_BLANKS = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_AMOUNT = re.compile(r"([-−]?)¥?(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d*))?(万)?(?:元|圆|块|块钱)?(?:整)?", re.ASCII)
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?", re.ASCII)
_COUNT = re.compile(r"(\d{1,2})(?:人|口|口人|个|名)?", re.ASCII)


class NotUnderstood(ValueError):
    """The cell holds something, but not what its column is for."""


def text(cell: Cell) -> str:
    """The cell as one line of text, as a person typed it; empty for nothing, a whole number without `.0`."""
    if isinstance(cell, str):
        return " ".join(cell.split()).removeprefix("'").strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, (int, float)):
        return _figures(cell)
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date().isoformat()
    return str(cell)


def quoted(cell: Cell) -> str:
    """The cell as a reason repeats it: its beginning, and no ID or account number that slipped into its column."""
    words = mask_numbers(text(cell))
    return words if len(words) <= MOST_QUOTED else f"{words[:MOST_QUOTED]}…"


def compact(cell: Cell) -> str:
    """The text in plain half-width letters without any space, empty for a dash: for codes and figures."""
    narrow = _BLANKS.sub("", unicodedata.normalize("NFKC", text(cell))).lstrip("'`‘’")
    return "" if narrow in EMPTY_MARKS else narrow


def amount(cell: Cell) -> Money | None:
    """Yuan as whole fen, a third decimal rounded half up; None for nothing; NotUnderstood for anything else.

    `37,400`, `37400元`, `37400.00`, `¥37400`, `3.74万元` and numbers are amounts; `约三万` is not.
    """
    written = compact(cell)
    if not written:
        return None
    found = _AMOUNT.fullmatch(written.removeprefix("人民币"))
    if not found or isinstance(cell, (bool, date, time, timedelta)):
        raise NotUnderstood(written)
    minus, whole, part, ten_thousands = found.groups()
    yuan = Decimal(f"{whole.replace(',', '')}.{part or '0'}") * (10_000 if ten_thousands else 1)
    fen = int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return Money(-fen if minus else fen)


def day(cell: Cell) -> date | None:
    """A day from a date cell, `1990.07.18`, `1992年7月4日`, `1984/1/30`, 19840130 or Excel's day number."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = compact(cell)
    if not written:
        return None
    return _real_day(written)


def month(cell: Cell) -> tuple[int, int] | None:
    """Year and month from `1984年7月` or `1984.07`; None when the cell holds no such thing."""
    found = _MONTH.fullmatch(compact(cell))
    return (int(found[1]), int(found[2])) if found else None


def count(cell: Cell) -> int | None:
    """A small whole number from `3`, `3人` or a number cell; None for nothing; NotUnderstood otherwise."""
    written = compact(cell)
    if not written:
        return None
    found = _COUNT.fullmatch(written)
    if not found:
        raise NotUnderstood(written)
    return int(found[1])


def _figures(number: int | float) -> str:
    """The number as plain figures, never `2.3E+17`: through Decimal, so that nothing is added or lost."""
    exact = Decimal(str(number))
    if exact.is_finite() and exact == exact.to_integral_value():
        return str(int(exact))
    return format(exact, "f")


def _real_day(written: str) -> date:
    found = _DAY.fullmatch(written)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if re.fullmatch(r"\d{8}", written, re.ASCII):
            return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        raise NotUnderstood(written) from None
    if re.fullmatch(r"\d{4,5}", written, re.ASCII) and _FIRST_SERIAL <= int(written) <= _LAST_SERIAL:
        return _SERIAL_DAY_ZERO + timedelta(days=int(written))
    raise NotUnderstood(written)
