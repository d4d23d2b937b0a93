"""How do rows reach the database? Column types, constraint names, and the one way to write: transaction()."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

from relief import sealing
from relief.domain.errors import NotYours, Stale
from relief.domain.money import Money
from relief.turnstile import in_turn

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Every table: one naming of constraints, so that migrations can name them on both databases."""

    metadata = sa.MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)


class Fen(sa.TypeDecorator[Money]):
    """Money as whole fen in a big integer."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Any) -> int | None:
        return None if value is None else value.fen

    def process_result_value(self, value: int | None, dialect: Any) -> Money | None:
        return None if value is None else Money(int(value))


class Moment(sa.TypeDecorator[datetime]):
    """A moment in UTC; naive values are refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment carries its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(sa.TypeDecorator[str]):
    """Text encrypted at rest; `context` is table.column and is bound to the value."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else sealing.seal(value.encode(), self.context)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else sealing.unseal(value, self.context).decode()


def key() -> Mapped[int]:
    """A primary key."""
    return mapped_column(BIG, primary_key=True, autoincrement=True)


def ref(target: str, **options: Any) -> Mapped[Any]:
    """A foreign key to `table.column`; indexed unless told otherwise."""
    options.setdefault("index", True)
    return mapped_column(BIG, sa.ForeignKey(target), **options)


class Versioned:
    """A row that people edit: its version rises with each change and is carried by the form."""

    @declared_attr
    def version(cls) -> Mapped[int]:
        return mapped_column(sa.Integer, nullable=False, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


Row = TypeVar("Row")


@contextmanager
def transaction() -> Iterator[Session]:
    """One verb, one transaction: ends the read before it, begins immediate, commits or rolls back whole.

    A verb called by a verb joins the outer transaction. Whatever `after_commit` queued runs once it is durable.
    """
    session = db.session()
    if session.info.get("in_verb"):
        yield session
        return
    session.rollback()
    session.info["in_verb"] = True
    session.info["after_commit"] = []
    try:
        session.connection(execution_options={"begin_immediate": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        session.info["after_commit"] = []
        raise
    finally:
        session.info["in_verb"] = False
    for act in session.info.pop("after_commit", []):
        act()


def after_commit(act: Callable[[], None]) -> None:
    """Run `act` once the transaction around is committed; at once when there is none."""
    session = db.session()
    if session.info.get("in_verb"):
        session.info["after_commit"].append(act)
    else:
        act()


def locked(model: type[Row], row_id: int, version: int | None = None) -> Row:
    """The row re-read under a lock inside a transaction; NotYours when missing, Stale when the version moved on.

    The row alone is held, not what is loaded beside it: a held union or fund would stop everybody else's work.
    """
    statement = _locking(model)  # type: ignore[arg-type]  # a class is hashable
    row: Row | None = db.session.execute(statement, {"row_id": row_id}).scalar_one_or_none()
    if row is None:
        raise NotYours
    if version is not None and row.version != version:  # type: ignore[attr-defined]
        raise Stale(version=row.version)  # type: ignore[attr-defined]
    return row


@cache
def _locking(model: type[Any]) -> sa.Select[Any]:
    """Built once for each model: verbs ask for it more often than for anything else."""
    row = sa.select(model).where(model.id == sa.bindparam("row_id"))
    return row.with_for_update(of=model).execution_options(populate_existing=True)


def one_at_a_time(work: str) -> None:
    """Do this kind of work alone until the transaction ends; works of other names do not wait for it.

    SQLite's immediate transaction is lock enough.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        number = {"number": zlib.crc32(work.encode())}
        db.session.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), number)


def insert_once(model: type[Any], **values: Any) -> bool:
    """Insert a row unless one of its unique keys is taken, also by a transaction under way; whether it was."""
    postgres = db.session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    table = model.__table__
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return db.session.connection().execute(statement).first() is not None


def add_up(model: type[Any], more: Mapping[tuple[Any, ...], Sequence[int]]) -> None:
    """Add to the counting columns of the rows with these primary keys, or begin the rows with it, in the keys' order.

    One order for all, so that two who add never wait for each other in a ring.
    """
    if not more:
        return
    table = model.__table__
    names = [column.name for column in table.columns]
    counting = names[len(table.primary_key) :]
    insert = (postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert)(table)
    statement = insert.values({name: sa.bindparam(name, type_=sa.BigInteger) for name in counting})
    statement = statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: table.c[name] + statement.excluded[name] for name in counting},
    )
    rows = [dict(zip(names, (*key, *more[key]), strict=True)) for key in sorted(more)]
    db.session.connection().execute(statement, rows)


@event.listens_for(Engine, "connect")
def _set_up_connection(connection: Any, record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        if connection.get_execution_options().get("begin_immediate"):
            with in_turn(connection.engine.url.database):
                connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")
