"""How is the database copied while it is in use, and how old is the newest copy? Keys are never in a copy.

SQLite is copied by its own online back-up, PostgreSQL by pg_dump: each a consistent state, whatever is written
meanwhile. A copy is complete when it stands under its name; a half one has another.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from relief import clock

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

KEPT = 14
STAMP = "relief-%Y%m%d-%H%M%S"
ENDINGS = (".db", ".dump")


class NotBackedUp(Exception):
    """The copy could not be made; what the tool said."""


def make_backup(address: URL, instance: Path, keep: int = KEPT) -> Path:
    """Copy the database into `instance/backups` under the moment's name; keep the newest `keep` copies.

    NotBackedUp when the copy fails or does not hold together; nothing is removed then.
    """
    folder = folder_of(instance)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_sqlite = address.get_backend_name() == "sqlite"
    target = folder / f"{clock.machine_now():{STAMP}}{ENDINGS[0] if is_sqlite else ENDINGS[1]}"
    half = target.with_suffix(".part")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    try:
        (_copy_sqlite if is_sqlite else _dump_postgres)(address, half)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    for old in list_backups(instance)[max(1, keep) :]:
        old.unlink()
    return target


def list_backups(instance: Path) -> list[Path]:
    """The complete copies, the newest first."""
    folder = folder_of(instance)
    found = [one for one in folder.glob("relief-*") if one.suffix in ENDINGS] if folder.is_dir() else []
    return sorted(found, key=lambda one: one.name, reverse=True)


def newest_backup(instance: Path) -> datetime | None:
    """When the newest copy was made, by its name; None where there is none."""
    for one in list_backups(instance):
        try:
            return datetime.strptime(one.stem, STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def folder_of(instance: Path) -> Path:
    """Where an installation keeps its copies."""
    return instance / "backups"


def _copy_sqlite(address: URL, target: Path) -> None:
    if not address.database:
        raise NotBackedUp("a database in memory has no file")
    try:
        with closing(sqlite3.connect(address.database)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as fault:
        raise NotBackedUp(str(fault)) from fault
    if verdict != "ok":
        raise NotBackedUp(str(verdict))


def _dump_postgres(address: URL, target: Path) -> None:
    """The password goes by the environment: a command line is read by everybody on the machine."""
    plain = address.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    env = os.environ | ({"PGPASSWORD": str(address.password)} if address.password else {})
    command = ["pg_dump", "--format=custom", "--no-password", f"--file={target}", f"--dbname={plain}"]
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 (no shell)
    except FileNotFoundError as fault:
        raise NotBackedUp("pg_dump") from fault
    if done.returncode:
        raise NotBackedUp(done.stderr.strip()[:300])
