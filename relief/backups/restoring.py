"""How does a database come back from a back-up? Checked whole before anything is touched, then put there at once."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from relief.backups.copying import SQLITE, engine_of, plain_address, with_password
from relief.backups.sealed_file import Header, open_file, read_header
from relief.config import ROOT
from relief.domain.errors import RuleBroken

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_BUSY = (5, 6)  # SQLITE_BUSY, SQLITE_LOCKED
_MOST_WAITS, _WAIT = 40, 0.25
LOCK_TIMEOUT = "-c lock_timeout=10s"


def restore(
    sealed: Path, address: URL, *, over: bool, room: Path, before: Callable[[], None] = lambda: None
) -> Header:
    """Put the back-up in the database's place; `over` says that what stands there may go. `room` takes the open copy.

    `before` is done when the file has proved good, and before the database is touched.

    RuleBroken, with nothing touched, for a file that is damaged, of another key, of the other kind of database, or of
    a schema that this program does not know; and for a database that holds something, unless `over`.
    """
    header = read_header(sealed)
    _judge(header, address)
    if not over and holds_something(address):
        raise RuleBroken(
            None, "The database holds data already. To put the back-up of %(made_at)s over it, add --yes.",
            made_at=header.made_at,
        )  # fmt: skip
    room.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = room / f"{sealed.stem}.restore.part"
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    try:
        open_file(sealed, copy)
        before()
        (_into_sqlite if header.engine == SQLITE else _into_postgres)(copy, address)
    finally:
        copy.unlink(missing_ok=True)
    return header


def holds_something(address: URL) -> bool:
    """Whether the database has any table."""
    from sqlalchemy import NullPool, create_engine, inspect

    if engine_of(address) == SQLITE and not Path(address.database or "").is_file():
        return False
    engine = create_engine(address, poolclass=NullPool)
    with engine.connect() as connection:
        return bool(inspect(connection).get_table_names())


def _judge(header: Header, address: URL) -> None:
    from alembic.script import ScriptDirectory

    here = engine_of(address)
    if header.engine != here:
        raise RuleBroken(
            None, "The back-up is of %(theirs)s, the database is %(here)s.", theirs=header.engine, here=here
        )
    known = {one.revision for one in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()}
    if header.revision not in known:
        raise RuleBroken(
            None, "The back-up is at revision %(revision)s, which this program does not know. Update the program.",
            revision=header.revision or "—",
        )  # fmt: skip


def _into_sqlite(copy: Path, address: URL) -> None:
    """By SQLite's own means: one transaction on the database as it lies there."""
    waits = 0

    def progress(status: int, _left: int, _total: int) -> None:
        nonlocal waits
        waits += status in _BUSY
        if waits > _MOST_WAITS:
            raise RuleBroken(None, "The database is in use. Stop the server and the worker first.")

    target = Path(address.database or "")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(target, timeout=0)) as database:
            source.backup(database, progress=progress, sleep=_WAIT)
    except sqlite3.Error as fault:
        raise RuleBroken(None, "The back-up could not be put back: %(why)s", why=str(fault)) from fault


def _into_postgres(copy: Path, address: URL) -> None:
    """In one transaction: whoever fails in the middle leaves what was there."""
    command = [
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
        "--exit-on-error", "--no-password", f"--dbname={plain_address(address)}", str(copy),
    ]  # fmt: skip
    env = with_password(address) | {"PGOPTIONS": LOCK_TIMEOUT}
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 (no shell)
    except FileNotFoundError as fault:
        raise RuleBroken(None, "The back-up could not be put back: %(why)s", why="pg_restore") from fault
    if done.returncode:
        why = done.stderr.strip()[:300]
        raise RuleBroken(None, "The back-up could not be put back: %(why)s", why=why)
