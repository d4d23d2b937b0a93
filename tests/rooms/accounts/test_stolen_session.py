"""What can somebody do at a browser that was left open, or with a link that lies about?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief.accounts import drafts, invitations, own, totp
from relief.accounts.queries import find_user
from relief.accounts.sign_in import check_code
from relief.domain.errors import RuleBroken
from tests.build import PASSWORD, Office, sign_in
from tests.rooms.accounts.record import last_line
from tests.rooms.accounts.test_second_factor import code_now, enrolled

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


def test_a_wrong_code_is_written_down_as_a_failed_sign_in(office: Office) -> None:
    enrolled(office)
    with pytest.raises(RuleBroken):
        check_code(office.users["sun"], "000000", address="192.0.2.7")
    assert last_line("user.sign_in_failed").changes == {"address": "192.0.2.7"}


def test_drafts_do_not_fill_the_disk(office: Office) -> None:
    for number in range(drafts.MOST_KEPT + 5):
        drafts.save_draft(f"visit-{number}", {"note": ["x"]}, by=office.wang)
    assert drafts.find_draft(office.wang, "visit-4") is None
    assert drafts.find_draft(office.wang, "visit-5") is not None
