"""How is a database copied while it is in use? SQLite by its own online back-up, PostgreSQL by pg_dump.

Each gives one consistent state, whatever is written meanwhile.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class NotBackedUp(Exception):
    """The copy could not be made; what the tool said."""


def copy_database(address: URL, target: Path) -> None:
    """The database's state of one moment, as a plain file; NotBackedUp when it fails or does not hold together."""
    (_copy_sqlite if engine_of(address) == SQLITE else _dump_postgres)(address, target)


def revision_of(address: URL, copy: Path) -> str:
    """The schema's revision: SQLite's as it stands in the copy; empty before the first migration."""
    from sqlalchemy import NullPool, create_engine, inspect, text

    place = address.set(database=str(copy)) if engine_of(address) == SQLITE else address
    engine = create_engine(place, poolclass=NullPool)
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def engine_of(address: URL) -> str:
    """sqlite or postgresql."""
    return address.get_backend_name()


def plain_address(address: URL) -> str:
    """The address for PostgreSQL's own tools, without the password."""
    return address.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def with_password(address: URL) -> dict[str, str]:
    """The password goes by the environment: a command line is read by everybody on the machine."""
    return os.environ | ({"PGPASSWORD": str(address.password)} if address.password else {})


def _copy_sqlite(address: URL, target: Path) -> None:
    if not address.database:
        raise NotBackedUp("a database in memory has no file")
    try:
        with closing(sqlite3.connect(address.database)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as fault:
        raise NotBackedUp(str(fault)) from fault
    if verdict != "ok":
        raise NotBackedUp(str(verdict))


def _dump_postgres(address: URL, target: Path) -> None:
    command = ["pg_dump", "--format=custom", "--no-password", f"--file={target}", f"--dbname={plain_address(address)}"]
    env = with_password(address)
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 (no shell)
    except FileNotFoundError as fault:
        raise NotBackedUp("pg_dump") from fault
    if done.returncode:
        raise NotBackedUp(done.stderr.strip()[:300])
