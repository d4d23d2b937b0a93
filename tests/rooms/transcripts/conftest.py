"""On which day do the tests of paper decisions begin, and in which office? A Monday of 2026 without holidays near it."""

from tests.rooms.cases.conftest import monday, office

__all__ = ["monday", "office"]
