"""Does the list of files tell who was not seen for half a year?"""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient

from relief import clock
from relief.households.models import Household
from relief.households.queries import list_households
from relief.visits.given import VisitorGiven
from relief.visits.service import log_visit
from tests.build import Office, a_household, an_office, sign_in


def test_the_list_of_files_tells_who_was_not_seen_for_half_a_year(client: FlaskClient, app: Flask) -> None:
    office = an_office()
    never, seen, long_ago = a_household(office), a_household(office, "单雄信"), a_household(office, "仇二")
    for household, days in ((seen, 5), (long_ago, 200)):
        _visited(office, household, clock.today() - timedelta(days=days))
    found = list_households({"visited": "long_ago"}, by=office.wang).rows
    assert {row.id for row in found} == {never.id, long_ago.id}
    assert [row.id for row in list_households({"visited": "lately"}, by=office.wang).rows] == [seen.id]
    sign_in(client, office, "wang")
    page = client.get("/households?visited=long_ago").text
    assert "仇二" in page
    assert "单雄信" not in page


def _visited(office: Office, household: Household, on: date) -> None:
    log_visit(
        household.id, client_uuid=f"00000000-0000-4000-8000-{household.id:012d}", kind="care", on=on,
        visitors=[VisitorGiven(office.wang.person_id)], by=office.wang,
    )  # fmt: skip
