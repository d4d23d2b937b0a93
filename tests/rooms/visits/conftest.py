"""What do the tests of visits stand on? The office, a household of 东风, and a visit that is told in one line."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from relief import clock
from relief.domain.permissions import Actor
from relief.households.models import Household
from relief.visits.given import VisitorGiven
from relief.visits.models import Visit
from relief.visits.service import log_visit
from tests.build import Office, a_household, an_office

Log = Callable[..., Visit]


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


@pytest.fixture
def household(office: Office) -> Household:
    return a_household(office, account=False, consent=False)


@pytest.fixture
def log(office: Office, household: Household) -> Log:
    """Log a care visit by 王秀兰 to the household, unless told otherwise."""

    def logged(*visitors: Actor | VisitorGiven, by: Actor = office.wang, **told: Any) -> Visit:
        given = [one if isinstance(one, VisitorGiven) else VisitorGiven(one.person_id) for one in visitors or (by,)]
        defaults = {"client_uuid": str(uuid.uuid4()), "kind": "care", "on": clock.today(), "household_id": household.id}
        return log_visit(**(defaults | told), visitors=given, by=by)

    return logged
