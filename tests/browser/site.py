"""How does a test get an office that a browser can visit? One application per process; the office behind it is exchanged.

Making the application, compiling its pages and its statements takes a second at each first visit of a page. So it is made
once and stays on its port, and each test finds behind it a fresh copy of a built office.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from waitress.server import create_server

from relief import clock, create_app
from relief.accounts import service as accounts
from relief.accounts import sessions
from relief.accounts.models import Union, User
from relief.config import Settings
from relief.consequences import run_due
from relief.db import db
from relief.domain.permissions import Role, system_actor
from relief.jobs.models import Job
from relief.jobs.running import run_now
from relief.persons.service import keep_person
from relief.policies.queries import load_calendar
from tests.browser.look import with_axe
from tests.build import PASSWORD, SYSTEM, a_household, an_id, an_office
from tests.build_cases import some_money
from tests.conftest import TODAY


class Door:
    """The way into an application; while it is shut, who comes waits outside and nobody is within.

    Answers of 500 and missing files of the pages gather in `troubles`: nobody may have to look for them.
    """

    def __init__(self, app: Flask) -> None:
        self._answer, self._turn = with_axe(app), threading.Condition()
        self._within, self._is_shut = 0, False
        self.troubles: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        """Answer a request, as a server asks."""
        with self._turn:
            self._turn.wait_for(lambda: not self._is_shut)
            self._within += 1
        try:
            return self._answer(environ, partial(self._heard, environ["PATH_INFO"], start_response))
        finally:
            with self._turn:
                self._within -= 1
                self._turn.notify_all()

    def _heard(self, path: str, start_response: Callable[..., object], status: str, *rest: object) -> object:
        if status.startswith("5") or (status.startswith("404") and path.startswith("/static/")):
            self.troubles.append(f"{status} {path}")
        return start_response(status, *rest)

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Run a block while nobody is within."""
        with self._turn:
            self._is_shut = True
            assert self._turn.wait_for(lambda: not self._within, timeout=60), "a request does not end"
        try:
            yield
        finally:
            with self._turn:
                self._is_shut = False
                self._turn.notify_all()


@dataclass(frozen=True)
class Site:
    """An application that answers at `url`; its clock is this process's clock."""

    app: Flask
    url: str
    door: Door

    def session_of(self, username: str) -> str:
        """The cookie of a session that begins now, as signing in gives it."""
        with self.app.test_request_context():
            user = db.session.scalars(db.select(User).where(User.username == username)).one()
            sessions.start(user, "127.0.0.1", "tests")
            signing = SecureCookieSessionInterface().get_signing_serializer(self.app)
            assert signing is not None
            return str(signing.dumps(dict(session)))

    def move_to(self, day: date) -> None:
        """Go on to the morning of this day and do what falls due, as the worker would."""
        clock.set_shift(datetime.combine(day, TODAY.timetz()) - datetime.now(UTC))
        with self.app.app_context():
            run_due(day, by=system_actor())

    def work(self) -> None:
        """Do the jobs that wait, as the worker would."""
        with self.app.app_context():
            for job in db.session.scalars(db.select(Job).where(Job.state == "queued")).all():
                run_now(job)

    def wait_minutes(self, minutes: int) -> None:
        """Let some minutes pass."""
        clock.set_shift(clock.shift() + timedelta(minutes=minutes))

    def after_working_days(self, days: int) -> date:
        """The day that many working days after today."""
        with self.app.app_context():
            return load_calendar().add_working_days(clock.today(), days).on


def fill(settings: Settings) -> None:
    """The cast, a second caseworker of 东风, two households that can be helped, money in a fund."""
    app = create_app(settings)
    with at_work(app):
        office = an_office()
        _colleague(office.dongfeng)
        a_household(office, "张桂兰", number=801)
        a_household(office, "单雄信", number=802)
        some_money()


def _colleague(union: Union) -> None:
    """Who comes along to a visit, so that the unit's chair is free to give the opinion."""
    person = keep_person(name="张立新", resident_id=an_id(date(1975, 5, 5), 901), by=SYSTEM)
    accounts.create_user(
        person_id=person.id, union_id=union.id, username="zhang", roles=(Role.CASEWORKER,), password=PASSWORD, by=SYSTEM
    )


@contextmanager
def at_work(app: Flask) -> Iterator[None]:
    """Inside the application, on the tests' day; afterwards the clock is as before and the database is let go."""
    with clock.moved_to(TODAY), app.app_context():
        yield
        db.session.remove()
        _let_go_of_the_database()


def _let_go_of_the_database() -> None:
    for engine in db.engines.values():
        engine.dispose()


def in_folder(built: Settings, folder: Path) -> Settings:
    """Settings of an office that lies there."""
    return replace(built, instance=folder, database_url=f"sqlite:///{folder / 'relief.db'}")


@contextmanager
def moved_into(site: Site, built: Settings) -> Iterator[Site]:
    """A fresh copy of a built office behind the door: its database and its papers, on the tests' day."""
    folder = site.app.extensions["relief"].instance
    with site.door.shut(), site.app.app_context():
        _let_go_of_the_database()
        site.app.extensions.pop("relief.queue", None)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(built.instance, folder)
        site.door.troubles.clear()
    with clock.moved_to(TODAY):
        yield site


@contextmanager
def served(settings: Settings) -> Iterator[Site]:
    """The application behind waitress on a free port of the loopback, until the block ends."""
    app, sockets, ended = create_app(settings), {}, threading.Event()
    door = Door(app)
    server = create_server(door, host="127.0.0.1", port=0, threads=8, map=sockets)

    def answer() -> None:
        while not ended.is_set():
            server.asyncore.loop(timeout=0.1, map=sockets, count=1)
        server.task_dispatcher.shutdown()
        for one in list(sockets.values()):
            one.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield Site(app, f"http://127.0.0.1:{server.effective_port}", door)
    finally:
        ended.set()
        thread.join()
        with app.app_context():
            _let_go_of_the_database()
