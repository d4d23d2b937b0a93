"""By what else can the list of files be filtered? Rooms above households register what they know of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from relief.web.filters import Filter

Condition = Callable[[str], sa.ColumnElement[bool]]
_filters: dict[str, tuple[Filter, Condition]] = {}


def register(one: Filter, condition: Condition) -> None:
    """Let a room offer a filter; `condition(code)` says which households fit, on `Household`."""
    _filters[one.name] = (one, condition)


def declared() -> list[Filter]:
    """The filters of all rooms above."""
    return [one for one, _condition in _filters.values()]


def conditions(chosen: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    """What those of them that are set ask for."""
    return [condition(str(chosen[name])) for name, (_one, condition) in _filters.items() if name in chosen]
