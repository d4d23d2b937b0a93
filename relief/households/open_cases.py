"""Does a household have an open case? Cases stand above households, so the cases room says so when it is loaded."""

from __future__ import annotations

from collections.abc import Callable

_checks: list[Callable[[int], bool]] = []


def register(check: Callable[[int], bool]) -> None:
    """Let a room above answer; registering the same function again changes nothing."""
    if check not in _checks:
        _checks.append(check)


def has_open_case(household_id: int) -> bool:
    """Whether any room above holds an open case of this household."""
    return any(check(household_id) for check in _checks)
