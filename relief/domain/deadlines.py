"""By when is the next step due? Working days per waiting state, from the policy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from relief.domain.calendar import Calendar
from relief.domain.workflow import State


def due_on(state: State, since: date, policy: Any, calendar: Calendar) -> date | None:
    """The day by which a case that came into a state on `since` should leave it; None where nothing waits.

    A notice has its own end; a paid case waits its calendar days for the follow-up.
    """
    if state is State.PAID:
        return since + timedelta(days=policy.follow_up_within_days)
    days: int | None = getattr(policy.step_days, state.value, None)
    return calendar.add_working_days(since, days).on if days is not None else None
