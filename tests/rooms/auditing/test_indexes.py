"""Do the auditor's lists and those of payments walk an index, and never a whole table of the record or of payments?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from relief.auditing.unusual import list_unusual
from relief.auditing.unusual_sources import SOURCES
from relief.db import db
from relief.desk.record import list_record
from relief.payments.payment_list import STAGES, list_payments
from relief.web.paging import Ask

LARGE = ("audit_entry", "access_entry", "case_step", "visit", "visitor", "household_account", "payment")


@pytest.fixture
def scans(office: Any) -> Iterator[list[str]]:
    """Every step of a plan that reads a large table from end to end, without an index."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the size of its tables, and these are empty")
    found: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, params: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            plan = connection.connection.cursor().execute("EXPLAIN QUERY PLAN " + statement, params)
            found.extend(line for *_, line in plan if line in {f"SCAN {table}" for table in LARGE})

    sa.event.listen(db.engine, "before_cursor_execute", explain)
    yield found
    sa.event.remove(db.engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("sort", list(SOURCES))
def test_each_unusual_way(office: Any, scans: list[str], sort: str) -> None:
    list_unusual({"sort": sort}, by=office.feng)
    assert scans == []


@pytest.mark.parametrize("chosen", [{}, {"subject": "doubt"}, {"day": date(2026, 3, 2)}], ids=str)
def test_the_record(office: Any, scans: list[str], chosen: dict[str, Any]) -> None:
    list_record(chosen, by=office.feng, ask=Ask())
    assert [line for line in scans if line != "SCAN audit_entry" or chosen] == []


@pytest.mark.parametrize("standing", list(STAGES))
def test_payments_of_a_stage(office: Any, scans: list[str], standing: str) -> None:
    list_payments({"stage": standing}, by=office.zhou, ask=Ask())
    assert scans == []


def test_the_guard_sees_a_whole_table_read(office: Any, scans: list[str]) -> None:
    db.session.execute(sa.text("SELECT * FROM audit_entry WHERE actor = 'x'"))
    assert scans == ["SCAN audit_entry"]
