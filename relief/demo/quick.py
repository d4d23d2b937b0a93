"""What lets two years of verbs be lived through within a minute? Pages, rows and inserts held back while it loads."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.sql.compiler import InsertmanyvaluesSentinelOpts

from relief.accounts.models import Union, User
from relief.cases.models import AwardPart, Case, Instalment
from relief.db import db
from relief.funds.models import Fund
from relief.households.models import Household
from relief.persons.models import Person
from relief.policies.models import PolicyVersion

LOOKED_UP_AGAIN = (AwardPart, Case, Fund, Household, Instalment, Person, PolicyVersion, Union, User)


@contextmanager
def in_haste() -> Iterator[None]:
    """Load within this block; whatever is written is what would be written without it."""
    with ExitStack() as measures:
        for measure in (_without_collecting, _rows_at_hand, _inserts_together, _many_pages):
            measures.enter_context(measure())
        yield


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep Python from searching two years of rows for rubbish again and again: a tenth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextmanager
def _rows_at_hand() -> Iterator[None]:
    """Keep rows that verb after verb looks up by number: the session forgets what nobody holds, and reads it anew."""
    held: list[Any] = []

    def hold(session: Any, row: Any) -> None:
        if isinstance(row, LOOKED_UP_AGAIN):
            held.append(row)

    session = db.session()
    for happens in ("loaded_as_persistent", "pending_to_persistent"):
        event.listen(session, happens, hold)
    try:
        yield
    finally:
        for happens in ("loaded_as_persistent", "pending_to_persistent"):
            event.remove(session, happens, hold)


@contextmanager
def _inserts_together() -> Iterator[None]:
    """Let SQLite insert the rows of a flush in one statement, as PostgreSQL does.

    It numbers the rows of one statement in their order; the library does not rely on that unless it is told so.
    """
    dialect = db.engine.dialect
    usual = dialect.insertmanyvalues_implicit_sentinel
    if dialect.name == "sqlite":
        dialect.insertmanyvalues_implicit_sentinel = InsertmanyvaluesSentinelOpts.AUTOINCREMENT
    try:
        yield
    finally:
        dialect.insertmanyvalues_implicit_sentinel = usual


@contextmanager
def _many_pages() -> Iterator[None]:
    """One long transaction outgrows SQLite's usual 2 MB of pages, which would be read again and again."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(sa.text("PRAGMA cache_size = -65536"))
    yield
