"""Does `relief backup` copy a database in use, keep the newest copies, and can the copy be restored?"""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from relief import clock
from relief.audit.models import AuditEntry
from relief.backups import NotBackedUp, list_backups, make_backup
from relief.config import Settings
from relief.db import db
from tests.build import an_office
from tests.rooms.command_line import environment, relief


def lines_of(copy: Path, settings: Settings) -> int:
    """How many lines the record has in a database restored from the copy."""
    if copy.suffix == ".db":
        with closing(sqlite3.connect(copy)) as restored:
            return restored.execute("SELECT count(*) FROM audit_entry").fetchone()[0]
    address = sa.make_url(settings.database_url)
    admin = sa.create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE restored"))
    plain = address.set(drivername="postgresql", database="restored").render_as_string(hide_password=False)
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={plain}", str(copy)], check=True)
    restored = sa.create_engine(address.set(database="restored"), poolclass=sa.NullPool)
    with restored.connect() as connection:
        count = connection.scalar(sa.text("SELECT count(*) FROM audit_entry")) or 0
    with admin.connect() as connection:
        connection.execute(sa.text("DROP DATABASE restored WITH (FORCE)"))
    admin.dispose()
    return count


def test_the_copy_is_named_printed_private_and_whole(app: Flask, settings: Settings) -> None:
    an_office()
    before = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry))
    done = relief("backup", **environment(settings))
    assert done.returncode == 0, done.stderr
    copy = Path(done.stdout.strip())
    assert copy.parent == settings.instance / "backups" and copy.name.startswith("relief-2")
    assert copy.stat().st_mode & 0o077 == 0
    assert lines_of(copy, settings) == before


def test_what_is_written_meanwhile_does_not_break_the_copy(app: Flask, settings: Settings) -> None:
    with db.engine.connect() as writer:
        writer.execute(sa.text("INSERT INTO fund (code, name, active, version) VALUES ('F9', 'x', true, 1)"))
        copy = make_backup(db.engine.url, settings.instance)
        writer.rollback()
    assert lines_of(copy, settings) >= 0


def test_only_the_newest_copies_are_kept(settings: Settings, app: Flask) -> None:
    folder = settings.instance / "backups"
    folder.mkdir()
    for back in range(1, 5):
        (folder / f"relief-{clock.machine_now() - timedelta(days=back):%Y%m%d-%H%M%S}.db").write_bytes(b"x")
    (folder / "relief-20200101-000000.part").write_bytes(b"half")
    made = make_backup(db.engine.url, settings.instance, keep=3)
    kept = list_backups(settings.instance)
    assert len(kept) == 3 and kept[0] == made


def test_a_database_that_is_not_there_is_refused_and_leaves_nothing(app: Flask, settings: Settings) -> None:
    address = sa.make_url("sqlite:////nowhere/at/all.db")
    with pytest.raises(NotBackedUp):
        make_backup(address, settings.instance)
    assert list((settings.instance / "backups").iterdir()) == []
