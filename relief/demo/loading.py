"""How is the demo filled? A roster comes in, then two years of work are lived through under a moved clock."""

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
from relief.demo import clearing, emergency, exits, finance, life, routine, watching
from relief.demo.book import Book
from relief.demo.campaigns import campaigns
from relief.demo.people import BUILDER, build_office
from relief.demo.quick import in_haste
from relief.demo.rounds import rounds
from relief.demo.stories import STORIES
from relief.households.models import Account, Household
from relief.households.roster_import import import_file
from relief.policies.queries import calendar_held

ROSTER = Path(__file__).parent / "data" / "roster-2026.xlsx"
BEGAN = timedelta(days=740)
Progress = Callable[[int, int], None]


def load(progress: Progress | None = None) -> None:
    """Fill an empty, migrated database: office, roster, two years of cases and sheets. Tells (done, whole)."""
    today = clock.today()
    with calendar_held(), in_haste():
        with clock.moved_to(_at(today - BEGAN, 0)):
            build_office()
            import_file(ROSTER, by=BUILDER, dry_run=False)
        with transaction():  # the verbs join it: a demo is whole or not there, and one commit beats thousands
            book = Book()
            _live_through(today, _lives(today, book), progress or (lambda done, whole: None))
            seal_chains()
            record("demo.loaded", "union", None, by=BUILDER, changes={"stories": book.urls})


def _lives(today: date, book: Book) -> list[Iterator[date]]:
    homes = _Homes()
    return [
        finance.income(today),
        *rounds(today),
        *(life.live(one, homes.next(one.unit), today, book) for one in STORIES),
        *(routine.live(one, homes.next(one.unit), today) for one in routine.STORIES),
        *(emergency.live(one, homes.next(one.unit), today, book) for one in emergency.URGENT),
        *campaigns(today, book),
        *(finance.sheets(code, today, book) for code in finance.INCOME),
        finance.last_sheets(today),
        exits.leave(today, book),
        clearing.clear(today),
        watching.watch(today, book),
    ]


def _live_through(today: date, lives: list[Iterator[date]], progress: Progress) -> None:
    waiting: list[tuple[date, int, Iterator[date]]] = []
    for number, one in enumerate(lives):
        _push(waiting, number, one, today)
    first, lived_until = waiting[0][0], date.min
    while waiting:
        day, number, one = heapq.heappop(waiting)
        with clock.moved_to(_at(day, number)):
            if day > lived_until:
                consequences.run_due(day, by=BUILDER)
                lived_until = day
                progress((day - first).days, (today - first).days)
            _push(waiting, number, one, today)
    consequences.run_due(today, by=BUILDER)


def _push(waiting: list[tuple[date, int, Iterator[date]]], number: int, one: Iterator[date], today: date) -> None:
    """Let a life go on to its next day; what lies in the future has not happened."""
    day = next(one, None)
    if day is not None and day < today:
        heapq.heappush(waiting, (day, number, one))


class _Homes:
    """Households with an account, handed out unit by unit, so that two stories seldom meet in one house."""

    def __init__(self) -> None:
        self._of: dict[str, list[Household]] = {}
        rows = db.session.execute(
            sa.select(Union.short_name, Household)
            .join(Union, Union.id == Household.union_id)
            .join(Account, Account.household_id == Household.id)
            .where(Account.state == "active", Household.status == "active")
            .order_by(Household.id)
        ).unique()
        for unit, household in rows:
            self._of.setdefault(unit, []).append(household)

    def next(self, unit: str) -> Household:
        """The unit's next household; the first one comes again after the last."""
        homes = self._of[unit]
        homes.append(homes.pop(0))
        return homes[-1]


def _at(day: date, number: int) -> datetime:
    """A moment of the office's morning, later for later lives, so that the record keeps an order."""
    return datetime.combine(day, time(9, number % 60), tzinfo=clock.SHANGHAI)
