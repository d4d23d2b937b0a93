"""How does a new user get a first password, and how does the chair reset one? By a link that works once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from relief import clock
from relief.accounts import invitations, passwords, service
from relief.accounts.models import Invitation, User
from relief.accounts.queries import find_user
from relief.audit.models import AccessEntry
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.permissions import Actor, Role
from relief.files.models import IssuedDocument
from tests.build import Office, sign_in
from tests.documents.reading import codes_in, letters_of, pixels_of
from tests.rooms.accounts.record import last_line

Later = Callable[..., None]
NEW = "大雪压青松青松挺且直"


@pytest.fixture
def newcomer(office: Office) -> User:
    return service.add_user(
        name="单晓明",
        resident_id="230126199003030073",
        union_id=office.hongqi.id,
        roles=(Role.CASEWORKER,),
        by=office.wei,
    )


def test_it_sets_the_first_password(office: Office, newcomer: User) -> None:
    issued = invitations.invite(newcomer.id, by=office.wei)
    assert invitations.accept(issued.code, NEW).id == newcomer.id
    assert passwords.matches(find_user("shanxiaoming"), NEW)
    assert last_line("user.invite").user_id == office.wei.user_id
    line = last_line("user.accept_invitation")
    assert (line.user_id, line.changes["purpose"]) == (newcomer.id, "first")


def test_only_a_hash_of_the_code_is_kept_anywhere(office: Office, newcomer: User) -> None:
    code = invitations.invite(newcomer.id, by=office.wei).code
    kept = db.session.scalars(sa.select(Invitation)).one()
    bare = code.replace("-", "")
    assert bare not in kept.token_hash.upper()
    everything = db.session.execute(sa.text("SELECT changes FROM audit_entry")).scalars().all()
    assert not any(code in str(line) or bare in str(line) for line in everything)


@pytest.mark.parametrize("spoil", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_capitals_and_hyphens_do_not_matter(office: Office, newcomer: User, spoil: Callable[[str], str]) -> None:
    assert invitations.find_open(spoil(invitations.invite(newcomer.id, by=office.wei).code)) is not None


def test_it_works_once(office: Office, newcomer: User) -> None:
    code = invitations.invite(newcomer.id, by=office.wei).code
    invitations.accept(code, NEW)
    assert invitations.find_open(code) is None
    with pytest.raises(RuleBroken, match="was used"):
        invitations.accept(code, "another " + NEW)


def test_it_works_for_seven_days(office: Office, newcomer: User, later: Later) -> None:
    code = invitations.invite(newcomer.id, by=office.wei).code
    later(days=6, hours=23, minutes=59)
    assert invitations.find_open(code) is not None
    later(minutes=2)
    assert invitations.find_open(code) is None


def test_a_new_one_ends_the_one_before(office: Office, newcomer: User) -> None:
    first = invitations.invite(newcomer.id, by=office.wei).code
    second = invitations.invite(newcomer.id, by=office.wei).code
    assert invitations.find_open(first) is None
    assert invitations.find_open(second) is not None


def test_a_bad_password_does_not_use_it_up(office: Office, newcomer: User) -> None:
    code = invitations.invite(newcomer.id, by=office.wei).code
    with pytest.raises(RuleBroken):
        invitations.accept(code, "short")
    assert invitations.find_open(code) is not None


def test_a_closed_account_is_not_opened_by_it(office: Office, newcomer: User) -> None:
    code = invitations.invite(newcomer.id, by=office.wei).code
    service.disable(newcomer.id, by=office.wei)
    assert invitations.find_open(code) is None
    with pytest.raises(RuleBroken, match="closed"):
        invitations.invite(newcomer.id, by=office.wei)


def test_who_has_a_password_is_not_invited_again(office: Office) -> None:
    with pytest.raises(RuleBroken, match="chair resets"):
        invitations.invite(office.users["wang"].id, by=office.wei)


@pytest.mark.parametrize("who", ["wang", "sun", "chu", "feng"])
def test_only_the_security_administrator_invites(office: Office, newcomer: User, who: str) -> None:
    with pytest.raises(NotAllowed):
        invitations.invite(newcomer.id, by=getattr(office, who))


def of_dongfeng(office: Office, *roles: Role) -> Actor:
    return Actor("外", roles=frozenset(roles), scope=frozenset({office.dongfeng.id}))


def test_a_user_of_another_union_does_not_exist(office: Office, newcomer: User) -> None:
    with pytest.raises(NotYours):
        invitations.invite(newcomer.id, by=of_dongfeng(office, Role.SECURITY_ADMIN))
    with pytest.raises(NotYours):
        invitations.reset_password(newcomer.id, by=of_dongfeng(office, Role.CHAIR))


class TestReset:
    """The chair makes a link for a new password."""

    def test_the_old_password_holds_until_the_link_is_used_and_then_all_sessions_end(
        self, client: FlaskClient, office: Office
    ) -> None:
        sign_in(client, office, "wang")
        issued = invitations.reset_password(office.users["wang"].id, by=office.sun)
        assert client.get("/account").status_code == 200
        invitations.accept(issued.code, NEW)
        assert client.get("/account").status_code == 303
        assert passwords.matches(find_user("wang"), NEW)

    def test_the_auditor_finds_it(self, office: Office) -> None:
        invitations.reset_password(office.users["wang"].id, by=office.sun)
        line = last_line("user.reset_password")
        assert (line.unusual, line.user_id) == ("password_reset", office.sun.user_id)

    def test_not_for_oneself(self, office: Office) -> None:
        with pytest.raises(NotAllowed, match="own password"):
            invitations.reset_password(office.users["sun"].id, by=office.sun)

    @pytest.mark.parametrize("who", ["wang", "liu", "wei", "chu"])
    def test_only_the_chair_does(self, office: Office, who: str) -> None:
        with pytest.raises(NotAllowed):
            invitations.reset_password(office.users["li"].id, by=getattr(office, who))


class TestOnScreen:
    """The link is shown once; the page behind it sets the password."""

    def test_the_link_is_on_the_page_that_made_it_and_nowhere_later(
        self, client: FlaskClient, office: Office, newcomer: User
    ) -> None:
        sign_in(client, office, "wei")
        made = client.post(f"/users/{newcomer.id}/invite")
        link = re.search(r"http://localhost(/invitation/[A-Z0-9-]{23})", made.get_data(as_text=True))
        assert link is not None
        assert made.headers["Cache-Control"] == "no-store"
        assert link[1].split("/")[-1] not in client.get(f"/users/{newcomer.id}").get_data(as_text=True)

    def test_a_stranger_with_the_link_chooses_the_password(
        self, app: Flask, client: FlaskClient, office: Office, newcomer: User
    ) -> None:
        code = invitations.invite(newcomer.id, by=office.wei).code
        page = client.get(f"/invitation/{code}").get_data(as_text=True)
        assert "单晓明" in page and "shanxiaoming" in page
        answer = client.post(f"/invitation/{code}", data={"password": NEW, "again": NEW})
        assert answer.location == "/sign-in"
        assert client.post("/sign-in", data={"username": "shanxiaoming", "password": NEW}).status_code == 303

    def test_used_old_and_invented_links_read_the_same(
        self, client: FlaskClient, office: Office, newcomer: User
    ) -> None:
        used = invitations.invite(newcomer.id, by=office.wei).code
        invitations.accept(used, NEW)
        old = invitations.reset_password(newcomer.id, by=office.sun).code
        db.session.scalars(sa.select(Invitation).where(Invitation.purpose == "reset")).one().expires_at = (
            clock.now() - timedelta(1)
        )
        db.session.commit()
        places = {client.get(f"/invitation/{code}").location for code in (used, old, "AAAAA-BBBBB-CCCCC-DDDDD")}
        assert places == {"/invitation-gone"}
        assert client.get("/invitation-gone").status_code == 410

    def test_the_code_of_a_slip_is_typed(self, client: FlaskClient, office: Office, newcomer: User) -> None:
        code = invitations.invite(newcomer.id, by=office.wei).code
        answer = client.post("/invitation", data={"code": code.lower()})
        assert answer.status_code == 303 and answer.location.startswith("/invitation/")
        assert client.post("/invitation", data={"code": "AAAAA-BBBBB-CCCCC-DDDDD"}).status_code == 422

    def test_the_link_goes_to_the_public_address_where_there_is_one(
        self, app: Flask, client: FlaskClient, office: Office, newcomer: User
    ) -> None:
        from dataclasses import replace

        app.extensions["relief"] = replace(app.extensions["relief"], public_url="https://relief.example/")
        sign_in(client, office, "wei")
        page = client.post(f"/users/{newcomer.id}/invite").get_data(as_text=True)
        assert "https://relief.example/invitation/" in page


class TestSlip:
    """The slip of the link: an A5 page with its picture, for whoever made it, as long as it works."""

    def ask(self, client: FlaskClient, office: Office, who: str, user: User, code: str) -> TestResponse:
        sign_in(client, office, who)
        return client.post(f"/users/{user.id}/invitation-slip", data={"code": code})

    def test_it_is_offered_where_the_link_was_made_and_leads_to_it(
        self, client: FlaskClient, office: Office, newcomer: User
    ) -> None:
        sign_in(client, office, "wei")
        page = client.post(f"/users/{newcomer.id}/invite").get_data(as_text=True)
        code = re.search(r'name="code" value="([A-Z0-9-]{23})"', page)
        assert code is not None and f'action="/users/{newcomer.id}/invitation-slip"' in page
        slip = client.post(f"/users/{newcomer.id}/invitation-slip", data={"code": code[1]})
        assert (slip.status_code, slip.mimetype) == (200, "application/pdf")
        assert slip.headers["Cache-Control"] == "no-store" and code[1] not in str(slip.headers)
        assert codes_in(pixels_of(slip.data)[0]) == [f"http://localhost/invitation/{code[1]}"]
        told = letters_of(slip.data)
        for value in ("单晓明", "shanxiaoming", "红旗林场工会", "经办", code[1]):
            assert value in told, value
        noted = db.session.scalars(sa.select(AccessEntry)).one()
        assert (noted.what, noted.subject_id, noted.user_id) == ("invitation.slip", newcomer.id, office.wei.user_id)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(IssuedDocument)) == 0

    def test_the_chair_prints_the_one_of_a_reset(self, client: FlaskClient, office: Office) -> None:
        user = office.users["wang"]
        code = invitations.reset_password(user.id, by=office.sun).code
        slip = self.ask(client, office, "sun", user, code)
        assert slip.status_code == 200 and "设置新密码" in letters_of(slip.data)

    def test_not_one_that_was_used_or_is_of_another_account_or_was_made_by_somebody_else(
        self, client: FlaskClient, office: Office, newcomer: User
    ) -> None:
        code = invitations.invite(newcomer.id, by=office.wei).code
        assert self.ask(client, office, "wei", office.users["wang"], code).status_code == 422
        assert self.ask(client, office, "wei", newcomer, "AAAAA-BBBBB-CCCCC-DDDDD").status_code == 422
        assert self.ask(client, office, "wei", newcomer, "").status_code == 422
        assert self.ask(client, office, "sun", newcomer, code).status_code == 403
        assert self.ask(client, office, "wang", newcomer, code).status_code == 403
        invitations.accept(code, NEW)
        assert self.ask(client, office, "wei", newcomer, code).status_code == 422
