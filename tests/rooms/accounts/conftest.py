"""What do the tests of accounts share? An office, a strict office, and a way to move the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief import clock, create_app
from relief.config import Settings
from relief.db import db
from tests.build import Office, an_office


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


@pytest.fixture
def strict_app(settings: Settings) -> Iterator[Flask]:
    """The same office under the strict profile; made with the first passwords of the cast, so before it judges them."""
    app = create_app(replace(settings, profile="strict"))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    clock.set_shift(timedelta(0))


@pytest.fixture
def later() -> Iterator[Callable[..., None]]:
    """Move the clock on by this much: `later(minutes=5)`; it stands right again after the test."""
    before = clock.shift()

    def move(**by: float) -> None:
        clock.set_shift(clock.shift() + timedelta(**by))

    yield move
    clock.set_shift(before)


@pytest.fixture
def in_english(client: FlaskClient) -> FlaskClient:
    """A browser that reads English, whatever came before."""
    client.set_cookie("lang", "en")
    return client
