"""In which world do the tests of vouchers stand? A fresh copy of the prepared office, and a browser in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.rooms.money.conftest import Open, prepared, worlds
from tests.rooms.money.ready import World

__all__ = ["prepared", "worlds"]


@pytest.fixture
def world(worlds: Open) -> Iterator[World]:
    """The office with cases at the last level of approval."""
    with worlds() as opened:
        yield opened


@pytest.fixture
def browser(world: World) -> FlaskClient:
    """A browser without JavaScript, not signed in."""
    world.app.config["WTF_CSRF_ENABLED"] = False
    return world.app.test_client()
