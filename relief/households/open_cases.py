"""Does a household have an open case? Cases stand above households, so the cases room says so when it is loaded."""

from __future__ import annotations

from collections.abc import Callable

_checks: list[Callable[[int], bool]] = []
_bars: list[Callable[[int], bool]] = []


def register(check: Callable[[int], bool]) -> None:
    """Let a room above answer; registering the same function again changes nothing."""
    if check not in _checks:
        _checks.append(check)


def has_open_case(household_id: int) -> bool:
    """Whether any room above holds an open case of this household."""
    return any(check(household_id) for check in _checks)


def register_bar(check: Callable[[int], bool]) -> None:
    """Let a room above say whether a case bars the closing of the file."""
    if check not in _bars:
        _bars.append(check)


def bars_closing(household_id: int) -> bool:
    """Whether a file cannot be closed yet: aid that ends by itself when the household leaves does not bar it."""
    return any(check(household_id) for check in _bars)
