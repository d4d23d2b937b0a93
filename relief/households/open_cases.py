"""Does a household have an open case? Cases stand above households, so the cases room says so when it is loaded."""

from __future__ import annotations

from relief.providers import Providers

_checks: Providers[[int], bool] = Providers()
_bars: Providers[[int], bool] = Providers()
register, register_bar = _checks.register, _bars.register


def has_open_case(household_id: int) -> bool:
    """Whether any room above holds an open case of this household."""
    return any(_checks.answers(household_id))


def bars_closing(household_id: int) -> bool:
    """Whether a file cannot be closed yet: aid that ends by itself when the household leaves does not bar it."""
    return any(_bars.answers(household_id))
