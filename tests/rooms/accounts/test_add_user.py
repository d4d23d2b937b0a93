"""How does a person get an account, and who may give it?"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from relief.accounts import service
from relief.accounts.models import User
from relief.accounts.queries import find_user, roles_of
from relief.clock import date, today
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.permissions import Actor, Role
from tests.build import Office, an_id, sign_in
from tests.rooms.accounts.record import last_line, lines

ID = an_id(date(1990, 3, 3), 7)


def add(office: Office, **given: object) -> User:
    wanted: dict[str, object] = {
        "name": "单晓明", "resident_id": ID, "union_id": office.hongqi.id,
        "roles": (Role.CASEWORKER,), "by": office.wei,
    }  # fmt: skip
    return service.add_user(**(wanted | given))  # type: ignore[arg-type]


def refused(office: Office, **given: object) -> str | None:
    """The field of the refusal; nothing was added."""
    before = lines("user.create")
    with pytest.raises(RuleBroken) as no:
        add(office, **given)
    assert lines("user.create") == before
    return no.value.field


def test_a_new_person_comes_on_file_and_waits_for_the_invitation(office: Office) -> None:
    user = add(office, phone="13812345678")
    assert (user.username, user.person.name, user.password_hash) == ("shanxiaoming", "单晓明", None)
    assert user.person.resident_id == ID
    assert roles_of(user.id, today()) == {Role.CASEWORKER}
    line = last_line("user.create")
    assert (line.user_id, line.union_id) == (office.wei.user_id, office.hongqi.id)
    assert ID not in str(line.changes)


def test_a_person_on_file_is_found_by_the_number(office: Office) -> None:
    wang = office.users["wang"].person
    user = add(office, name="王秀兰", resident_id=wang.resident_id)
    assert user.person_id == wang.id
    assert user.username == "wangxiulan"


def test_the_same_name_gets_a_number(office: Office) -> None:
    add(office)
    assert add(office, resident_id=an_id(date(1991, 3, 3), 7)).username == "shanxiaoming2"


def test_another_name_for_the_number_is_refused_without_telling_the_name(office: Office) -> None:
    with pytest.raises(RuleBroken) as no:
        add(office, name="别的人", resident_id=office.users["wang"].person.resident_id)
    assert no.value.field == "name"
    assert "王秀兰" not in str(no.value)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"resident_id": "230126199003030000"}, "resident_id"),
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"username": "wang"}, "username"),
        ({"username": "has space"}, "username"),
        ({"username": "x"}, "username"),
        ({"roles": (Role.CASEWORKER, Role.AUDITOR)}, "role"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(office: Office, given: dict[str, object], field: str) -> None:
    assert refused(office, **given) == field


def test_a_person_has_one_open_account_at_a_union(office: Office) -> None:
    first = add(office)
    assert refused(office, username="second") == "resident_id"
    service.disable(first.id, by=office.wei)
    assert add(office, username="second").id != first.id


def test_a_closed_union_takes_nobody(office: Office) -> None:
    from relief.accounts import unions

    for key in ("zhao", "he"):
        service.disable(office.users[key].id, by=office.wei)
    unions.close_union(office.hongqi.id, by=office.chu)
    assert refused(office) == "union_id"


@pytest.mark.parametrize("who", ["wang", "sun", "chu", "feng", "wu"])
def test_only_the_security_administrator_adds(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        add(office, by=getattr(office, who))
    assert find_user("shanxiaoming") is None


def test_only_below_the_own_union(office: Office) -> None:
    local = Actor("外", roles=frozenset({Role.SECURITY_ADMIN}), scope=frozenset({office.dongfeng.id}))
    with pytest.raises(NotYours):
        add(office, by=local)
    assert add(office, by=local, union_id=office.dongfeng.id).union_id == office.dongfeng.id


def test_the_form_adds_and_leads_to_the_page_of_the_account(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "wei")
    sent = {"name": "单晓明", "resident_id": ID, "union_id": str(office.hongqi.id), "roles": ["caseworker", "cashier"]}
    answer = client.post("/users/new", data=sent)
    user = find_user("shanxiaoming")
    assert user is not None
    assert answer.location == f"/users/{user.id}"
    page = client.get(answer.location).get_data(as_text=True)
    assert ID not in page and user.person.resident_id_masked in page


def test_the_form_keeps_what_was_typed(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "wei")
    answer = client.post(
        "/users/new", data={"name": "单晓明", "resident_id": "1", "union_id": "99999", "roles": ["king"]}
    )
    assert answer.status_code == 422
    assert "单晓明" in answer.get_data(as_text=True)
    assert find_user("shanxiaoming") is None
