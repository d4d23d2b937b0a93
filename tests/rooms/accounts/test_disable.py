"""How is an account closed and opened again?"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from relief.accounts import service, sessions
from relief.accounts.sign_in import check_password
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.permissions import Actor, Role
from tests.build import PASSWORD, Office, sign_in
from tests.rooms.accounts.record import last_line


def test_a_closed_account_does_not_sign_in_and_an_opened_one_does(office: Office) -> None:
    wang = office.users["wang"].id
    service.disable(wang, by=office.wei)
    with pytest.raises(RuleBroken, match="do not fit"):
        check_password("wang", PASSWORD, address="10.0.0.1")
    assert (last_line("user.disable").subject_id, last_line("user.disable").union_id) == (wang, office.dongfeng.id)
    service.enable(wang, by=office.wei)
    assert check_password("wang", PASSWORD, address="10.0.0.1").id == wang
    assert last_line("user.enable").user_id == office.wei.user_id


def test_its_sessions_are_ended_not_paused(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "wang")
    service.disable(office.users["wang"].id, by=office.wei)
    service.enable(office.users["wang"].id, by=office.wei)
    assert client.get("/account").status_code == 303
    assert sessions.list_open(office.wang.user_id) == []


def test_not_twice(office: Office) -> None:
    wang = office.users["wang"].id
    with pytest.raises(RuleBroken, match="is open"):
        service.enable(wang, by=office.wei)
    service.disable(wang, by=office.wei)
    with pytest.raises(RuleBroken, match="closed already"):
        service.disable(wang, by=office.wei)


def test_not_the_own_one_and_not_by_others(office: Office) -> None:
    with pytest.raises(NotAllowed, match="own account"):
        service.disable(office.users["wei"].id, by=office.wei)
    for who in ("wang", "sun", "chu", "feng"):
        with pytest.raises(NotAllowed):
            service.disable(office.users["li"].id, by=getattr(office, who))
        with pytest.raises(NotAllowed):
            service.enable(office.users["li"].id, by=getattr(office, who))


def test_another_unions_account_does_not_exist(office: Office) -> None:
    local = Actor("外", roles=frozenset({Role.SECURITY_ADMIN}), scope=frozenset({office.dongfeng.id}))
    with pytest.raises(NotYours):
        service.disable(office.users["zhao"].id, by=local)


def test_the_buttons_work_and_a_refusal_is_a_page(in_english: FlaskClient, office: Office) -> None:
    client = in_english
    sign_in(client, office, "wei")
    wang = office.users["wang"].id
    assert client.post(f"/users/{wang}/disable").location == f"/users/{wang}"
    again = client.post(f"/users/{wang}/disable")
    assert again.status_code == 422
    assert b"This account is closed already." in again.data
    assert client.post(f"/users/{wang}/enable").status_code == 303
    assert client.post(f"/users/{office.users['wei'].id}/disable").status_code == 403
