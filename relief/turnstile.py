"""In which order do writers get SQLite's one pen? Whoever has just written goes behind those who wait."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def in_turn(database: str | None) -> Iterator[None]:
    """Stand alone before the writer's lock of this database file; nothing to do for one in memory.

    SQLite lets whoever asks at the right moment write, and those who wait only ask again now and then: who writes
    many transactions in a row would keep the pen. Here one waits for the pen and the others wait for that one's place,
    whatever process they are in. The place is a lock on a file beside the database, given up when its holder dies.
    """
    if not database or database == ":memory:":
        yield
        return
    with Path(f"{database}-turn").open("ab") as place:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
