"""On which day do the tests of cases begin, and in which office? A Monday of 2026 without holidays near it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from relief import clock
from tests.build import Office, an_office

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
