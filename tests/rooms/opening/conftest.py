"""In which office do the tests of past awards stand? The usual one, with the six households of the shared workbook."""

from __future__ import annotations

import pytest
from flask import Flask

from relief.households.models import Household
from tests.awards_book import open_files
from tests.build import Office, an_office


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


@pytest.fixture
def households(office: Office) -> list[Household]:
    """The households of the people in the workbook, in their order."""
    return open_files(office)
