"""How does a test get an office that a browser can visit? A copy of one built database, served on a free port."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from jinja2.bccache import Bucket, BytecodeCache
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
from tests.build import PASSWORD, SYSTEM, a_household, an_id, an_office
from tests.build_cases import some_money
from tests.conftest import TODAY


class Compiled(BytecodeCache):
    """Templates as this process compiled them once: each site would take a second of every test for them."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept for this template in this wording."""
        if bucket.key + bucket.checksum in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key + bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next site."""
        self._kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


COMPILED = Compiled()


@dataclass(frozen=True)
class Site:
    """An application that answers at `url`; its clock is this process's clock."""

    app: Flask
    url: str

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
        for engine in db.engines.values():
            engine.dispose()


def copy_of(built: Settings, folder: Path, **changes: object) -> Settings:
    """Settings of a fresh copy of a built office: its database and its papers."""
    shutil.copytree(built.instance, folder, dirs_exist_ok=True)
    return replace(built, instance=folder, database_url=f"sqlite:///{folder / 'relief.db'}", **changes)


@contextmanager
def served(settings: Settings) -> Iterator[Site]:
    """The application behind waitress on a free port of the loopback, on the tests' day, until the block ends.

    A demo's clock follows its own day; it is let go with it, so that no other site is moved.
    """
    with clock.moved_to(TODAY):
        yield from _answering(settings)


def _answering(settings: Settings) -> Iterator[Site]:
    app, sockets, ended = create_app(settings), {}, threading.Event()
    app.jinja_env.bytecode_cache = COMPILED
    server = create_server(app, host="127.0.0.1", port=0, threads=8, map=sockets)

    def answer() -> None:
        while not ended.is_set():
            server.asyncore.loop(timeout=0.1, map=sockets, count=1)
        server.task_dispatcher.shutdown()
        for one in list(sockets.values()):
            one.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield Site(app, f"http://127.0.0.1:{server.effective_port}")
    finally:
        ended.set()
        thread.join()
        clock.follow(None)
        clock.set_shift(timedelta(0))
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()
