"""What can somebody do at a browser that was left open, or with a link that lies about?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief.accounts import invitations, own, totp
from relief.accounts.queries import find_user
from relief.domain.errors import RuleBroken
from tests.build import PASSWORD, Office, sign_in
from tests.rooms.accounts.test_second_factor import code_now

NEW = "another long sentence"
Later = Callable[..., None]


def test_another_phone_wants_the_password_first(client: FlaskClient, office: Office, later: Later) -> None:
    sign_in(client, office, "sun")
    user = office.users["sun"]
    offered = totp.offer(user)
    code = code_now(totp.secret_in(offered, user.id))
    later(minutes=16)
    for answer in (
        client.get("/account/second-factor"),
        client.post("/account/second-factor", data={"offered": offered, "code": code}),
    ):
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/confirm")
    assert find_user("sun").totp_secret is None
    client.post("/confirm", data={"password": PASSWORD})
    assert client.get("/account/second-factor").status_code == 200


def test_where_the_phone_is_due_the_password_can_be_given(office: Office, strict_app: Flask, later: Later) -> None:
    """The strict profile leads to the phone's page before anything else: the password's page must stay open."""
    client = strict_app.test_client()
    sign_in(client, office, "sun")
    later(minutes=16)
    assert client.get("/account/second-factor").location == "/confirm?next=/account/second-factor"
    assert client.get("/confirm?next=/account/second-factor").status_code == 200


def test_a_new_password_ends_the_links_that_lie_about(office: Office) -> None:
    issued = invitations.reset_password(office.users["wang"].id, by=office.sun)
    own.change_password(PASSWORD, NEW, address="192.0.2.7", by=office.wang)
    assert invitations.find_open(issued.code) is None
    with pytest.raises(RuleBroken, match="older than seven days"):
        invitations.accept(issued.code, "yet another sentence")
