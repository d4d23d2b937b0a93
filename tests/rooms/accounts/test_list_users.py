"""Who is on the list of users, in which order, and what does a filter leave?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from relief.accounts import commands, service
from relief.accounts.user_queries import list_lines
from relief.clock import date, today
from relief.db import db
from relief.domain.permissions import Actor, Role
from relief.web.paging import Ask
from tests.build import SYSTEM, Office, an_id, sign_in


def names(office: Office, by: Actor | None = None, **chosen: object) -> list[str]:
    page = list_lines(chosen, Ask(), by=by or office.wei, on=today())
    return [line.username for line in page.rows]


def test_everybody_in_the_order_of_the_tree(office: Office) -> None:
    listed = names(office)
    assert len(listed) == 13
    assert listed[-4:] == ["li", "wang", "he", "zhao"]


def test_the_filters(office: Office) -> None:
    service.disable(office.users["he"].id, by=office.wei)
    service.add_user(
        name="单晓明",
        resident_id=an_id(date(1990, 3, 3), 7),
        union_id=office.hongqi.id,
        roles=(Role.CASHIER,),
        by=office.wei,
    )
    assert names(office, unit=str(office.hongqi.id)) == ["he", "shanxiaoming", "zhao"]
    assert names(office, role="cashier") == ["zheng", "shanxiaoming"]
    assert names(office, state="closed") == ["he"]
    assert names(office, state="invited") == ["shanxiaoming"]
    assert names(office, state="open", unit=str(office.hongqi.id)) == ["zhao"]


def test_the_subtree_bounds_the_list(office: Office) -> None:
    local = Actor("外", roles=frozenset({Role.SECURITY_ADMIN}), scope=frozenset({office.dongfeng.id}))
    assert names(office, by=local) == ["li", "wang"]
    assert names(office, by=local, unit=str(office.hongqi.id)) == []


def test_the_pages_hold_everybody_once_there_and_back(office: Office) -> None:
    seen, asks = [], [Ask()]
    while True:
        page = list_lines({}, asks[-1], by=office.wei, on=today(), per_page=5)
        seen += [line.username for line in page.rows]
        if page.next_key is None:
            break
        asks.append(Ask.read(page.next_key, None, 2))
    assert seen == names(office)
    back = list_lines({}, Ask.read(None, page.previous_key, 2), by=office.wei, on=today(), per_page=5)
    assert [line.username for line in back.rows] == seen[5:10]


def test_it_takes_a_bounded_number_of_statements(office: Office) -> None:
    counted: list[str] = []

    def count(conn: object, cursor: object, statement: str, *rest: object) -> None:
        counted.append(statement)

    by = office.wei
    db.session.rollback()
    sa.event.listen(db.engine, "before_cursor_execute", count)
    try:
        names(office, by=by)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", count)
    assert len([statement for statement in counted if statement.startswith("SELECT")]) == 2


@pytest.mark.parametrize(("who", "status"), [("wei", 200), ("sun", 200), ("chu", 403), ("wang", 403), ("feng", 403)])
def test_who_opens_the_list_and_a_page(client: FlaskClient, office: Office, who: str, status: int) -> None:
    sign_in(client, office, who)
    assert client.get("/users").status_code == status
    assert client.get(f"/users/{office.users['li'].id}").status_code == status


def test_each_sees_the_buttons_of_his_hands(client: FlaskClient, office: Office) -> None:
    path, own = f"/users/{office.users['li'].id}", f"/users/{office.users['wei'].id}"
    sign_in(client, office, "wei")
    page = client.get(path).get_data(as_text=True)
    assert "/disable" in page and "/grants/add" in page and "/reset-password" not in page
    assert "/disable" not in client.get(own).get_data(as_text=True)
    sign_in(client, office, "sun")
    page = client.get(path).get_data(as_text=True)
    assert "/disable" not in page and "/reset-password" in page
    assert "/reset-password" not in client.get(f"/users/{office.users['sun'].id}").get_data(as_text=True)


def test_a_missing_user_and_anothers_read_the_same(client: FlaskClient, office: Office) -> None:
    service.create_user(
        person_id=office.users["wang"].person_id,
        union_id=office.hongqi.id,
        username="local",
        roles=(Role.SECURITY_ADMIN,),
        by=SYSTEM,
    )
    from relief.accounts.queries import find_user

    office.users["local"] = find_user("local")
    sign_in(client, office, "local")
    missing, theirs = client.get("/users/987654"), client.get(f"/users/{office.users['wang'].id}")
    assert (missing.status_code, theirs.status_code) == (404, 404)
    assert missing.data == theirs.data
    assert client.get(f"/users/{office.users['zhao'].id}").status_code == 200


def test_the_command_line_adds_and_lists(office: Office) -> None:
    made = commands.create_user(
        name="单晓明", resident_id=an_id(date(1990, 3, 3), 7), union_code="HQ", roles=("caseworker",), by=SYSTEM
    )
    assert made.user.username == "shanxiaoming"
    assert len(made.code) == 23
    line = next(line for line in commands.list_users(by=SYSTEM) if line.username == "shanxiaoming")
    assert (line.union, line.roles, line.state) == ("红旗林场", (Role.CASEWORKER,), "invited")


@pytest.mark.parametrize(("given", "field"), [({"union_code": "XX"}, "union_code"), ({"roles": ("king",)}, "roles")])
def test_the_command_line_names_what_is_wrong(office: Office, given: dict[str, object], field: str) -> None:
    from relief.domain.errors import RuleBroken

    wanted: dict[str, object] = {"name": "单晓明", "resident_id": an_id(), "union_code": "HQ", "roles": ("caseworker",)}
    with pytest.raises(RuleBroken) as refused:
        commands.create_user(**(wanted | given), by=SYSTEM)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_an_office_that_locked_itself_out_comes_in_by_the_command_line(office: Office) -> None:
    from relief.accounts import invitations
    from relief.domain.errors import RuleBroken

    made = commands.reset_password("wei", by=SYSTEM)
    assert invitations.accept(made.code, "大雪压青松青松挺且直").username == "wei"
    with pytest.raises(RuleBroken):
        commands.reset_password("nobody", by=SYSTEM)
