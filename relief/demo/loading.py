"""How is the demo filled? A roster comes in, then a year of work is lived through under a moved clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import sqlalchemy as sa

from relief import clock, consequences
from relief.accounts.models import Union
from relief.audit.service import record, seal_chains
from relief.db import db, transaction
from relief.demo import finance, routine
from relief.demo.campaigns import campaigns
from relief.demo.life import live
from relief.demo.people import BUILDER, build_office
from relief.demo.stories import STORIES
from relief.households.models import Account, Household
from relief.households.roster_import import import_file

ROSTER = Path(__file__).parent / "data" / "roster-2026.xlsx"
HOME = "东风林场"
Progress = Callable[[int, int], None]


def load(progress: Progress | None = None) -> None:
    """Fill an empty, migrated database: office, roster, a year of cases and sheets. Tells (done, whole)."""
    today = clock.today()
    with clock.moved_to(_at(today - timedelta(days=380), 0)):
        build_office()
        import_file(ROSTER, by=BUILDER, dry_run=False)
    with transaction():  # the verbs join it: a demo is whole or not there, and one commit is faster than a thousand
        _live_through(today, progress or (lambda done, whole: None))
        seal_chains()
        record("demo.loaded", "union", None, by=BUILDER)


def _live_through(today: date, progress: Progress) -> None:
    lives = [finance.income(today), finance.sheets(today), finance.last_sheet(today), finance.kits(today)]
    homes = _homes()
    lives += [live(story, home, today) for story, home in zip(STORIES, homes, strict=False)]
    others = homes[len(STORIES) :] + homes  # a household may need help twice
    lives += [routine.live(story, home, today) for story, home in zip(routine.STORIES, others, strict=False)]
    fires = others[len(routine.STORIES) :]
    lives.append(routine.emergency(fires[0], today, 64, "深夜失火，住房烧毁，暂住亲戚家。", completed=True))
    lives.append(routine.emergency(fires[1], today, 7, "电褥子短路失火，烧毁一间。", completed=False))
    lives += campaigns(today)
    waiting: list[tuple[date, int, Iterator[date]]] = []
    for number, life in enumerate(lives):
        _push(waiting, number, life, today)
    whole = len(lives)
    while waiting:
        day, number, life = heapq.heappop(waiting)
        with clock.moved_to(_at(day, number)):
            consequences.run_due(clock.today(), by=BUILDER)
            _push(waiting, number, life, today)
        progress(whole - len(waiting), whole)
    consequences.run_due(today, by=BUILDER)


def _push(waiting: list[tuple[date, int, Iterator[date]]], number: int, life: Iterator[date], today: date) -> None:
    """Let a life go on to its next day; what lies in the future has not happened."""
    day = next(life, None)
    if day is not None and day < today:
        heapq.heappush(waiting, (day, number, life))


def _homes() -> list[Household]:
    """Households of the unit that the newcomer works in, with an account."""
    return list(
        db.session.scalars(
            sa.select(Household)
            .join(Union, Union.id == Household.union_id)
            .join(Account, Account.household_id == Household.id)
            .where(Union.short_name == HOME, Account.state == "active", Household.status == "active")
            .order_by(Household.id)
        ).unique()
    )


def _at(day: date, number: int) -> datetime:
    """A moment of the office's morning, later for later lives, so that the record keeps an order."""
    return datetime.combine(day, time(9, number % 60), tzinfo=clock.SHANGHAI)
