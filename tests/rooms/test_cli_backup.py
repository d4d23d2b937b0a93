"""Does `relief backup` copy a database in use, sealed, and does `relief restore` give the same back, or say why not?"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from relief import clock, sealing
from relief.audit.models import AuditEntry
from relief.backups import NotBackedUp, list_backups, make_backup, restore
from relief.backups.sealed_file import PIECE, open_file, read_header, seal_file
from relief.config import Settings, from_environment
from relief.db import db
from relief.domain.errors import RuleBroken
from relief.sealing import Keyring
from tests.build import an_office
from tests.build_cases import DOT
from tests.rooms.command_line import environment, relief


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """An empty place of the same office: the same keys, another folder, a database that holds nothing."""
    folder = tmp_path / "elsewhere"
    address = sa.make_url(settings.database_url)
    if address.get_backend_name() == "sqlite":
        yield replace(settings, instance=folder, database_url=f"sqlite:///{folder / 'relief.db'}")
        return
    admin = sa.create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE restored"))
    place = address.set(database="restored").render_as_string(hide_password=False)
    yield replace(settings, instance=folder, database_url=place)
    with admin.connect() as connection:
        connection.execute(sa.text("DROP DATABASE restored WITH (FORCE)"))


def counts(settings: Settings) -> dict[str, int]:
    """How many rows every table holds."""
    engine = sa.create_engine(settings.database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        return {one: connection.scalar(sa.text(f'SELECT count(*) FROM "{one}"')) or 0 for one in tables}


def heads(settings: Settings) -> list[tuple[int, str]]:
    """Each line of the record with its keyed hash."""
    engine = sa.create_engine(settings.database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text("SELECT id, mac FROM audit_entry ORDER BY id"))]


def a_copy(settings: Settings) -> Path:
    return make_backup(db.engine.url, settings.instance)


def test_the_drill_gives_the_same_counts_and_hashes_in_an_empty_place(
    app: Flask, settings: Settings, elsewhere: Settings
) -> None:
    an_office()
    before, hashes = counts(settings), heads(settings)
    done = relief("backup", **environment(settings))
    assert done.returncode == 0, done.stderr
    copy = Path(done.stdout.strip())
    assert copy.parent == settings.instance / "backups" and copy.name.startswith("relief-2")
    assert copy.stat().st_mode & 0o077 == 0 and list(copy.parent.iterdir()) == [copy]
    said = relief("restore", str(copy), **environment(elsewhere))
    assert said.returncode == 0, said.stderr
    after = counts(elsewhere)
    assert after.pop("audit_entry") == before.pop("audit_entry") + 1 and after == before
    assert heads(elsewhere)[: len(hashes)] == hashes and len(hashes) > 10
    proof = relief("verify-audit", **environment(elsewhere))
    assert proof.returncode == 0, proof.stderr


def test_neither_names_nor_keys_are_in_the_file(app: Flask, settings: Settings) -> None:
    an_office()
    content = a_copy(settings).read_bytes()
    ring = settings.keyring
    for secret in ("东风林场".encode(), b"audit_entry", *ring.field_keys.values(), ring.index_key, ring.audit_key):
        assert secret not in content
    header = read_header(next(iter(list_backups(settings.instance))))
    assert header.revision == "0001" and header.key == ring.current and header.size > PIECE // 8


def test_a_database_that_holds_data_is_left_alone_without_yes(app: Flask, settings: Settings) -> None:
    copy = a_copy(settings)
    an_office()
    before = counts(settings)
    db.session.rollback()
    said = relief("restore", str(copy), **environment(settings))
    assert said.returncode == 1 and "--yes" in said.stderr
    assert counts(settings) == before and list_backups(settings.instance) == [copy]


def test_yes_puts_it_over_and_keeps_what_was_there(app: Flask, settings: Settings) -> None:
    copy = a_copy(settings)
    before = counts(settings)
    an_office()
    db.session.remove()
    db.engine.dispose()
    said = relief("restore", str(copy), "--yes", "--by", "褚维", **environment(settings))
    assert said.returncode == 0, said.stderr
    after = counts(settings)
    assert after["union_org"] == before["union_org"] and after["audit_entry"] == before["audit_entry"] + 1
    (kept,) = [one for one in list_backups(settings.instance) if one != copy]
    assert kept.name in said.stdout
    line = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (line.verb, line.actor, line.unusual) == ("database.restore", "褚维", "database_restored")
    assert line.changes["kept"] == kept.name and line.changes["sha256"] == read_header(copy).sha256


def test_papers_that_did_not_come_along_are_counted(app: Flask, settings: Settings, elsewhere: Settings) -> None:
    from relief.files import blobs

    blobs.keep(DOT, "image/png")
    copy = a_copy(settings)
    said = relief("restore", str(copy), **environment(elsewhere))
    assert said.returncode == 0 and "1 of 1 papers" in said.stdout and str(elsewhere.blob_folder) in said.stdout


@pytest.mark.parametrize("spoiled", ["header", "middle", "last byte", "cut off", "not ours", "empty"])
def test_a_spoiled_file_is_refused_and_nothing_is_touched(app: Flask, settings: Settings, spoiled: str) -> None:
    an_office()
    copy, before = a_copy(settings), counts(settings)
    good = copy.read_bytes()
    bad = {
        "header": good.replace(b'"size": ', b'"size":  ', 1), "middle": good[:9000] + b"\0\0\0\0" + good[9004:],
        "last byte": good[:-1] + bytes([good[-1] ^ 1]), "cut off": good[: -len(good) // 2], "not ours": b"SQLite format",
        "empty": b"",
    }[spoiled]  # fmt: skip
    copy.write_bytes(bad)
    db.session.rollback()
    with pytest.raises(RuleBroken, match="damaged|no back-up"):
        restore(copy, db.engine.url, over=True, room=settings.instance, before=lambda: pytest.fail("was touched"))
    assert counts(settings) == before and not list(settings.instance.glob("*.part"))


@pytest.mark.parametrize("field", ["salt", "key", "size"])
def test_a_header_of_other_values_is_refused_in_words(app: Flask, settings: Settings, field: str) -> None:
    copy = a_copy(settings)
    magic, length, rest = copy.read_bytes()[:16], 4, copy.read_bytes()[20:]
    told = json.loads(rest[: int.from_bytes(copy.read_bytes()[16:20], "big")])
    body = rest[len(json.dumps(told, sort_keys=True)) :]
    wrong = json.dumps(told | {field: ["no hex"]}, sort_keys=True).encode()
    copy.write_bytes(magic + len(wrong).to_bytes(length, "big") + wrong + body)
    with pytest.raises(RuleBroken, match="damaged|no back-up"):
        open_file(copy, settings.instance / "opened")


def test_what_a_killed_run_left_behind_is_removed_by_the_next(app: Flask, settings: Settings) -> None:
    folder = a_copy(settings).parent
    left, fresh = folder / "relief-20260101-000000.copy.part", folder / "relief-20260302-010203.copy.part"
    restored = settings.instance / "relief-20260101-000000.restore.part"
    for one in (left, fresh, restored):
        one.write_text("an open copy")
    long_ago = (clock.machine_now() - timedelta(days=1)).timestamp()
    for one in (left, restored):
        os.utime(one, (long_ago, long_ago))
    a_copy(settings)
    assert fresh.exists() and not left.exists() and not restored.exists()


def test_pieces_put_in_another_order_do_not_open(tmp_path: Path, app: Flask) -> None:
    plain, sealed = tmp_path / "plain", tmp_path / "sealed"
    plain.write_bytes(b"a" * PIECE + b"b" * PIECE + b"c")
    seal_file(plain, sealed, made_at="2026-03-02T00:00:00+00:00", engine="sqlite", revision="0001")
    opened = tmp_path / "opened"
    open_file(sealed, opened)
    assert opened.read_bytes() == plain.read_bytes()
    content, piece = sealed.read_bytes(), PIECE + 16
    head = len(content) - 2 * piece - 17
    first, second = content[head : head + piece], content[head + piece : head + 2 * piece]
    for wrong in (second + first + content[-17:], first + second, first + content[-17:]):
        sealed.write_bytes(content[:head] + wrong)
        with pytest.raises(RuleBroken, match="damaged"):
            open_file(sealed, opened)


def test_another_offices_key_does_not_open_it_and_an_older_one_of_ours_does(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, opened = a_copy(settings), settings.instance / "opened"
    ours, theirs = settings.keyring, Keyring.generate()
    for ring, says in ((theirs, "damaged"), (replace(theirs, field_keys={"k9": b"9" * 32}, current="k9"), "not here")):
        monkeypatch.setattr(sealing, "_keyring", ring)
        with pytest.raises(RuleBroken, match=says):
            open_file(copy, opened)
    turned = replace(ours, field_keys={**ours.field_keys, "k2": b"2" * 32}, current="k2")
    monkeypatch.setattr(sealing, "_keyring", turned)
    assert open_file(copy, opened).key == ours.current


@pytest.mark.parametrize(("engine", "revision", "says"), [("oracle", "0001", "the database is"), ("", "9999", "9999")])
def test_another_kind_of_database_and_an_unknown_schema_are_refused(
    app: Flask, tmp_path: Path, engine: str, revision: str, says: str
) -> None:
    plain, sealed = tmp_path / "plain", tmp_path / "strange.backup"
    plain.write_bytes(b"x")
    here = engine or db.engine.dialect.name
    seal_file(plain, sealed, made_at="2026-03-02T00:00:00+00:00", engine=here, revision=revision)
    with pytest.raises(RuleBroken, match=says):
        restore(sealed, db.engine.url, over=True, room=tmp_path)


def test_a_database_in_use_is_not_overwritten(app: Flask, settings: Settings) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("a lock of SQLite")
    copy = a_copy(settings)
    with closing(sqlite3.connect(db.engine.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RuleBroken, match="in use"):
            restore(copy, db.engine.url, over=True, room=settings.instance)


def test_what_is_written_meanwhile_does_not_break_the_copy(
    app: Flask, settings: Settings, elsewhere: Settings
) -> None:
    with db.engine.connect() as writer:
        writer.execute(sa.text("INSERT INTO fund (code, name, active, version) VALUES ('F9', 'x', true, 1)"))
        copy = make_backup(db.engine.url, settings.instance)
        writer.rollback()
    restore(copy, sa.make_url(elsewhere.database_url), over=False, room=elsewhere.instance)
    assert counts(elsewhere)["fund"] == counts(settings)["fund"]


def test_only_the_newest_copies_are_kept(settings: Settings, app: Flask) -> None:
    folder = settings.instance / "backups"
    folder.mkdir()
    for back in range(1, 5):
        (folder / f"relief-{clock.machine_now() - timedelta(days=back):%Y%m%d-%H%M%S}.backup").write_bytes(b"x")
    (folder / "relief-20200101-000000.part").write_bytes(b"half")
    made = make_backup(db.engine.url, settings.instance, keep=3)
    kept = list_backups(settings.instance)
    assert len(kept) == 3 and kept[0] == made


def test_the_office_says_how_many_are_kept(settings: Settings) -> None:
    env = environment(settings)
    assert from_environment(env).backups_kept == 14
    assert from_environment(env | {"RELIEF_BACKUPS_KEPT": "30"}).backups_kept == 30
    with pytest.raises(ValueError, match="RELIEF_BACKUPS_KEPT is no whole number"):
        from_environment(env | {"RELIEF_BACKUPS_KEPT": "many"})


def test_a_database_that_is_not_there_is_refused_and_leaves_nothing(app: Flask, settings: Settings) -> None:
    address = sa.make_url("sqlite:////nowhere/at/all.db")
    with pytest.raises(NotBackedUp):
        make_backup(address, settings.instance)
    assert list((settings.instance / "backups").iterdir()) == []
