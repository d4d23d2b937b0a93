"""On which day do the tests of auditing begin, and in which office? A Monday of 2026 without holidays near it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief import clock
from tests.build import Office, an_office, sign_in

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    """Ten o'clock in Shanghai; builders move the clock on from here."""
    clock.set_shift(MONDAY - datetime.now(UTC))
    yield
    clock.set_shift(clock.timedelta(0))


@pytest.fixture
def office(monday: None) -> Office:
    """The bureau, its units and the cast."""
    return an_office()


@pytest.fixture
def signed_in(office: Office, client: FlaskClient) -> Callable[[str], tuple[Any, Any]]:
    """`get, post = signed_in("feng")`: pages and forms in English, as one of the cast."""

    def begin(who: str) -> tuple[Any, Any]:
        sign_in(client, office, who)
        english = {"Accept-Language": "en"}
        return (
            lambda address: client.get(address, headers=english),
            lambda address, **fields: client.post(address, data=fields, headers=english),
        )

    return begin
