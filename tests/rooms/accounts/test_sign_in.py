"""Who gets in, with which words are others turned away, and where does the browser go then?"""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from werkzeug.test import TestResponse

from relief.accounts import passwords, service
from relief.accounts.models import SignInSession
from relief.db import db, transaction
from relief.sealing import token_hash
from tests.build import PASSWORD, Office
from tests.rooms.accounts.record import last_line, lines

WRONG = b"User name and password do not fit together."


def sign_in(client: FlaskClient, username: str = "wang", password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post(
        "/sign-in", data={"username": username, "password": password, **more}, headers={"Accept-Language": "en"}
    )


def signed_in(client: FlaskClient) -> bool:
    return client.get("/permissions").status_code == HTTPStatus.OK


def test_the_right_password_opens_a_session_and_goes_on(client: FlaskClient, office: Office) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/")
    assert signed_in(client)
    line = last_line("user.sign_in")
    assert (line.user_id, line.union_id) == (office.wang.user_id, office.dongfeng.id)


def test_the_user_name_may_be_typed_in_capitals_with_spaces(client: FlaskClient, office: Office) -> None:
    sign_in(client, "  WANG ")
    assert signed_in(client)


def test_the_cookie_holds_a_token_and_the_database_only_its_hash(client: FlaskClient, office: Office) -> None:
    sign_in(client)
    with client.session_transaction() as cookie:
        token = cookie["sign_in"]
    kept = db.session.scalars(sa.select(SignInSession)).one()
    assert kept.token_hash == token_hash(token) != token


def test_unknown_name_wrong_password_and_closed_account_get_the_same_answer(
    client: FlaskClient, office: Office
) -> None:
    service.disable(office.users["zhao"].id, by=office.wei)
    answers = [sign_in(client, "nobody"), sign_in(client, "wang", "not the password"), sign_in(client, "zhao")]
    bodies = {re.sub(rb'value="[^"]*"', b"", answer.data) for answer in answers}
    assert {answer.status_code for answer in answers} == {422}
    assert len(bodies) == 1
    assert WRONG in bodies.pop()
    assert not signed_in(client)


@pytest.mark.parametrize("username", ["wang", "nobody", "new"])
def test_one_password_is_worked_out_whoever_is_asked_for(
    client: FlaskClient, office: Office, username: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.add_user(
        name="单晓明",
        resident_id="230126199003030073",
        union_id=office.dongfeng.id,
        roles=(),
        username="new",
        by=office.wei,
    )
    worked, real = [], passwords._hasher

    class Counting:
        def verify(self, known: str, typed: str) -> bool:
            worked.append(typed)
            return real.verify(known, typed)

        def hash(self, password: str) -> str:
            return real.hash(password)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    assert sign_in(client, username, "not the password").status_code == 422
    assert worked == ["not the password"]


def test_a_failure_is_recorded_without_what_was_typed(client: FlaskClient, office: Office) -> None:
    sign_in(client, "my-secret-password", "oops wrong field")
    line = last_line("user.sign_in_failed")
    assert line.subject_id is None
    assert line.changes == {"address": "127.0.0.1"}
    sign_in(client, "wang", "not the password")
    assert last_line("user.sign_in_failed").subject_id == office.wang.user_id
    assert lines("user.sign_in") == 0


def test_the_session_is_a_new_one_at_each_sign_in(client: FlaskClient, office: Office) -> None:
    sign_in(client)
    with client.session_transaction() as cookie:
        first = cookie["sign_in"]
    sign_in(client)
    with client.session_transaction() as cookie:
        assert cookie["sign_in"] != first
        cookie["sign_in"] = first
    assert not signed_in(client)


@pytest.mark.parametrize("where", ["/households/12?tab=visits", "/unions"])
def test_it_goes_on_to_where_one_wanted(client: FlaskClient, office: Office, where: str) -> None:
    assert sign_in(client, next=where).location == where


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\t/x"]
)
def test_it_never_leads_to_another_site(client: FlaskClient, office: Office, where: str) -> None:
    assert sign_in(client, next=where).location == "/"
    client.post("/sign-out")
    page = client.get("/sign-in", query_string={"next": where})
    wanted = re.search(r'id="next"[^>]*value="([^"]*)"', page.get_data(as_text=True))
    assert wanted is not None
    assert wanted[1] == "/"


def test_a_stranger_is_led_to_the_sign_in_page_and_back(client: FlaskClient, office: Office) -> None:
    answer = client.get("/users?state=open")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert b'value="/users?state=open"' in page.data


def test_the_language_of_the_user_comes_with_the_sign_in(client: FlaskClient, office: Office) -> None:
    with transaction():
        office.users["wang"].language = "en"
    client.post("/sign-in", data={"username": "wang", "password": PASSWORD}, headers={"Accept-Language": "zh-CN"})
    refresh()  # within one test requests share what was cached of the language
    page = client.get("/permissions", headers={"Accept-Language": "zh-CN"})
    assert b"Which role may do what" in page.data


def test_the_form_is_refused_without_its_token_and_taken_with_it(app: Flask, office: Office) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    assert sign_in(browser).status_code == 400
    page = browser.get("/sign-in").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    assert sign_in(browser, csrf_token=token[1]).status_code == 303
    assert signed_in(browser)
    assert browser.post("/sign-out").status_code == 400
    assert signed_in(browser)


def test_the_token_of_before_the_sign_in_is_worth_nothing_after(app: Flask, office: Office) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    page = browser.get("/sign-in").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    sign_in(browser, csrf_token=token[1])
    assert browser.post("/sign-out", data={"csrf_token": token[1]}).status_code == 400


def test_signing_out_ends_the_session_for_good(client: FlaskClient, office: Office) -> None:
    sign_in(client)
    with client.session_transaction() as cookie:
        token = cookie["sign_in"]
    assert client.post("/sign-out").location == "/sign-in"
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    assert not signed_in(client)
    assert last_line("user.sign_out").user_id == office.wang.user_id


def test_signing_out_is_no_link(client: FlaskClient, office: Office) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert signed_in(client)
