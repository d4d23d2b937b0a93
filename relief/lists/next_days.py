"""What comes next in a window, and how many working days are left for it? Said while there is still time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from relief import clock
from relief.domain.aid.windows import DAY_NAMES, window_warning
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import State
from relief.policies.queries import load_calendar
from relief.windows.models import AidWindow

# The day of the window that rows of a state must keep; the state that is furthest behind decides.
_DAY_OF = {
    State.DRAFT: "apply_by", State.SUBMITTED: "post_by", State.OPINION_GIVEN: "post_by",
    State.ON_NOTICE: "notice_over_by", State.FORWARDED: "approve_by", State.IN_APPROVAL: "approve_by",
    State.APPROVED: "sheet_by", State.IN_PAYMENT: "pay_by",
}  # fmt: skip


@dataclass(frozen=True)
class NextDay:
    """What comes next and by when; `tone` is calm, warn while few days are left, bad after the day."""

    text: Sentence
    tone: str


def what_waits(states: Collection[str], *, decides: bool) -> Collection[str]:
    """The states that this person is told about: whoever decides hears of the decision while rows wait for it."""
    return {State.IN_APPROVAL} if decides and State.IN_APPROVAL in states else states


def next_day(window: AidWindow, states: Collection[str]) -> NextDay | None:
    """What the rows in these states wait for; applications while there is none, nothing once all are paid."""
    code = "apply_by" if not states else next((_DAY_OF[one] for one in _DAY_OF if one in states), None)
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
