"""Does `relief verify-audit` find what somebody did to the record behind the application's back?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from flask import Flask

from relief import triggers
from relief.audit import queries
from relief.audit.queries import verify
from relief.audit.service import record, seal_chains
from relief.config import Settings
from relief.db import db, transaction
from tests.build import SYSTEM
from tests.rooms.command_line import environment, relief


@pytest.fixture
def ids(app: Flask) -> list[int]:
    """Nine lines of two unions and the bureau, in three sealings, and one line that is not sealed yet."""
    lines = []
    for _sealing in range(3):
        for union_id in (1, 2, None):
            lines.append(note(union_id))
        seal_chains()
    return [*lines, note(1)]


def note(union_id: int | None) -> int:
    with transaction():
        line = record("test.note", "note", 5, by=SYSTEM, union_id=union_id, changes={"amount": ("1", "2"), "名": None})
        db.session.flush()
        return line.id


def meddle(*statements: str) -> None:
    """Change the record as somebody with the database's password could: triggers off, foreign keys off."""
    db.session.rollback()  # PostgreSQL lets nobody alter a table that this session still reads
    dialect = db.engine.dialect.name
    on_sqlite = dialect == "sqlite"
    unchecked = "PRAGMA foreign_keys=OFF" if on_sqlite else (
        "ALTER TABLE audit_seal DROP CONSTRAINT fk_audit_seal_entry_id_audit_entry"
    )  # fmt: skip
    for table in ("audit_entry", "audit_seal"):
        for name in sorted(one for one in triggers.expected(dialect) if one.startswith(table)):
            statements = (f"DROP TRIGGER {name}{'' if on_sqlite else f' ON {table}'}", *statements)
    with closing(db.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        for statement in (unchecked, *statements):
            cursor.execute(statement)
        connection.commit()
        connection.invalidate()


def test_a_whole_record_is_whole(ids: list[int]) -> None:
    found = verify()
    assert found.broken is None
    assert found.lines - found.sealed == 1
    assert found.lines >= len(ids)


def test_a_record_of_many_pages_is_read_to_its_end(ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = verify()
    monkeypatch.setattr(queries, "AT_ONCE", 3)
    assert verify() == whole


@pytest.mark.parametrize(
    "meddling, row, says",
    [
        (lambda ids: [f"UPDATE audit_entry SET actor = 'x' WHERE id = {ids[4]}"], 4, "altered"),
        (lambda ids: [f"UPDATE audit_entry SET changes = '{{}}' WHERE id = {ids[9]}"], 9, "altered"),
        (lambda ids: [f"UPDATE audit_entry SET mac = '{'0' * 64}' WHERE id = {ids[0]}"], 0, "altered"),
        (lambda ids: [f"DELETE FROM audit_entry WHERE id = {ids[3]}"], 3, "gone"),
        (
            lambda ids: [f"DELETE FROM {t} WHERE {c} = {ids[3]}" for t, c in
                         (("audit_seal", "entry_id"), ("audit_entry", "id"))],
            6,
            "missing",
        ),
        (lambda ids: [f"UPDATE audit_seal SET head = '{'0' * 64}' WHERE entry_id = {ids[7]}"], 7, "seal"),
        (lambda ids: [f"UPDATE audit_seal SET chain = 77, number = 1 WHERE entry_id = {ids[8]}"], 8, "seal"),
    ],
)  # fmt: skip
def test_it_names_the_first_broken_row(
    ids: list[int], meddling: Callable[[list[int]], list[str]], row: int, says: str
) -> None:
    meddle(*meddling(ids))
    broken = verify().broken
    assert broken is not None
    assert broken.entry_id == ids[row]
    assert says in str(broken.sentence)


def test_of_two_broken_rows_it_names_the_first(ids: list[int]) -> None:
    meddle(f"UPDATE audit_entry SET actor = 'x' WHERE id IN ({ids[6]}, {ids[2]})")
    broken = verify().broken
    assert broken is not None
    assert broken.entry_id == ids[2]


def test_the_command_says_so_and_ends_with_1(ids: list[int], settings: Settings) -> None:
    env = environment(settings)
    sealed = relief("seal-record", **env)
    assert sealed.stdout.startswith("1 lines sealed."), sealed.stderr
    good = relief("verify-audit", **env)
    assert (good.returncode, good.stderr) == (0, "")
    assert "The record is whole" in good.stdout
    meddle(f"UPDATE audit_entry SET actor = 'x' WHERE id = {ids[2]}")
    bad = relief("verify-audit", **env)
    assert (bad.returncode, bad.stdout) == (1, "")
    assert f"Row {ids[2]} of the record" in bad.stderr


def test_a_number_that_somebody_typed_into_a_reason_is_not_kept_in_the_record(app: Flask) -> None:
    said = {"why": "卡6228480000000000011换了", "number": "6228480000000000011"}
    changed = {"note": (None, "打13812345678")}
    with transaction():
        line = record("test.note", "note", 5, by=SYSTEM, changes=said | changed)
    assert line.changes == said | {"why": "卡****0011换了", "note": [None, "打****5678"]}
