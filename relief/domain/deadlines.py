"""By when is the next step due? A row of a list keeps its window's days, any other case its policy's working days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from relief.domain.aid.windows import WindowDays
from relief.domain.calendar import Calendar
from relief.domain.workflow import State

BEFORE_NOTICE = frozenset({State.DRAFT, State.SUBMITTED, State.OPINION_GIVEN})
# The day of the window that a row in a state must keep, in the order of the road.
_DAY_OF: Mapping[State, str] = MappingProxyType(
    {
        State.DRAFT: "apply_by", State.SUBMITTED: "post_by", State.OPINION_GIVEN: "post_by",
        State.ON_NOTICE: "notice_over_by", State.FORWARDED: "approve_by", State.IN_APPROVAL: "approve_by",
        State.APPROVED: "sheet_by", State.IN_PAYMENT: "pay_by",
    }
)  # fmt: skip


def due_on(
    state: State, since: date, policy: Any, calendar: Calendar, window: WindowDays | None = None
) -> date | None:
    """The day by which a case that came into a state on `since` should leave it; None where nothing waits.

    A row keeps the day of its `window`; a notice has its own end; a paid case waits its calendar days for the
    follow-up.
    """
    if window is not None and state in _DAY_OF:
        day: date = getattr(window, _DAY_OF[state])
        return day
    if state is State.PAID:
        return since + timedelta(days=policy.follow_up_within_days)
    days: int | None = getattr(policy.step_days, state.value, None)
    return calendar.add_working_days(since, days).on if days is not None else None


def next_day_of(states: Collection[str], *, decides: bool) -> str | None:
    """Which day of the window (a code of `DAY_NAMES`) comes next for rows in these states.

    The rows that are furthest behind decide; whoever `decides` hears of the decision while rows wait for one. The
    applications while there is no row, None once all are paid.
    """
    if not states:
        return "apply_by"
    waits = {State.IN_APPROVAL} if decides and State.IN_APPROVAL in states else states
    return next((_DAY_OF[state] for state in _DAY_OF if state in waits), None)


def awaits_notice(states: Collection[str]) -> bool:
    """Whether a notice is still to be posted for rows in these states, or the rows are still to come."""
    return not states or not BEFORE_NOTICE.isdisjoint(states)
