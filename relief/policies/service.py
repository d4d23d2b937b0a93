"""How do the calendar and the first policies get into an empty database?"""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, transaction
from relief.domain.aid import kinds
from relief.domain.aid.kind import policy_as_data, policy_hash
from relief.domain.permissions import Actor
from relief.policies.models import CalendarDay, CalendarYear, PolicyVersion

FIRST_YEAR = 2024
FIRST_DAY = date(2024, 1, 1)
SOURCE = "国务院办公厅关于%s年部分节假日安排的通知"


def prepare(*, by: Actor) -> None:
    """Seed the noticed years and version 1 of every kind's policy, once; a second call changes nothing."""
    with transaction():
        known = set(db.session.scalars(sa.select(CalendarYear.year)))
        for year in _noticed_years():
            if year not in known:
                _seed_year(year, by)
        with_policy = set(db.session.scalars(sa.select(PolicyVersion.kind)))
        for code in kinds():
            if code not in with_policy:
                _seed_policy(code, by)


def _noticed_years() -> list[int]:
    from chinese_calendar.constants import holidays

    last = max(day.year for day in holidays if day.month > 1)
    return list(range(FIRST_YEAR, last + 1))


def _seed_year(year: int, by: Actor) -> None:
    from chinese_calendar import get_holiday_detail, is_workday

    db.session.add(CalendarYear(year=year, notice=SOURCE % year))
    day = date(year, 1, 1)
    while day.year == year:
        works = is_workday(day)
        if works != (day.weekday() < 5):
            name = get_holiday_detail(day)[1] or ""
            db.session.add(CalendarDay(day=day, is_working=works, name=name, notice=SOURCE % year))
        day += timedelta(days=1)
    record("calendar.seed", "calendar_year", year, by=by, changes={"notice": SOURCE % year})


def _seed_policy(code: str, by: Actor) -> None:
    policy = kinds()[code].default_policy()
    version = PolicyVersion(
        kind=code, number=1, since=FIRST_DAY, config=policy_as_data(policy), hash=policy_hash(policy),
        published_at=clock.now(),
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    record("policy.seed", "policy_version", version.id, by=by, changes={"kind": code, "hash": version.hash})
