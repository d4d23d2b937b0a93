"""Which calendar and which policy hold on a day?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.aid.kind import policy_hash
from relief.domain.calendar import Calendar
from relief.policies.lunar import lawful_days_off
from relief.policies.models import CalendarDay, CalendarYear, PolicyVersion

YEARS_AHEAD = 3
_held: dict[int, Calendar] | None = None


def load_calendar() -> Calendar:
    """The working-day calendar: noticed days, and the lawful days off of the years that wait for a notice."""
    if _held is None:
        return _read_calendar()
    year = clock.today().year
    if year not in _held:
        _held[year] = _read_calendar()
    return _held[year]


@contextmanager
def calendar_held() -> Iterator[None]:
    """Read the calendar once a year inside: only for one process that works alone and changes no day of it."""
    global _held
    _held = {}
    try:
        yield
    finally:
        _held = None


def _read_calendar() -> Calendar:
    rows = db.session.execute(sa.select(CalendarDay.day, CalendarDay.is_working)).all()
    noticed = frozenset(db.session.scalars(sa.select(CalendarYear.year)))
    this_year = clock.today().year
    law: dict[date, str] = {}
    for year in range(this_year - 1, this_year + YEARS_AHEAD):
        if year not in noticed:
            law |= lawful_days_off(year)
    return Calendar({row.day: row.is_working for row in rows}, noticed, law)


def get_policy_version(kind: str, on: date) -> PolicyVersion:
    """The version of a kind's policy in force on a day."""
    return db.session.scalars(
        sa.select(PolicyVersion)
        .where(PolicyVersion.kind == kind, PolicyVersion.since <= on)
        .where(sa.or_(PolicyVersion.until.is_(None), PolicyVersion.until >= on))
        .order_by(PolicyVersion.number.desc())
        .limit(1)
    ).one()


def policy_of(version: PolicyVersion) -> Any:
    """The typed policy that a version stands for.

    Until versions are edited as data there is one per kind, its defaults; the hash proves that they are the same.
    """
    policy = find_kind(version.kind).default_policy()
    if policy_hash(policy) != version.hash:
        raise ValueError(f"the stored policy of {version.kind} differs from the rule book")
    return policy
