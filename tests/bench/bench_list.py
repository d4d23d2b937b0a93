"""Do 3,000 households move as one list, each step within seconds, and do its pages answer at once?

Steps are timed once, in parts as the background takes them, on both databases where PostgreSQL is there; pages by
the median of a few calls. Peer in the same run: the same verbs on rows of a short list of that window, one by one.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from relief import clock, create_app
from relief.cases import service as cases
from relief.config import for_demo
from relief.consequences import run_due
from relief.db import db, transaction
from relief.domain.month import Month
from relief.domain.permissions import Actor, system_actor
from relief.funds import service as funds
from relief.lists import service as lists
from relief.lists.papers import paper_of
from relief.lists.service.acts import NOTHING, Said
from relief.lists.service.parts import APPROVE, PROPOSE, Errand
from relief.lists.service.parts import run as run_parts
from relief.lists.service.proposing import list_to_fill
from relief.payments import service as payments
from relief.payments.facts import list_waiting
from relief.policies import service as policies
from relief.policies.lunar import lawful_days_off
from relief.policies.models import CalendarDay, CalendarYear
from relief.policies.queries import load_calendar
from relief.windows.models import AidList
from relief.windows.queries import get_window
from relief.windows.service import open_window
from tests.bench.report import Report, seconds_of
from tests.bench.row_by_row import RowByRow
from tests.build import PASSWORD, Office, an_office
from tests.build_cases import some_money
from tests.postgres import Postgres, PostgresMissing
from tests.rooms.lists.bureau import FESTIVAL, JANUARY, on_day
from tests.rooms.lists.many import Unit, many_households, some_units

ROWS = 3_000
SECONDS_A_STEP = 30
SECONDS_A_PART = 5
SECONDS_A_PAPER = 60
SECONDS_A_PAGE = 0.5
PAGE_ROUNDS = 3
FASTER_THAN_ROWS = 3


def run(report: Report) -> None:
    """The whole road of a list of 3,000 rows, on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="relief-bench-") as folder:
        _on(report, Path(folder), "SQLite", None)
        try:
            with Postgres() as server:
                _on(report, Path(folder), "PostgreSQL", server.create_database("bench"))
        except PostgresMissing as missing:
            report.note(str(missing))


def _on(report: Report, folder: Path, name: str, address: str | None) -> None:
    settings = replace(for_demo(folder / name), demo=False)
    app = create_app(replace(settings, database_url=address) if address else settings)
    with app.app_context(), _clock_put_back():
        road = lay(app, ROWS)
        report.note(f"{name}: one list of {ROWS:,} rows")
        for step, act in road.steps():
            alone = road.ones.seconds_a_row(step, road.meeting)
            taken = seconds_of(act)
            report.within(f"{name}, {step}", round(taken, 1), SECONDS_A_STEP, "s")
            if alone:
                report.was_faster(
                    f"{name}, {step}, each row", taken / ROWS, alone, peer_is="row by row", reach=FASTER_THAN_ROWS
                )
            if step in SHOWN_AFTER:
                _time_pages(report, name, step, road)
        report.within(f"{name}, longest part of a step", round(max(road.parts), 1), SECONDS_A_PART, "s")
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def _time_pages(report: Report, name: str, step: str, road: Road) -> None:
    for page, ask in road.pages():
        ask()
        taken = median(seconds_of(ask) for _ in range(PAGE_ROUNDS))
        report.within(f"{name}, {page} after {step}", round(taken, 2), SECONDS_A_PAGE, "s")
    if step == "review":
        report.within(f"{name}, paper in the background", round(seconds_of(road.paper), 1), SECONDS_A_PAPER, "s")


SHOWN_AFTER = ("propose", "review")


