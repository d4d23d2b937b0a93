"""How does a test come to a state of things at once? What the verbs wrote the first time is laid again as rows.

A deed of the builders (an office, a household, a case at some step) takes as long as its verbs. The first time in a
process it is done by them, and the rows and files that it added or changed are kept under what was asked and where the
database stood. From the same standing the same deed is laid as rows. Whatever a test does itself lengthens the record
and so ends the standing: from there on each deed is done by its verbs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa
from flask import current_app

from relief import clock
from relief.audit.models import AuditEntry
from relief.db import Base, db, transaction

Row = dict[str, Any]
Rows = dict[str, dict[tuple[Any, ...], Row]]  # table -> primary key -> row
P = ParamSpec("P")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Deed:
    """What a deed left behind, and the key by which its result is read back."""

    rows: Rows
    known: dict[str, frozenset[tuple[Any, ...]]]
    files: dict[str, bytes]
    moved_on: timedelta
    result: int


@dataclass(frozen=True)
class Standing:
    """The deeds that led here, and the length of the record then."""

    deeds: Hashable
    record: int


_KEPT: dict[Hashable, Deed] = {}
_now: list[Standing] = []  # empty, or one: where the database of the running test stands


def begin(database: Hashable) -> None:
    """The application of now stands on a fresh copy of this database."""
    _now[:] = [Standing(database, _length_of_record())]


def end() -> None:
    """From here on deeds are done by their verbs: the database is left, or rows are written that no record tells of."""
    _now.clear()


def laid_again(read: Callable[[int], Made]) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """The deed is done by its verbs the first time in this process, then laid as rows; `read` gives its result."""

    def over(deed: Callable[P, Made]) -> Callable[P, Made]:
        @wraps(deed)
        def done(*args: P.args, **kwargs: P.kwargs) -> Made:
            standing, asked = _standing(), _frozen((args, kwargs))
            if standing is None or asked is None:
                return deed(*args, **kwargs)
            place = (standing.deeds, deed.__name__, asked, clock.today())
            if kept := _KEPT.get(place):
                _lay(kept)
                made = read(kept.result)
            else:
                before, at, files = _photograph(), clock.shift(), _files()
                made = deed(*args, **kwargs)
                _KEPT[place] = _left_behind(before, at, files, _key_of(made))
            _now[:] = [Standing(place, _length_of_record())]
            return made

        return done

    return over


def _key_of(made: object) -> int:
    return made if isinstance(made, int) else getattr(made, "id", 0)


def _standing() -> Standing | None:
    """Where the database stands, when nothing but deeds led there."""
    return _now[0] if _now and _now[0].record == _length_of_record() else None


def _length_of_record() -> int:
    return db.session.scalar(sa.select(sa.func.count(AuditEntry.id))) or 0


def _frozen(asked: Any) -> Hashable | None:
    """What was asked, as a key: rows by their table and id; None when it holds what cannot be compared."""
    if isinstance(asked, Base):
        return (type(asked).__name__, sa.inspect(asked).identity)
    if isinstance(asked, dict):
        asked = tuple(sorted(asked.items()))
    if isinstance(asked, tuple | list):
        parts = tuple((part is None, _frozen(part)) for part in asked)
        return None if any(frozen is None and not was_none for was_none, frozen in parts) else parts
    if getattr(asked, "is_the_cast", False):
        return "the cast"
    return asked if isinstance(asked, Hashable) and not callable(asked) else None


# ---- keeping ------------------------------------------------------------------------------------


def _photograph() -> Rows:
    db.session.rollback()
    return {table.name: {_key(table, row): dict(row) for row in _all(table)} for table in _tables()}


def _all(table: sa.Table) -> Iterable[sa.RowMapping]:
    return db.session.execute(sa.select(table).order_by(*table.primary_key)).mappings()


def _left_behind(before: Rows, at: timedelta, files: set[Path], result: int) -> Deed:
    after = _photograph()
    for name, rows in before.items():
        assert rows.keys() <= after[name].keys(), f"a deed removed rows of {name}"
    new = {
        name: {key: row for key, row in rows.items() if before[name].get(key) != row} for name, rows in after.items()
    }
    folder = _folder()
    return Deed(
        {name: rows for name, rows in new.items() if rows},
        {name: frozenset(rows.keys() & before[name].keys()) for name, rows in new.items()},
        {str(path.relative_to(folder)): path.read_bytes() for path in _files() - files},
        clock.shift() - at,
        result,
    )


def _folder() -> Path:
    folder: Path = current_app.extensions["relief"].blob_folder
    return folder


def _files() -> set[Path]:
    return {path for path in _folder().rglob("*") if path.is_file()}


# ---- laying -------------------------------------------------------------------------------------


def _lay(kept: Deed) -> None:
    with transaction() as session:
        for table in _tables():
            rows, known = kept.rows.get(table.name, {}), kept.known.get(table.name, frozenset())
            if added := [row for key, row in rows.items() if key not in known]:
                session.execute(sa.insert(table), added)
            for key in known:
                session.execute(sa.update(table).where(*_is(table, key)).values(rows[key]))
        if session.get_bind().dialect.name == "postgresql":
            _count_on(session, kept)
    for name, content in kept.files.items():
        path = _folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    clock.set_shift(clock.shift() + kept.moved_on)


def _count_on(session: Any, kept: Deed) -> None:
    """PostgreSQL's sequences go on behind the ids that were laid."""
    last = {
        name: max(key[0] for key in rows) for name, rows in kept.rows.items() if "id" in db.metadata.tables[name].c
    }
    calls = ", ".join(f"setval(pg_get_serial_sequence('{name}', 'id'), {number})" for name, number in last.items())
    session.execute(sa.text(f"SELECT {calls}"))


def _key(table: sa.Table, row: sa.RowMapping) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def _is(table: sa.Table, key: tuple[Any, ...]) -> list[sa.ColumnElement[bool]]:
    return [column == part for column, part in zip(table.primary_key, key, strict=True)]


@cache
def _tables() -> tuple[sa.Table, ...]:
    """Every table, those that others refer to first."""
    return tuple(db.metadata.sorted_tables)
