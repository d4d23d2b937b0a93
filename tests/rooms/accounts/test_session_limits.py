"""When does a session end? By rest, by age, by its owner, by a change of rights: at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief.accounts import service, sessions
from relief.accounts.queries import current_grants
from relief.clock import today
from relief.domain.errors import NotYours
from relief.domain.permissions import Role
from tests.build import Office, sign_in
from tests.rooms.accounts.record import last_line

Later = Callable[..., None]


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/permissions").status_code == 200


@pytest.fixture
def browser(client: FlaskClient, office: Office) -> FlaskClient:
    sign_in(client, office, "wang")
    return client


def test_half_an_hour_without_use_ends_it(browser: FlaskClient, later: Later) -> None:
    later(minutes=29)
    assert is_in(browser)
    later(minutes=31)
    assert not is_in(browser)


def test_use_keeps_it_alive_until_twelve_hours_are_over(browser: FlaskClient, later: Later) -> None:
    for _time in range(28):
        later(minutes=25)
        assert is_in(browser)
    later(minutes=25)
    assert not is_in(browser)


def test_closing_the_account_ends_it_at_once(browser: FlaskClient, office: Office) -> None:
    service.disable(office.users["wang"].id, by=office.wei)
    assert not is_in(browser)


def test_a_new_role_ends_it_at_once(browser: FlaskClient, office: Office) -> None:
    service.grant(office.users["wang"].id, Role.CASHIER, by=office.wei)
    assert not is_in(browser)


def test_the_end_of_a_role_ends_it_at_once(browser: FlaskClient, office: Office) -> None:
    wang = office.users["wang"]
    (held,) = current_grants(wang.id, today())
    service.end_grant(held.id, today(), by=office.wei)
    assert not is_in(browser)


def test_a_session_begun_with_a_lost_role_does_not_keep_it(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "wei")
    assert client.get("/users").status_code == 200
    second = service.add_user(
        name="单晓明",
        resident_id="230126199003030073",
        union_id=office.bureau.id,
        roles=(Role.SECURITY_ADMIN,),
        by=office.wei,
    )
    from relief.accounts.queries import actor_of

    (held,) = current_grants(office.users["wei"].id, today())
    service.end_grant(held.id, today(), by=actor_of(second))
    sign_in(client, office, "wei")
    assert client.get("/users").status_code == 403


def test_its_owner_ends_one(app: Flask, browser: FlaskClient, office: Office) -> None:
    phone = app.test_client()
    sign_in(phone, office, "wang")
    newest = sessions.list_open(office.wang.user_id)[0]
    assert browser.post(f"/account/sessions/{newest.id}/end").status_code == 303
    assert is_in(browser)
    assert not is_in(phone)
    assert last_line("user.end_session").changes == {"sessions": [newest.id]}


def test_its_owner_ends_all_others(app: Flask, browser: FlaskClient, office: Office) -> None:
    others = [app.test_client() for _each in range(2)]
    for one in others:
        sign_in(one, office, "wang")
    browser.post("/account/sessions/end-others")
    assert is_in(browser)
    assert not any(is_in(one) for one in others)


def test_nobody_ends_anothers(app: Flask, browser: FlaskClient, office: Office) -> None:
    other = app.test_client()
    sign_in(other, office, "li")
    (theirs,) = sessions.list_open(office.li.user_id)
    assert browser.post(f"/account/sessions/{theirs.id}/end").status_code == 404
    assert is_in(other)
    with pytest.raises(NotYours):
        sessions.end_own(987654, by=office.wang)


def test_the_own_page_lists_them_with_the_one_here(app: Flask, browser: FlaskClient, office: Office) -> None:
    sign_in(app.test_client(), office, "wang")
    page = browser.get("/account", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert page.count("This one") == 1
    assert page.count("Sign out there") == 1


def test_a_made_up_token_is_nobody(client: FlaskClient, office: Office) -> None:
    with client.session_transaction() as cookie:
        cookie[sessions.TOKEN] = "made up"
    assert not is_in(client)
