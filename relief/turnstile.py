"""In which order do writers get SQLite's one pen? Whoever has just written goes behind those who wait."""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy.exc import OperationalError

LONGEST = 15.0  # seconds, as SQLite itself waits for the pen
ASK_AGAIN = 0.01


@contextmanager
def in_turn(database: str | None) -> Iterator[None]:
    """Stand alone before the writer's lock of this database file; nothing to do for one in memory.

    SQLite lets whoever asks at the right moment write, and those who wait only ask again now and then: who writes
    many transactions in a row would keep the pen. Here one waits for the pen and the others wait for that one's place,
    whatever process they are in. The place is a lock on a file beside the database, given up when its holder dies.
    OperationalError, as of a locked database, for whoever did not come to it in time: nobody waits behind many others.
    """
    if not database or database == ":memory:":
        yield
        return
    with Path(f"{database}-turn").open("ab") as place:
        _take(place, time.monotonic() + LONGEST)
        yield


def _take(place: IO[bytes], until: float) -> None:
    while True:
        try:
            return fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                late = sqlite3.OperationalError("database is locked")
                raise OperationalError("BEGIN IMMEDIATE", None, late) from None
        time.sleep(ASK_AGAIN)
