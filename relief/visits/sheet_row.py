"""What was typed into a row of a visit sheet, and what does it mean? Figures become codes, days and names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from relief.domain.errors import Refusal, RuleBroken, collected
from relief.domain.visit_codes import Aspect, Place
from relief.domain.visit_sheet_keys import (
    Skipped,
    read_day_due,
    read_day_made,
    read_hands,
    read_next,
    read_place,
    read_result,
    read_seen,
    read_themes,
)
from relief.visits.given import Told

T = TypeVar("T")
HEAD = "1"


@dataclass(frozen=True)
class TypedRow:
    """A row as it was meant: why nobody was met, or who went, what is told, and what was promised."""

    skipped: Skipped | None = None
    hands: tuple[int, ...] = ()
    told: Told | None = None
    promise: tuple[str, int, date] | None = None


def read_row(
    typed: Mapping[str, str], *, visitors: int, head: str, last: Mapping[Aspect, str], today: date
) -> TypedRow:
    """The row as it was meant; RuleBroken with every other refusal attached as `others`.

    `typed` maps the fields of `RowForm` to text, `visitors` counts those of the sheet, `last` is what was seen last.
    """
    refusals: list[Refusal] = []
    result = _tried(refusals, lambda: read_result(typed["result"]))
    if result is None:
        collected(refusals)
        raise AssertionError("a row without a result was refused")
    if result.skipped is not None:
        return TypedRow(result.skipped)
    hands = _tried(refusals, lambda: read_hands(typed["hands"], visitors)) or []
    on = _tried(refusals, lambda: read_day_made(typed["on"], today)) or today
    seen = {} if result.unchanged else _tried(refusals, lambda: read_seen(_aspects(typed), last)) or {}
    themes = _tried(refusals, lambda: read_themes(typed["themes"])) or []
    told = Told(
        on=on, place=_tried(refusals, lambda: read_place(typed["place"])) or Place.HOME,
        talked_to=head if typed["talked_to"].strip() == HEAD else typed["talked_to"], unchanged=result.unchanged,
        seen=seen, needs=dict.fromkeys(themes, ""), next_on=_tried(refusals, lambda: read_next(typed["next"], on)),
        note=typed["note"],
    )  # fmt: skip
    promise = _tried(refusals, lambda: _promise(typed, visitors, on))
    collected(refusals)
    return TypedRow(None, tuple(hands), told, promise)


def _aspects(typed: Mapping[str, str]) -> dict[Aspect, str]:
    return {aspect: typed[f"seen_{aspect.value}"] for aspect in Aspect}


def _promise(typed: Mapping[str, str], visitors: int, on: date) -> tuple[str, int, date] | None:
    text = typed["promise"].strip()
    if not text:
        return None
    due = read_day_due(typed["due"], on)
    if due is None:
        raise RuleBroken("due", "A promise has a day by which it is kept.")
    return text, _keeper(typed["owner"], visitors), due


def _keeper(text: str, visitors: int) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= visitors:
        raise RuleBroken("owner", "Type the number of the visitor who keeps it, 1 to %(most)s.", most=visitors)
    return int(text)


def _tried(refusals: list[Refusal], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except RuleBroken as refusal:
        refusals.append(refusal)
        return None
