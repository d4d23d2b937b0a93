"""Do migrations lead up, down and up again, to the tables that the models say, with every trigger?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from relief import create_app, triggers
from relief.config import Settings
from relief.db import db
from tests.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_app(request: pytest.FixtureRequest, base_settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty database."""
    if request.param == "sqlite":
        yield from _app_on(replace(base_settings, database_url=f"sqlite:///{tmp_path / 'bare.db'}"))
        return
    with Postgres() as server:
        yield from _app_on(replace(base_settings, database_url=server.create_database("bare")))


def _app_on(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[object]:
    with db.engine.connect() as connection:
        options = {"compare_type": True, "render_as_batch": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, db.metadata))


def trigger_names() -> set[str]:
    queries = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with db.engine.connect() as connection:
        return set(connection.scalars(sa.text(queries[connection.dialect.name])))


def table_names() -> set[str]:
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_down_up_ends_where_the_models_are(bare_app: Flask) -> None:
    upgrade()
    assert table_names() == set(db.metadata.tables)
    downgrade(revision="base")
    assert table_names() == set()
    upgrade()
    assert differences() == []


def test_every_append_only_table_has_its_triggers(bare_app: Flask) -> None:
    upgrade()
    assert trigger_names() == triggers.expected(db.engine.dialect.name)


def test_an_append_only_line_can_be_neither_changed_nor_removed(bare_app: Flask) -> None:
    upgrade()
    line = "INSERT INTO access_entry (at, actor, subject, what) VALUES ('2026-01-01', 'x', 'y', 'z')"
    with db.engine.begin() as connection:
        connection.execute(sa.text(line))
    for change in ("UPDATE access_entry SET actor = 'w'", "DELETE FROM access_entry"):
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.engine.begin() as connection:
            connection.execute(sa.text(change))


def test_the_comparison_sees_a_dropped_trigger(bare_app: Flask) -> None:
    upgrade()
    name = sorted(triggers.expected(db.engine.dialect.name))[0]
    on = " ON access_entry" if db.engine.dialect.name == "postgresql" else ""
    with db.engine.begin() as connection:
        connection.execute(sa.text(f"DROP TRIGGER {name}{on}"))
    assert trigger_names() != triggers.expected(db.engine.dialect.name)
