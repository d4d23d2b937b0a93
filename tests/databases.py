"""Which database does a test get? A fresh one of the kind that `--database` names, copied from a template.

`tests/conftest.py` imports from here: `pytest_addoption`, and the fixtures `database_kind`, `databases`,
`empty_database`. A template is prepared once in each test process; a copy costs about 1 ms on SQLite and
50 ms on PostgreSQL.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from tests.postgres import Postgres

KINDS = ("sqlite", "postgresql")
Prepare = Callable[[str], None]
_NUMBERS = count(1)


class Databases(Protocol):
    """A place where databases are made and thrown away; every address is one for SQLAlchemy."""

    kind: str

    def empty(self) -> str:
        """The address of a new database without tables."""

    def copy_of(self, prepare: Prepare) -> str:
        """The address of a new copy of what `prepare(address)` made.

        It is called once in each process and must close its connections (`engine.dispose()`).
        """

    def drop(self, url: str) -> None:
        """Remove a database that came from here."""


class SqliteDatabases:
    """Files in one folder."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates: dict[Prepare, Path] = {}

    def empty(self) -> str:
        return _sqlite_url(self._new_path())

    def copy_of(self, prepare: Prepare) -> str:
        if prepare not in self._templates:
            template = self._new_path()
            prepare(_sqlite_url(template))
            _fold_in_the_wal(template)
            self._templates[prepare] = template
        copy = self._new_path()
        shutil.copyfile(self._templates[prepare], copy)
        return _sqlite_url(copy)

    def drop(self, url: str) -> None:
        path = url.removeprefix("sqlite:///")
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(path + ending).unlink(missing_ok=True)

    def _new_path(self) -> Path:
        return self._folder / f"test-{next(_NUMBERS)}.sqlite"


class PostgresDatabases:
    """Databases in one server."""

    kind = "postgresql"

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self._templates: dict[Prepare, str] = {}

    def empty(self) -> str:
        return self.server.create_database(self._new_name())

    def copy_of(self, prepare: Prepare) -> str:
        if prepare not in self._templates:
            template = self._new_name()
            prepare(self.server.create_database(template))
            self._templates[prepare] = template
        return self.server.create_database(self._new_name(), self._templates[prepare])

    def drop(self, url: str) -> None:
        self.server.drop_database(url.partition("@/")[2].partition("?")[0])

    def _new_name(self) -> str:
        return f"test_{next(_NUMBERS)}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database=sqlite` (the default) or `--database=postgresql`."""
    parser.addoption("--database", choices=KINDS, default="sqlite", help="which database the rooms run on")


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`, as `--database` says."""
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session")
def databases(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where this test process makes its databases; a PostgreSQL server starts only when it is asked for."""
    if database_kind == "sqlite":
        yield SqliteDatabases(tmp_path_factory.mktemp("databases"))
        return
    with Postgres() as server:
        yield PostgresDatabases(server)


@pytest.fixture
def empty_database(databases: Databases) -> Iterator[str]:
    """The address of a database without tables, removed after the test."""
    url = databases.empty()
    yield url
    databases.drop(url)


def _sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def _fold_in_the_wal(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
