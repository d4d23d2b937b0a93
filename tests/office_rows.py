"""How does every test get its office at once? Built by the real verbs once per process, its rows laid anew later."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from relief.audit.models import AuditEntry
from relief.db import db, transaction

Rows = dict[str, list[dict[str, Any]]]
SERIES = "number_series"  # these rows change in place; all others are added


def marks() -> dict[str, int]:
    """The highest id of each table: what is above it afterwards was added since."""
    return {name: db.session.scalar(sa.select(sa.func.max(table.c.id))) or 0 for name, table in _numbered().items()}


def added_since(before: dict[str, int]) -> Rows:
    """The rows that were added, table by table in the order of their keys, and the series of numbers as they stand."""
    kept = {
        name: [dict(row) for row in db.session.execute(sa.select(table).where(table.c.id > before[name])).mappings()]
        for name, table in _numbered().items()
    }
    kept[SERIES] = [dict(row) for row in db.session.execute(sa.select(_table(SERIES))).mappings()]
    return {name: rows for name, rows in kept.items() if rows}


def lay(rows: Rows) -> None:
    """Write the rows again into a database that stands where they were added to."""
    with transaction() as session:
        session.execute(sa.delete(_table(SERIES)))
        for table in _tables():
            if table.name in rows:
                session.execute(sa.insert(table), rows[table.name])
        if session.get_bind().dialect.name == "postgresql":
            for name in rows.keys() - {SERIES}:
                last = max(row["id"] for row in rows[name])
                said = sa.text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
                session.execute(said, {"name": name, "last": last})


def count_of_record() -> int:
    """How many lines the record has: a database that nobody worked in since it was migrated has the template's."""
    return db.session.scalar(sa.select(sa.func.count(AuditEntry.id))) or 0


@cache
def _tables() -> tuple[sa.Table, ...]:
    """Every table, those that others refer to first; sorted once."""
    return tuple(db.metadata.sorted_tables)


def _numbered() -> dict[str, sa.Table]:
    return {table.name: table for table in _tables() if "id" in table.c}


def _table(name: str) -> sa.Table:
    found: sa.Table = db.metadata.tables[name]
    return found
