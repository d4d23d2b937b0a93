"""When is the password asked for again, and for how long does the answer hold?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief import create_app
from relief.accounts import sessions
from relief.config import Settings
from relief.db import db
from relief.web.access import confirmed, signed_in
from tests.build import PASSWORD, Office, sign_in

Later = Callable[..., None]


@pytest.fixture
def app(app: Flask, settings: Settings) -> Iterator[Flask]:
    """An application of its own: it gets a page that the others must not have."""
    own = create_app(settings)
    with own.app_context():
        yield own
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def browser(app: Flask, client: FlaskClient, office: Office) -> FlaskClient:
    app.add_url_rule("/money", "money", signed_in(confirmed(lambda: "moved")), methods=["GET", "POST"])
    sign_in(client, office, "wu")
    return client


def test_a_fresh_sign_in_is_proof_enough_for_a_quarter_of_an_hour(browser: FlaskClient, later: Later) -> None:
    later(minutes=14)
    assert browser.get("/money").data == b"moved"
    later(minutes=2)
    assert browser.get("/money").location == "/confirm?next=/money"


def test_the_right_password_leads_back_and_holds(browser: FlaskClient, later: Later) -> None:
    later(minutes=20)
    assert browser.post("/confirm", data={"password": PASSWORD, "next": "/money"}).location == "/money"
    assert browser.post("/money").data == b"moved"


def test_a_wrong_one_does_not(browser: FlaskClient, later: Later) -> None:
    later(minutes=20)
    answer = browser.post("/confirm", data={"password": "wrong", "next": "/money"}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert b"This is not your password." in answer.data
    assert browser.post("/money").status_code == 303


def test_it_leads_to_no_other_site(browser: FlaskClient) -> None:
    assert browser.post("/confirm", data={"password": PASSWORD, "next": "//evil.example"}).location == "/"


def test_a_stranger_signs_in_first(app: Flask, browser: FlaskClient) -> None:
    answer = app.test_client().post("/confirm", data={"password": PASSWORD})
    assert answer.location.startswith("/sign-in")


def test_it_holds_for_this_session_alone(app: Flask, browser: FlaskClient, office: Office, later: Later) -> None:
    phone = app.test_client()
    sign_in(phone, office, "wu")
    later(minutes=20)
    browser.post("/confirm", data={"password": PASSWORD})
    assert browser.get("/money").data == b"moved"
    assert phone.get("/money").status_code == 303
    assert len(sessions.list_open(office.wu.user_id)) == 2
