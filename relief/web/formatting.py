"""How are amounts, days, moments, months and names written for the reader?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask

from relief.domain.money import Money
from relief.web.catalogue import counted as ngettext
from relief.web.catalogue import language_now

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTHING = "—"


def in_chinese() -> bool:
    """Whether the current page is Chinese (also outside a request: Chinese is the house's language)."""
    return language_now() == "zh"


def money(amount: Money | None) -> str:
    """`¥1,234.50`; a dash for no amount; a true minus before the sign of currency."""
    if amount is None:
        return NOTHING
    return f"−¥{-amount}" if amount.fen < 0 else f"¥{amount}"


def day(value: date | None) -> str:
    """`2026年2月26日` or `26 February 2026`."""
    if value is None:
        return NOTHING
    if in_chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return format_date(value, "d MMMM yyyy", locale="en")


def short_day(value: date | None) -> str:
    """`2月26日` or `26 Feb`: where the year is plain from its place."""
    if value is None:
        return NOTHING
    return f"{value.month}月{value.day}日" if in_chinese() else format_date(value, "d MMM", locale="en")


def days(count: int) -> str:
    """`3 天` or `3 days`."""
    return _days(count, language_now())


@lru_cache(maxsize=4096)
def _days(count: int, language: str) -> str:
    return ngettext("%(num)s day", "%(num)s days", count) % {"num": count}


def moment(value: datetime | None) -> str:
    """A UTC moment on the wall clock of Shanghai: `2026年2月26日 14:05` or `26 February 2026, 14:05`."""
    if value is None:
        return NOTHING
    there = in_shanghai(value)
    return f"{day(there.date())}{' ' if in_chinese() else ', '}{there:%H:%M}"


def in_shanghai(value: datetime) -> datetime:
    """The moment in Asia/Shanghai; a naive value is UTC, as the database keeps it."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(SHANGHAI)


def month(value: date | str | None) -> str:
    """`2026年2月` or `February 2026`, from a date or from `2026-02` or `202602`."""
    if not value:
        return NOTHING
    first = value if isinstance(value, date) else _first_of(value)
    if in_chinese():
        return f"{first.year}年{first.month}月"
    return format_date(first, "MMMM yyyy", locale="en")


def short_month(value: date | str | None) -> str:
    """`2月` or `Feb`: under the bars of a chart."""
    if not value:
        return NOTHING
    first = value if isinstance(value, date) else _first_of(value)
    return f"{first.month}月" if in_chinese() else format_date(first, "MMM", locale="en")


def size(count: int) -> str:
    """A number of bytes as people read it: `640 kB`, `2.4 MB`, `78.3 GB`."""
    if count >= 1_000_000_000:
        return f"{count / 1_000_000_000:.1f} GB"
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, count // 1000)} kB"


def initials(name: str | None) -> str:
    """What stands in the round mark of a person: the last two Han characters, or two first letters."""
    plain = (name or "").strip()
    if not plain:
        return "?"
    if plain.isascii():
        return "".join(part[0] for part in plain.split()[:2]).upper()
    return plain.replace("·", "")[-2:]


def register(app: Flask) -> None:
    """Give the templates their filters and the words that the macros use."""
    from relief.web import charts, kept_rows, marks, people, tables
    from relief.web.sentences import words

    filters = {
        "money": money, "day": day, "short_day": short_day, "moment": moment, "month": month,
        "short_month": short_month, "days": days, "size": size, "initials": initials, "sentence": words,
    }  # fmt: skip
    app.jinja_env.filters.update(filters)
    people.register(app)
    charts.register(app)
    tables.register(app)
    kept_rows.register(app)
    marks.register(app)


def _first_of(text: str) -> date:
    digits = text.replace("-", "")
    return date(int(digits[:4]), int(digits[4:6]), 1)
