"""Which days are worked? The calendar is kept by the policies above, which say so when they are loaded."""

from __future__ import annotations

from collections.abc import Callable

from relief.domain.calendar import Calendar

Load = Callable[[], Calendar]
_loads: list[Load] = []


def register(load: Load) -> None:
    """Let the room that keeps the calendar answer; the last one registered does."""
    _loads[:] = [load]


def load_calendar() -> Calendar:
    """The working-day calendar of the office."""
    return _loads[0]()
