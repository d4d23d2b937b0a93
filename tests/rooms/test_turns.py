"""Does whoever waits to write get a turn before whoever writes transaction after transaction?"""

from __future__ import annotations

import fcntl
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

import relief.db  # noqa: F401 - sets up every engine
from relief import turnstile


def write(engine: sa.Engine, who: str) -> None:
    with engine.connect().execution_options(begin_immediate=True) as pen, pen.begin():
        pen.exec_driver_sql("INSERT INTO written (who) VALUES (?)", (who,))


def is_taken(place: Path) -> bool:
    with place.open("ab") as mine:
        try:
            fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def test_who_waits_writes_before_who_has_just_written(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'relief.db'}")
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE written (id INTEGER PRIMARY KEY, who TEXT)")
    other = Thread(target=write, args=(engine, "waits"))
    with engine.connect().execution_options(begin_immediate=True) as pen, pen.begin():
        pen.exec_driver_sql("INSERT INTO written (who) VALUES ('first')")
        other.start()
        while not is_taken(tmp_path / "relief.db-turn"):
            assert other.is_alive()
    for _ in range(3):
        write(engine, "again")
    other.join()
    with engine.connect() as connection:
        order = list(connection.exec_driver_sql("SELECT who FROM written ORDER BY id").scalars())
    engine.dispose()
    assert order == ["first", "waits", "again", "again", "again"]


def test_a_database_in_memory_needs_no_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    engine = sa.create_engine("sqlite://")
    with engine.connect().execution_options(begin_immediate=True) as pen, pen.begin():
        assert pen.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()
    assert list(tmp_path.iterdir()) == []


def test_nobody_waits_without_end_behind_many_others(tmp_path, monkeypatch):
    monkeypatch.setattr(turnstile, "LONGEST", 0.0)
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'relief.db'}")
    with (tmp_path / "relief.db-turn").open("ab") as theirs:
        fcntl.flock(theirs, fcntl.LOCK_EX)
        late = pytest.raises(OperationalError, match="database is locked")
        with engine.connect().execution_options(begin_immediate=True) as pen, late:
            pen.begin()
    engine.dispose()
