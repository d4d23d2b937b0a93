"""How do I change my password, and what else ends then?"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh

from relief.accounts import own, passwords
from relief.accounts.queries import find_user
from relief.clock import timedelta
from relief.config import Settings
from relief.db import transaction
from relief.domain.errors import RuleBroken
from tests.build import PASSWORD, Office, an_office, sign_in
from tests.rooms.accounts.record import last_line, lines

NEW = "大雪压青松青松挺且直"


def change(office: Office, current: str = PASSWORD, new: str = NEW) -> None:
    own.change_password(current, new, address="10.0.0.1", by=office.wang)


def test_the_new_one_holds_and_the_old_one_does_not(office: Office) -> None:
    change(office)
    wang = find_user("wang")
    assert passwords.matches(wang, NEW)
    assert not passwords.matches(wang, PASSWORD)
    line = last_line("user.change_password")
    assert (line.user_id, line.subject_id, line.changes) == (office.wang.user_id, office.wang.user_id, {})


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("wrong", NEW, "current"),
        (PASSWORD, "short", "password"),
        (PASSWORD, PASSWORD, "password"),
        (PASSWORD, "1234567890", "password"),
    ],
)
def test_it_stays_when_one_of_them_is_not_right(office: Office, current: str, new: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        change(office, current, new)
    assert refused.value.field == field
    assert passwords.matches(find_user("wang"), PASSWORD)
    assert lines("user.change_password") == 0


def test_full_width_letters_of_an_input_method_are_the_same_letters(office: Office) -> None:
    change(office, new="Mountain-River9")
    assert passwords.matches(find_user("wang"), "Ｍｏｕｎｔａｉｎ－Ｒｉｖｅｒ９")


def test_this_session_goes_on_under_a_new_token_and_all_others_end(
    app: Flask, client: FlaskClient, office: Office
) -> None:
    phone = app.test_client()
    for browser in (phone, client):
        sign_in(browser, office, "wang")
    with client.session_transaction() as cookie:
        before = cookie["sign_in"]
    answer = client.post("/account/password", data={"current": PASSWORD, "password": NEW, "again": NEW})
    assert (answer.status_code, answer.location) == (303, "/account")
    with client.session_transaction() as cookie:
        assert cookie["sign_in"] != before
    assert client.get("/account").status_code == 200
    assert phone.get("/account").status_code == 303


def test_two_that_differ_come_back_and_no_password_stands_in_the_page(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "wang")
    answer = client.post(
        "/account/password",
        data={"current": PASSWORD, "password": NEW, "again": NEW + "x"},
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "The two passwords differ." in page
    assert NEW not in page and PASSWORD not in page


def test_looks_are_kept_and_read_at_once(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "wang")
    version = office.users["wang"].version
    client.post("/account", data={"language": "en", "large_type": "y", "version": version})
    refresh()
    page = client.get("/account", headers={"Accept-Language": "zh-CN"}).get_data(as_text=True)
    assert "My account" in page
    assert 'class="large-type"' in page
    assert client.post("/account", data={"language": "en", "version": version}).status_code == 409
    assert last_line("user.choose_looks").changes["language"] == [None, "en"]


class TestStrict:
    """The strict profile: classes, and a new one every ninety days."""

    @pytest.fixture
    def office(self, settings: Settings, strict_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Office:
        with monkeypatch.context() as patch:
            patch.setattr(passwords, "is_strict", lambda: False)
            return an_office()

    def test_two_classes_are_refused_and_three_taken(self, office: Office) -> None:
        with pytest.raises(RuleBroken, match="mixes three"):
            change(office, new="mountain-river")
        change(office, new="Mountain-river9")

    def test_after_ninety_days_nothing_opens_but_the_page_to_change_it(self, strict_app: Flask, office: Office) -> None:
        browser = strict_app.test_client()
        for days, status in ((89, 200), (90, 303)):
            with transaction():
                office.users["wang"].password_changed_at = passwords.clock.now() - timedelta(days=days)
            sign_in(browser, office, "wang")
            assert browser.get("/permissions").status_code == status
        assert browser.get("/permissions").location == "/account/password"
        refresh()
        page = browser.get("/account/password", headers={"Accept-Language": "en"})
        assert b"older than ninety days" in page.data
        browser.post(
            "/account/password", data={"current": PASSWORD, "password": "Mountain-river9", "again": "Mountain-river9"}
        )
        assert browser.get("/permissions").status_code == 200
