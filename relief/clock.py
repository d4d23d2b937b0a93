"""What day and time is it? The only file that asks; business dates are Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_shift = timedelta(0)
_followed: Callable[[], timedelta] | None = None


def now() -> datetime:
    """The moment, in UTC; in the demo and the tests it may be moved."""
    return datetime.now(UTC) + shift()


def machine_now() -> datetime:
    """The machine's own moment, in UTC, whatever the demo's day is: for leases and time-outs only."""
    return datetime.now(UTC)


def today() -> date:
    """The business date in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def business_date(moment: datetime) -> date:
    """The Shanghai date of a moment."""
    return moment.astimezone(SHANGHAI).date()


def shift() -> timedelta:
    """How far the clock is moved from the machine's."""
    return _shift + (_followed() if _followed else timedelta(0))


def follow(source: Callable[[], timedelta] | None) -> None:
    """Move this process's clock by what `source` says at each look: the demo's processes share one day."""
    global _followed
    _followed = source


def set_shift(moved: timedelta) -> None:
    """Move the clock for this process. Only the demo and the tests do."""
    global _shift
    _shift = moved


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Run a block as if it were `moment` (UTC or with a zone); the demo tells its past this way."""
    before, source = _shift, _followed
    follow(None)
    set_shift(moment - datetime.now(UTC))
    try:
        yield
    finally:
        set_shift(before)
        follow(source)
