"""What does every test get? An application on a fresh copy of a migrated database, SQLite or PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from relief import clock, create_app
from relief.accounts import passwords
from relief.config import Settings, for_demo
from relief.db import db
from relief.domain.permissions import system_actor
from relief.funds import service as funds
from relief.policies import service as policies
from tests.postgres import Postgres
from tests.stage import Stage

TODAY = datetime(2026, 3, 10, 9, 30, tzinfo=clock.SHANGHAI)  # a Tuesday; the year has its holiday notice
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="where the rooms' rows live")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """argon2 at its least cost: thirteen people per office would take a second of every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def base_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a server with its own keys, before it has a database."""
    settings = for_demo(tmp_path_factory.mktemp("keys"))
    return replace(settings, demo=False, testing=True, office_name="兴隆林业局工会")


@pytest.fixture(scope="session")
def template(
    request: pytest.FixtureRequest, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a migrated, empty database that every test copies."""
    if request.config.getoption("--database") == "sqlite":
        address = f"sqlite:///{tmp_path_factory.mktemp('template') / 'relief.db'}"
        _migrate(replace(base_settings, database_url=address))
        yield address
        return
    with Postgres() as server:
        address = server.create_database("template_relief")
        _migrate(replace(base_settings, database_url=address))
        request.config.stash[SERVER] = server
        yield address


SERVER: pytest.StashKey[Postgres] = pytest.StashKey()


@pytest.fixture(scope="session")
def stage(
    request: pytest.FixtureRequest, template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Where all tests of this process stand, one after another."""
    made = Stage(base_settings, tmp_path_factory.mktemp("stage"), request.config.stash.get(SERVER, None))
    yield made
    made.leave()


def _migrate(settings: Settings) -> None:
    from flask_migrate import upgrade

    app = create_app(settings)
    with app.app_context():
        upgrade()
        policies.prepare(by=system_actor("tests"))
        funds.prepare(by=system_actor("tests"))
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def database(template: str, stage: Stage) -> str:
    """The address of this test's own database, a copy of the template."""
    stage.lay(template)
    return stage.address


@pytest.fixture
def settings(base_settings: Settings, database: str, tmp_path: Path) -> Settings:
    """This test's settings."""
    return replace(base_settings, database_url=database, instance=tmp_path)


@pytest.fixture
def app(settings: Settings, stage: Stage) -> Iterator[Flask]:
    """The application on this test's database, inside its context."""
    clock.set_shift(TODAY - datetime.now(UTC))
    with stage.application(settings) as app:
        yield app
    clock.set_shift(clock.timedelta(0))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, not signed in."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()
