"""What comes next in a window, and how many working days are left for it? Said while there is still time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from relief import clock
from relief.domain.aid.windows import DAY_NAMES, window_warning
from relief.domain.deadlines import next_day_of
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.policies.queries import load_calendar
from relief.windows.models import AidWindow


@dataclass(frozen=True)
class NextDay:
    """What comes next and by when; `tone` is calm, warn while few days are left, bad after the day."""

    text: Sentence
    tone: str


def next_day(window: AidWindow, states: Collection[str], *, by: Actor) -> NextDay | None:
    """What the rows in these states wait for, as this actor is told on every page; None once all are paid."""
    code = next_day_of(states, decides=by.can("case.approve"))
    if code is None:
        return None
    today, calendar, day = clock.today(), load_calendar(), getattr(window, code)
    warning = window_warning(window, code, today, calendar)
    if warning is not None:
        return NextDay(warning, "warn" if today <= day else "bad")
    left = calendar.working_days_between(today, day)
    told = sentence(
        "Next: %(step)s %(day)s. Working days left: %(left)s.", step=dict(DAY_NAMES)[code], day=day, left=left
    )
    return NextDay(told, "calm")
