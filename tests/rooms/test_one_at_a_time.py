"""Does whoever waits for others hear so in time, and does a kind of work wait for its own kind only?"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from relief import turnstile
from relief.accounts.lockout import count_try
from relief.accounts.models import SignInFailure
from relief.db import db, one_at_a_time, transaction


@pytest.fixture
def impatient(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever waits for a lock here gives up at once."""
    monkeypatch.setattr(turnstile, "LONGEST", 0.0)

    def on_sqlite(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")  # before the transaction begins: its beginning is what waits

    def on_postgresql(connection: sa.Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout='50ms'")

    moment, give_up_soon = ("checkout", on_sqlite) if db.engine.dialect.name == "sqlite" else ("begin", on_postgresql)
    event.listen(db.engine, moment, give_up_soon)
    yield
    event.remove(db.engine, moment, give_up_soon)
    db.session.remove()


@pytest.fixture
def roster(app: Flask) -> Iterator[None]:
    """Somebody else applies a roster and does not come to an end."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one pen for all work")
    begun, over = Event(), Event()

    def apply() -> None:
        with app.app_context(), transaction():
            one_at_a_time("apply a roster")
            begun.set()
            over.wait(60)

    other = Thread(target=apply)
    other.start()
    assert begun.wait(60)
    yield
    over.set()
    other.join()


def test_a_roster_under_way_stops_no_sign_in(impatient, roster):
    count_try("zhou", "192.0.2.7")


def test_two_of_one_kind_wait_for_each_other(impatient, roster):
    with pytest.raises(OperationalError), transaction():
        one_at_a_time("apply a roster")


def test_a_request_that_gets_no_turn_ends_in_a_sentence(app, impatient):
    app.config["WTF_CSRF_ENABLED"] = False
    with db.engine.connect().execution_options(begin_immediate=True) as other, other.begin():
        if db.engine.dialect.name == "postgresql":
            other.execute(sa.text(f"LOCK TABLE {SignInFailure.__tablename__} IN ACCESS EXCLUSIVE MODE"))
        answer = app.test_client().post("/sign-in", data={"username": "zhou", "password": "x" * 12})
    assert answer.status_code == 503
    assert "这一次没有轮到" in answer.text
    assert answer.headers["Retry-After"] == "60"


def test_postgresql_waits_for_a_lock_no_longer_than_sqlite(app):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("the settings of PostgreSQL")
    assert db.session.scalar(sa.text("SHOW lock_timeout")) == "15s"
    assert db.session.scalar(sa.text("SHOW idle_in_transaction_session_timeout")) == "5min"
