"""How does a role begin and end, and what is never held together?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief.accounts import passwords, service
from relief.accounts.queries import actor_of, current_grants, roles_of
from relief.clock import today
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.permissions import Actor, Role
from tests.build import SYSTEM, Office, an_office, sign_in
from tests.rooms.accounts.record import last_line, lines

Later = Callable[..., None]


def roles(office: Office, who: str = "wang") -> frozenset[Role]:
    return roles_of(office.users[who].id, today())


def test_a_role_is_held_from_today(office: Office) -> None:
    service.grant(office.users["wang"].id, Role.CASHIER, by=office.wei)
    assert roles(office) == {Role.CASEWORKER, Role.CASHIER}
    line = last_line("user.grant")
    assert (line.user_id, line.subject_id, line.changes["role"]) == (office.wei.user_id, office.wang.user_id, "cashier")


def test_a_role_may_begin_later_and_end_by_itself(office: Office, later: Later) -> None:
    monday = today() + timedelta(3)
    service.grant(office.users["wang"].id, Role.CASHIER, since=monday, until=monday + timedelta(2), by=office.wei)
    held = []
    for _day in range(6):
        held.append(Role.CASHIER in roles(office))
        later(days=1)
    assert held == [False, False, False, True, True, False]


def test_ending_today_ends_it_at_once_and_ending_later_keeps_it_until_then(office: Office, later: Later) -> None:
    wang, li = office.users["wang"], office.users["li"]
    service.end_grant(current_grants(wang.id, today())[0].id, today(), by=office.wei)
    service.end_grant(current_grants(li.id, today())[0].id, today() + timedelta(2), by=office.wei)
    assert roles(office, "wang") == frozenset()
    later(days=1)
    assert roles(office, "li") == {Role.UNIT_CHAIR}
    later(days=1)
    assert roles(office, "li") == frozenset()
    assert last_line("user.end_grant").changes["role"] == "unit_chair"


def test_a_grant_that_ended_stays_on_file_and_is_not_ended_again(office: Office, later: Later) -> None:
    held = current_grants(office.users["wang"].id, today())[0]
    service.end_grant(held.id, today(), by=office.wei)
    with pytest.raises(RuleBroken, match="ended already"):
        service.end_grant(held.id, today(), by=office.wei)
    assert lines("user.end_grant") == 1


def test_the_same_role_is_not_given_twice(office: Office) -> None:
    with pytest.raises(RuleBroken, match="already"):
        service.grant(office.users["wang"].id, Role.CASEWORKER, by=office.wei)


def test_a_role_that_ended_may_be_given_again(office: Office) -> None:
    wang = office.users["wang"]
    service.end_grant(current_grants(wang.id, today())[0].id, today(), by=office.wei)
    service.grant(wang.id, Role.CASEWORKER, by=office.wei)
    assert roles(office) == {Role.CASEWORKER}


def test_kinds_of_roles_do_not_mix_not_even_with_one_that_begins_later(office: Office) -> None:
    wang = office.users["wang"]
    with pytest.raises(RuleBroken, match="not held together"):
        service.grant(wang.id, Role.AUDITOR, since=today() + timedelta(30), by=office.wei)
    service.end_grant(current_grants(wang.id, today())[0].id, today(), by=office.wei)
    service.grant(wang.id, Role.AUDITOR, by=office.wei)
    assert roles(office) == {Role.AUDITOR}


def test_in_a_small_office_one_person_may_hold_both_administrations(office: Office) -> None:
    service.grant(office.users["chu"].id, Role.SECURITY_ADMIN, by=office.wei)
    assert roles(office, "chu") == {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}


def test_nobody_gives_a_role_to_himself_not_even_by_a_second_account(office: Office) -> None:
    with pytest.raises(NotAllowed, match="own account"):
        service.grant(office.users["wei"].id, Role.SYSTEM_ADMIN, by=office.wei)
    second = service.create_user(
        person_id=office.users["wei"].person_id, union_id=office.dongfeng.id, username="wei2", roles=(), by=SYSTEM
    )
    with pytest.raises(NotAllowed, match="own account"):
        service.grant(second.id, Role.CHAIR, by=office.wei)


def test_nobody_else_gives_or_ends_roles(office: Office) -> None:
    held = current_grants(office.users["li"].id, today())[0]
    for who in ("wang", "sun", "chu", "feng"):
        with pytest.raises(NotAllowed):
            service.grant(office.users["li"].id, Role.CASHIER, by=getattr(office, who))
        with pytest.raises(NotAllowed):
            service.end_grant(held.id, today(), by=getattr(office, who))


def test_another_unions_user_does_not_exist(office: Office) -> None:
    local = Actor("外", roles=frozenset({Role.SECURITY_ADMIN}), scope=frozenset({office.dongfeng.id}))
    zhao = office.users["zhao"]
    with pytest.raises(NotYours):
        service.grant(zhao.id, Role.CASHIER, by=local)
    with pytest.raises(NotYours):
        service.end_grant(current_grants(zhao.id, today())[0].id, today(), by=local)
    with pytest.raises(NotYours):
        service.grant(987654, Role.CASHIER, by=office.wei)


def test_somebody_is_left_who_manages_users(office: Office) -> None:
    wei = office.users["wei"]
    held = current_grants(wei.id, today())[0]
    with pytest.raises(RuleBroken, match="Somebody must be left"):
        service.end_grant(held.id, today(), by=SYSTEM)
    with pytest.raises(RuleBroken, match="Somebody must be left"):
        service.disable(wei.id, by=SYSTEM)
    service.grant(office.users["chu"].id, Role.SECURITY_ADMIN, by=office.wei)
    service.disable(wei.id, by=actor_of(office.users["chu"]))


def test_the_pages_give_and_end(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "wei")
    wang = office.users["wang"].id
    assert (
        client.post(f"/users/{wang}/grants/add", data={"role": "cashier", "since": today().isoformat()}).status_code
        == 303
    )
    held = current_grants(wang, today())[-1]
    assert client.get(f"/users/{wang}/grants/{held.id}/end").status_code == 200
    assert client.post(f"/users/{wang}/grants/{held.id}/end", data={"until": today().isoformat()}).status_code == 303
    assert roles(office) == {Role.CASEWORKER}
    assert client.get(f"/users/{office.users['li'].id}/grants/{held.id}/end").status_code == 404
    refused = client.post(f"/users/{wang}/grants/add", data={"role": "auditor", "since": today().isoformat()})
    assert refused.status_code == 422


class TestStrict:
    """The strict profile looks at the person, through all accounts."""

    @pytest.fixture
    def office(self, strict_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Office:
        with monkeypatch.context() as patch:
            patch.setattr(passwords, "is_strict", lambda: False)
            return an_office()

    def test_both_administrations_are_refused_to_one_person(self, office: Office) -> None:
        with pytest.raises(RuleBroken, match="two different people"):
            service.grant(office.users["chu"].id, Role.SECURITY_ADMIN, by=office.wei)

    def test_also_through_a_second_account(self, office: Office) -> None:
        with pytest.raises(RuleBroken, match="not held together"):
            service.create_user(
                person_id=office.users["wang"].person_id, union_id=office.bureau.id, username="wang2",
                roles=(Role.SECURITY_ADMIN,), by=office.wei,
            )  # fmt: skip
