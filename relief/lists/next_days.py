"""What comes next in a window, and how many working days are left for it? Said while there is still time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.cases.models import Case
from relief.db import db
from relief.domain.aid.windows import DAY_NAMES, window_warning
from relief.domain.deadlines import BEFORE_NOTICE, next_day_of
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import WITHOUT_AID
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


def all_on_notice(window_ids: Sequence[int], *, by: Actor) -> set[int]:
    """The windows whose rows within the actor's subtree have all come to their notice; none without a row."""
    mine = sa.select(Case.window_id).where(
        Case.window_id.in_(window_ids), Case.state.not_in(WITHOUT_AID), within(Case.union_id, by)
    )
    waiting = mine.where(Case.state.in_(BEFORE_NOTICE))
    return {one for one in db.session.scalars(mine.except_(waiting)) if one is not None}


def days_left(window: AidWindow) -> int:
    """Days up to the last safe day for the notice, below zero after it."""
    return (window.last_safe_day - clock.today()).days
