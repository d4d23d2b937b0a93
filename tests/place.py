"""How does a database of PostgreSQL get back to where a test found it? Its rows are put back, the database stays.

A new database takes a tenth of a second, and every connection to it begins with cold catalogues. So the first test on
a source gets a new copy, in which the rows are kept aside; the others find the same database with its rows put back.
Whoever changes tables, triggers or constraints, or leaves a lock behind, costs the next test a new copy.
"""

from __future__ import annotations

import psycopg
import sqlalchemy as sa
from psycopg import sql

from tests.postgres import Postgres

SHAPE = """
SELECT (SELECT count(*) || '/' || max(oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT count(*) || '/' || max(oid) || string_agg(tgenabled, '' ORDER BY oid) FROM pg_trigger),
       (SELECT count(*) || '/' || max(oid) FROM pg_constraint),
       (SELECT count(*) || '/' || max(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
       (SELECT count(*) FROM pg_attribute WHERE NOT attisdropped)
"""

PUT_BACK = """
CREATE FUNCTION kept.put_back(since bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found bigint; newest bigint;
BEGIN
{steps}
END $$
"""

# A row is as it was when no later transaction wrote it; a table is, when none is missing either.
WITH_ROWS = """
    SELECT count(*), max(xmin::text::bigint) INTO found, newest FROM public.{table};
    IF found <> {count} OR newest > since THEN
        DELETE FROM public.{table};
        INSERT INTO public.{table} SELECT * FROM kept.{table};
    END IF;
"""


class Place:
    """One database with one address, under the application of this process."""

    def __init__(self, server: Postgres, name: str) -> None:
        self._server, self._name = server, name
        self.address = server.url(name)
        self._source = ""
        self._shape: object = None
        self._since = 0
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None

    def lay(self, source: str) -> bool:
        """Make the place hold what is at `source` (an address); whether the old connections to it still serve."""
        if source == self._source and self._put_back():
            return True
        self._copy(source)
        self._source = source
        return False

    def leave(self) -> None:
        """Close the own connection; the server is stopped by whoever started it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _put_back(self) -> bool:
        assert self._connection is not None
        try:
            with self._connection.transaction():
                if self._ask(SHAPE) != self._shape:
                    return False
                self._connection.execute("SELECT kept.put_back(%s)", (self._since,))
                self._since = self._now()
        except psycopg.OperationalError:  # a lock that somebody left, or a server that was stopped
            return False
        return True

    def _copy(self, source: str) -> None:
        self.leave()
        self._server.drop_database(self._name)
        self._server.create_database(self._name, template=sa.make_url(source).database)
        self._connection = self._server.connect(self._name)
        with self._connection.transaction():
            self._keep_rows()
            self._since = self._now()
        self._connection.execute("SET session_replication_role = replica")  # no trigger, no foreign key
        self._connection.execute("SET lock_timeout = '2s'")
        self._shape = self._ask(SHAPE)

    def _keep_rows(self) -> None:
        assert self._connection is not None
        self._connection.execute("CREATE SCHEMA kept")
        steps = [self._step(str(name)) for (name,) in self._all("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        counters = "SELECT sequencename, last_value, start_value FROM pg_sequences WHERE schemaname = 'public'"
        for name, last, start in self._all(counters):
            steps.append(f"    PERFORM setval('public.{name}', {last or start}, {last is not None});\n")
        self._connection.execute(PUT_BACK.format(steps="".join(steps)).encode())

    def _step(self, table: str) -> str:
        assert self._connection is not None
        there = sql.Identifier("public", table)
        (count,) = self._ask(sql.SQL("SELECT count(*) FROM {}").format(there))
        if not count:
            return f"    DELETE FROM public.{table};\n"
        self._connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(sql.Identifier("kept", table), there))
        return WITH_ROWS.format(table=table, count=count)

    def _now(self) -> int:
        (number,) = self._ask("SELECT txid_current()")
        assert isinstance(number, int)
        return number

    def _ask(self, question: str | sql.Composed) -> tuple[object, ...]:
        (row,) = self._all(question)
        return row

    def _all(self, question: str | sql.Composed) -> list[tuple[object, ...]]:
        assert self._connection is not None
        asked = question.encode() if isinstance(question, str) else question
        return self._connection.execute(asked).fetchall()
