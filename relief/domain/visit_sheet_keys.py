"""Which figure stands for what on a visit sheet, on paper and under the fingers? One table for both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.sentences import Sentence
from relief.domain.visit_codes import Aspect, Place, Theme
from relief.domain.visiting import months_later


class Skipped(StrEnum):
    """Why nobody was met at a household of the sheet."""

    NOT_HOME = "not_home"
    MOVED = "moved"
    DECLINED = "declined"
    NO_TIME = "no_time"

    @property
    def label(self) -> Sentence:
        return _SKIPPED[self]


_SKIPPED = {
    Skipped.NOT_HOME: label("Nobody at home"),
    Skipped.MOVED: label("Has moved away"),
    Skipped.DECLINED: label("Did not want a visit"),
    Skipped.NO_TIME: label("No time left that day"),
}

UNCHANGED, DIFFERENT = "1", "2"
RESULTS: Mapping[str, Sentence] = MappingProxyType(
    {UNCHANGED: label("All unchanged"), DIFFERENT: label("Something is different")}
    | {str(key): why.label for key, why in enumerate(Skipped, start=3)}
)
SKIP_KEYS: Mapping[str, Skipped] = MappingProxyType({str(key): why for key, why in enumerate(Skipped, start=3)})
PLACE_KEYS: Mapping[str, Place] = MappingProxyType({str(key): place for key, place in enumerate(Place, start=1)})
THEME_KEYS: Mapping[str, Theme] = MappingProxyType({str(key % 10): theme for key, theme in enumerate(Theme, start=1)})
"""Ten themes, ten figures: the last one is 0, as on a keyboard."""

IN_MONTHS: Mapping[str, int] = MappingProxyType({"1": 1, "3": 3, "6": 6})
"""The next visit: in so many months."""

_BETWEEN = re.compile(r"[\s,、.;]")
_DAY = re.compile(r"(?:(\d{4})\D)?(\d{1,2})\D(\d{1,2})\D?", re.ASCII)
_RUN = re.compile(r"(\d{4})?(\d{2})(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Result:
    """What became of a row: everything unchanged, something different, or nobody met and why."""

    unchanged: bool = False
    skipped: Skipped | None = None


def read_result(text: str) -> Result:
    """The first figure of a row; RuleBroken on `result`."""
    key = _plain(text)
    if key not in RESULTS:
        raise RuleBroken("result", "Type 1 to %(most)s: what became of this visit.", most=len(RESULTS))
    return Result(key == UNCHANGED, SKIP_KEYS.get(key))


def read_place(text: str) -> Place:
    """Where it was; RuleBroken on `place`."""
    place = PLACE_KEYS.get(_plain(text))
    if place is None:
        raise RuleBroken("place", "Type 1 to %(most)s: where it was.", most=len(PLACE_KEYS))
    return place


def read_themes(text: str) -> list[Theme]:
    """The needs that were ticked, `25` is the second and the fifth; RuleBroken on `themes`."""
    keys = _BETWEEN.sub("", _plain(text))
    if not all(key in THEME_KEYS for key in keys):
        raise RuleBroken("themes", "Type the figures of the boxes that are ticked, such as 25.")
    ticked = {THEME_KEYS[key] for key in keys}
    return [theme for theme in Theme if theme in ticked]


def read_hands(text: str, most: int) -> list[int]:
    """Which visitors of the sheet went, by their numbers; RuleBroken on `hands`."""
    keys = _BETWEEN.sub("", _plain(text))
    if not re.fullmatch(r"[1-9]+", keys, re.ASCII) or max(map(int, keys)) > most:
        raise RuleBroken("hands", "Type the numbers of those who went, 1 to %(most)s.", most=most)
    return sorted(set(map(int, keys)))


def read_seen(typed: Mapping[Aspect, str], last: Mapping[Aspect, str]) -> dict[Aspect, str]:
    """What was seen: 1 beside an aspect is what stood there last time; RuleBroken on `seen_…` when nothing did."""
    seen: dict[Aspect, str] = {}
    for aspect, text in typed.items():
        if _plain(text) != UNCHANGED:
            seen[aspect] = text.strip()
        elif aspect in last:
            seen[aspect] = last[aspect]
        else:
            raise RuleBroken(f"seen_{aspect.value}", "Nothing stands here from last time. Write what you saw.")
    return {aspect: text for aspect, text in seen.items() if text}


def read_day_made(text: str, today: date) -> date | None:
    """The day of a visit, `0309` or `3.9`: the last such day that is not in the future; RuleBroken on `on`."""
    return _read_day(text, "on", lambda day: day <= today, today.year, -1)


def read_day_due(text: str, after: date) -> date | None:
    """The day by which a promise is kept: the next such day from the visit on; RuleBroken on `due`."""
    return _read_day(text, "due", lambda day: day >= after, after.year, +1)


def read_next(text: str, after: date) -> date | None:
    """The next visit: in 1, 3 or 6 months, or a day after the visit; RuleBroken on `next`."""
    months = IN_MONTHS.get(_plain(text))
    if months is not None:
        return months_later(after, months)
    return _read_day(text, "next", lambda day: day > after, after.year, +1)


def _read_day(text: str, field: str, fits: Callable[[date], bool], year: int, step: int) -> date | None:
    plain = _plain(text)
    if not plain:
        return None
    found = _DAY.fullmatch(plain) or _RUN.fullmatch(plain)
    if found is None:
        raise RuleBroken(field, "Type the day as month and day, such as 3.9 or 0309.")
    years = [int(found[1])] if found[1] else [year, year + step]
    days = [day for one in years if (day := _day(one, int(found[2]), int(found[3]))) is not None]
    if not days:
        raise RuleBroken(field, "There is no such day in the calendar.")
    return next((day for day in days if fits(day)), days[0])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, 1, 1).replace(month=month, day=day)
    except ValueError:
        return None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
