"""Is large type switched on and off by one press, for its owner only, with a line in the record?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from relief.audit.models import AuditEntry
from relief.db import db
from tests.build import Office, an_office
from tests.signing_in import sign_in_as


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def test_one_press_switches_it_and_the_next_back(office: Office, client: FlaskClient) -> None:
    sign_in_as(client, "wang")
    assert "large-type" not in client.get("/").text.split("<body")[1].split(">")[0]
    answer = client.post("/account/large-type", data={"next": "/visits"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/visits")
    page = client.get("/").text
    assert '<html lang="zh-Hans" class="large-type">' in page and 'aria-pressed="true"' in page
    assert "large-type" in page.split("<body")[1].split(">")[0]
    assert not office.users["li"].large_type
    client.post("/account/large-type")
    assert '<html lang="zh-Hans">' in client.get("/").text


def test_it_is_written_down_and_leads_nowhere_else(office: Office, client: FlaskClient) -> None:
    sign_in_as(client, "wang")
    answer = client.post("/account/large-type", data={"next": "https://example.org/"})
    assert answer.headers["Location"] == "/"
    line = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "user.switch_large_type")).one()
    assert line.changes == {"large_type": [False, True]}


def test_a_stranger_is_asked_to_sign_in(office: Office, client: FlaskClient) -> None:
    answer = client.post("/account/large-type")
    assert answer.status_code == 303 and "/sign-in" in answer.headers["Location"]