@dataclass
class Road:
    """A list of one unit on its way from the proposal to a sheet; `parts` are the seconds that each part took."""

    office: Office
    unit: Unit
    client: FlaskClient
    window_id: int
    fund_id: int
    ones: RowByRow
    parts: list[float] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def list_id(self) -> int:
        return db.session.scalars(sa.select(AidList.id).where(AidList.union_id == self.unit.union.id)).one()

    def steps(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Each step by its name, in the order of the road."""
        office, unit = self.office, self.unit
        list_to_fill(self.window_id, unit.union.id, by=unit.caseworker)
        yield "propose", self._step(PROPOSE, unit.caseworker)
        yield "submit", self._step("submit", unit.caseworker)
        theirs, ours = self.meeting(unit.union.id, unit.chair), self.meeting(office.bureau.id, office.sun)
        yield "give opinion", self._step("give_opinion", unit.chair, Said(note="同意", meeting_id=theirs))
        yield "post notice", lambda: lists.post_notice(self.list_id, place="林场公示栏", by=unit.caseworker)
        over = load_calendar().add_working_days(clock.today(), 6).on
        on_day(over)
        yield "notice ends", lambda: run_due(over, by=system_actor())
        yield "review", self._step("review", office.chen, Said(note="同意"))
        yield "decide", self._step(APPROVE, office.sun, Said(note="同意", fund_id=self.fund_id, meeting_id=ours))
        yield "onto a sheet", self._gather

    def pages(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """The pages that show the list; the clock moved on, so whoever looks signs in anew."""
        self.client.post("/sign-in", data={"username": "sun", "password": PASSWORD})
        yield "list", self._get(f"/lists/{self.list_id}")
        yield "window", self._get(f"/windows/{self.window_id}")
        yield "sitting", self._get(f"/windows/{self.window_id}/decide")

    def paper(self) -> object:
        """The paper that lies on the table of the meeting."""
        return paper_of(get_window(self.window_id), "zh_Hans_CN", by=self.office.sun)

    def _step(self, verb: str, by: Actor, said: Said = NOTHING) -> Callable[[], object]:
        errand = Errand(verb, self.window_id if verb == APPROVE else self.list_id, said)

        def act() -> None:
            last = time.perf_counter()

            def told(_done: int, _whole: int) -> None:
                nonlocal last
                self.parts.append(time.perf_counter() - last)
                last = time.perf_counter()

            run_parts(errand, since=clock.now(), progress=told, by=by)

        return act

    def _get(self, address: str) -> Callable[[], object]:
        def ask() -> None:
            answer = self.client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")

        return ask

    def meeting(self, union_id: int, by: Actor) -> int:
        """A meeting of a union today, as this person records it."""
        attendees = ["甲某某", "乙某某"]
        return cases.record_meeting(
            union_id, number=f"会纪{next(self.numbers)}", on=clock.today(), attendees=attendees, by=by
        ).id

    def _gather(self) -> None:
        sheet = payments.start_sheet(self.fund_id, month=Month.of(clock.today()), by=self.office.zhou)
        waiting = [one.instalment.id for one in list_waiting(self.fund_id, limit=2 * ROWS, goods=False)]
        payments.gather(sheet.id, version=sheet.version, instalment_ids=waiting, by=self.office.zhou)


def lay(app: Flask, rows: int) -> Road:
    """A fresh office with so many complete files in one unit, money in the fund, and an open window."""
    from flask_migrate import upgrade

    upgrade()
    policies.prepare(by=system_actor("bench"))
    funds.prepare(by=system_actor("bench"))
    on_day(JANUARY)
    _announce_the_year()
    office = an_office()
    fund_id = some_money(announced=2_000 * rows)
    unit, other = some_units(office, 2)
    many_households(unit.union, rows, [unit.caseworker, office.zhao])
    app.config["WTF_CSRF_ENABLED"] = False
    window_id = open_window(*FESTIVAL, by=office.chen).id
    ones = RowByRow(office, other, window_id, fund_id)
    ones.begin()
    return Road(office, unit, app.test_client(), window_id, fund_id, ones)


def _announce_the_year() -> None:
    """A notice of the holidays stands in for the State Council's: on provisional days no money goes out."""
    with transaction():
        db.session.add(CalendarYear(year=JANUARY.year, notice="国办发明电"))
        for day in lawful_days_off(JANUARY.year):
            db.session.add(CalendarDay(day=day, is_working=False, name="节假日", notice="国办发明电"))


@contextmanager
def _clock_put_back() -> Iterator[None]:
    try:
        yield
    finally:
        clock.set_shift(clock.timedelta(0))
