"""Which windows are there: those that the policies give, and those that were opened?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from relief.db import db
from relief.domain.aid import kinds
from relief.domain.aid.kind import Kind, Window
from relief.domain.errors import NotYours
from relief.policies.lunar import lunar_year
from relief.policies.queries import get_policy_version, load_calendar, policy_of
from relief.windows.models import AidList, AidWindow


@dataclass(frozen=True)
class Computed:
    """A window as the policy in force gives it."""

    kind: Kind
    window: Window


def computed_windows(on: date) -> list[Computed]:
    """The windows of the list kinds that are not over on the day, this year's and next year's, the earliest first."""
    calendar = load_calendar()
    found = [
        Computed(kind, window)
        for kind in kinds().values() if kind.way == "list"
        for year in (on.year, on.year + 1)
        for window in kind.windows(year, policy_of(get_policy_version(kind.code, on)), calendar, lunar_year(year))
        if window.pay_by >= on
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.window.pay_by)


def unopened_windows(on: date) -> list[Computed]:
    """Those of them that nobody opened yet."""
    opened = {(row.kind, row.code) for row in db.session.execute(sa.select(AidWindow.kind, AidWindow.code))}
    return [one for one in computed_windows(on) if (one.kind.code, one.window.code) not in opened]


def list_windows(*, only_open: bool = False) -> Sequence[AidWindow]:
    """The opened windows, the one to be paid next first; closed ones last."""
    statement = sa.select(AidWindow).order_by(AidWindow.closed_at.is_not(None), AidWindow.pay_by.desc(), AidWindow.id)
    return db.session.scalars(statement.where(AidWindow.closed_at.is_(None)) if only_open else statement).all()


def get_window(window_id: int) -> AidWindow:
    """The window; every union of the bureau works in the same ones."""
    row = db.session.get(AidWindow, window_id)
    if row is None:
        raise NotYours
    return row


def find_list(window_id: int, union_id: int) -> AidList | None:
    """The unit's list in a window."""
    return db.session.scalar(
        sa.select(AidList).where(AidList.window_id == window_id, AidList.union_id == union_id)
    )
