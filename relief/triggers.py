"""Which tables only grow? The append-only triggers, in the words of both databases, and whether they stand."""

from __future__ import annotations

import sqlalchemy as sa

APPEND_ONLY = ("audit_entry", "audit_seal", "access_entry", "journal_entry", "case_step", "decision_snapshot")


def statements(dialect: str, table: str) -> list[str]:
    """The SQL that forbids UPDATE and DELETE on a table, and TRUNCATE where there is one."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
)


def expected(dialect: str) -> set[str]:
    """The names of the triggers that a migrated database has."""
    if dialect == "sqlite":
        return {f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")}
    return {f"{table}_{what}" for table in APPEND_ONLY for what in ("append_only", "no_truncate")}


def missing(connection: sa.Connection) -> list[str]:
    """The names of the triggers that a migrated database has and this one has not, or has switched off."""
    dialect = connection.dialect.name
    standing = set(connection.scalars(sa.text(_STANDING[dialect])))
    return sorted(expected(dialect) - standing)


_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}
