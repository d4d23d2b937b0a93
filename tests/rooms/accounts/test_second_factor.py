"""How is a phone set up, asked for, and taken off again, and whom does the strict profile send there?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from relief import clock, create_app
from relief.accounts import passwords, service, totp
from relief.accounts.queries import find_user
from relief.config import Settings
from relief.db import db
from relief.domain.errors import NotAllowed, RuleBroken
from tests.build import PASSWORD, Office, an_office, sign_in
from tests.rooms.accounts.record import last_line

Later = Callable[..., None]
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code_now(secret: str, steps: int = 0) -> str:
    return str(pyotp.TOTP(secret).generate_otp(int(clock.now().timestamp()) // 30 + steps))


def enrolled(office: Office, who: str = "sun") -> str:
    """The secret of a phone that was just set up for one of the cast."""
    user = office.users[who]
    offered = totp.offer(user)
    secret = totp.secret_in(offered, user.id)
    totp.enrol(user.id, offered, code_now(secret), by=getattr(office, who))
    return secret


def test_the_codes_are_those_of_rfc_6238(later: Later) -> None:
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(1111111109, UTC)
    assert totp.step_of(SECRET, "081804", at) == 1111111109 // 30
    assert totp.step_of(SECRET, "081 804", at) == 1111111109 // 30
    assert totp.step_of(SECRET, "081805", at) is None
    assert totp.step_of(SECRET, "०८१८०४", at) is None


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_wrong(steps: int, fits: bool) -> None:
    now = clock.now()
    code = str(pyotp.TOTP(SECRET).generate_otp(int(now.timestamp()) // 30 + steps))
    assert (totp.step_of(SECRET, code, now) is not None) == fits


def test_the_first_code_proves_the_phone_and_the_secret_is_sealed(office: Office) -> None:
    secret = enrolled(office)
    kept = db.session.execute(sa.text("SELECT totp_secret FROM user_account WHERE username = 'sun'")).scalar_one()
    assert secret not in kept
    assert find_user("sun").totp_secret == secret
    assert last_line("user.enrol").changes == {}


def test_a_wrong_first_code_sets_nothing_up(office: Office) -> None:
    user = office.users["sun"]
    offered = totp.offer(user)
    with pytest.raises(RuleBroken, match="does not fit"):
        totp.enrol(user.id, offered, code_now(totp.secret_in(offered, user.id), steps=5), by=office.sun)
    assert find_user("sun").totp_secret is None


def test_an_offer_is_for_one_person_and_everybody_uses_the_own_phone(office: Office) -> None:
    offered = totp.offer(office.users["sun"])
    with pytest.raises(RuleBroken, match="Load it again"):
        totp.enrol(office.users["liu"].id, offered, "123456", by=office.liu)
    with pytest.raises(NotAllowed):
        totp.enrol(office.users["sun"].id, offered, "123456", by=office.wei)


def test_a_code_works_once(office: Office, later: Later) -> None:
    secret = enrolled(office)
    later(minutes=2)
    code = code_now(secret)
    assert totp.check(office.users["sun"].id, code).username == "sun"
    with pytest.raises(RuleBroken, match="each works once"):
        totp.check(office.users["sun"].id, code)
    with pytest.raises(RuleBroken):
        totp.check(office.users["sun"].id, code_now(secret, steps=-1))


def password_given(browser: FlaskClient) -> None:
    answer = browser.post("/sign-in", data={"username": "sun", "password": PASSWORD, "next": "/unions"})
    assert answer.location == "/sign-in/code?next=/unions"


def test_the_password_alone_opens_nothing_and_the_code_opens_all(
    client: FlaskClient, office: Office, later: Later
) -> None:
    secret = enrolled(office)
    later(minutes=2)
    password_given(client)
    assert client.get("/permissions").status_code == 303
    answer = client.post("/sign-in/code", data={"code": code_now(secret), "next": "/unions"})
    assert answer.location == "/unions"
    assert client.get("/permissions").status_code == 200


def test_a_wrong_code_is_counted_and_locks(in_english: FlaskClient, office: Office, later: Later) -> None:
    client, secret = in_english, enrolled(office)
    later(minutes=2)
    password_given(client)
    for _time in range(4):
        assert client.post("/sign-in/code", data={"code": "000000"}).status_code == 422
    locked = client.post("/sign-in/code", data={"code": code_now(secret)})
    assert b"Too many failed tries" in locked.data


def test_giving_the_password_again_and_again_does_not_forgive_wrong_codes(
    in_english: FlaskClient, office: Office, later: Later
) -> None:
    client = in_english
    enrolled(office)
    later(minutes=2)
    for _round in range(2):
        password_given(client)
        client.post("/sign-in/code", data={"code": "000000"})
    password_given(client)
    assert b"Too many" in client.post("/sign-in/code", data={"code": "000000"}).data


def test_the_code_is_typed_within_five_minutes(client: FlaskClient, office: Office, later: Later) -> None:
    enrolled(office)
    password_given(client)
    later(minutes=6)
    assert client.get("/sign-in/code").location == "/sign-in?next=/"


def test_without_the_password_there_is_no_page_for_the_code(client: FlaskClient, office: Office) -> None:
    assert client.get("/sign-in/code").status_code == 303


def test_a_lost_phone_is_taken_off_by_the_security_administrator_and_by_nobody_else(office: Office) -> None:
    enrolled(office)
    with pytest.raises(NotAllowed):
        service.drop_second_factor(office.users["sun"].id, by=office.sun)
    with pytest.raises(NotAllowed):
        service.drop_second_factor(office.users["sun"].id, by=office.chu)
    service.drop_second_factor(office.users["sun"].id, by=office.wei)
    assert find_user("sun").totp_secret is None
    assert last_line("user.drop_second_factor").unusual == "second_factor_dropped"


def test_the_page_shows_a_picture_and_takes_the_code(client: FlaskClient, office: Office) -> None:
    import re

    sign_in(client, office, "sun")
    page = client.get("/account/second-factor").get_data(as_text=True)
    offered = re.search(r'name="offered"[^>]*value="([^"]+)"', page)
    secret = re.search(r"<code>(\w+)</code>", page)
    assert offered and secret and "data:image/png;base64," in page
    assert secret[1] not in offered[1]
    answer = client.post("/account/second-factor", data={"offered": offered[1], "code": code_now(secret[1])})
    assert answer.location == "/account"
    assert find_user("sun").totp_secret == secret[1]


def test_a_wrong_code_gives_the_same_picture_back(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "sun")
    offered = totp.offer(office.users["sun"])
    answer = client.post("/account/second-factor", data={"offered": offered, "code": "000000"})
    assert answer.status_code == 422
    assert totp.secret_in(offered, office.users["sun"].id) in answer.get_data(as_text=True)
    assert client.post("/account/second-factor", data={"offered": "made up", "code": "000000"}).status_code == 422


class TestStrict:
    """The strict profile leads deciders, payers and administrators to the page first."""

    @pytest.fixture
    def office(self, strict_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Office:
        with monkeypatch.context() as patch:
            patch.setattr(passwords, "is_strict", lambda: False)
            return an_office()

    @pytest.mark.parametrize("who", ["liu", "sun", "zhou", "wu", "zheng", "chu", "wei"])
    def test_they_set_it_up_before_anything_else(self, strict_app: Flask, office: Office, who: str) -> None:
        browser = strict_app.test_client()
        sign_in(browser, office, who)
        assert browser.get("/permissions").location == "/account/second-factor"
        assert browser.post("/account/sessions/end-others").location == "/account/second-factor"
        enrolled(office, who)
        assert browser.get("/permissions").status_code == 200

    @pytest.mark.parametrize("who", ["wang", "li", "chen", "feng"])
    def test_the_others_need_not(self, strict_app: Flask, office: Office, who: str) -> None:
        browser = strict_app.test_client()
        sign_in(browser, office, who)
        assert browser.get("/permissions").status_code == 200

    def test_they_can_still_sign_out(self, strict_app: Flask, office: Office) -> None:
        browser = strict_app.test_client()
        sign_in(browser, office, "sun")
        assert browser.post("/sign-out").location == "/sign-in"

    def test_it_does_not_start_without_the_library(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(totp, "is_available", lambda: False)
        create_app(settings)
        with pytest.raises(RuntimeError, match=r"relief\[otp\]"):
            create_app(replace(settings, profile="strict"))
