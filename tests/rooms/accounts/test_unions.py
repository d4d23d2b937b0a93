"""How does the tree of unions grow, and what keeps it whole?"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from relief import clock
from relief.accounts import service, unions
from relief.accounts.models import Union
from relief.accounts.queries import list_unions
from relief.accounts.user_queries import list_aliases
from relief.cases.service import pass_opinions
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.domain.permissions import Actor, Role
from tests.build import Office, sign_in
from tests.rooms.accounts.record import last_line, lines


def add(office: Office, parent: Union, **given: object) -> Union:
    wanted: dict[str, object] = {
        "name": "青山林场工会", "short_name": "青山林场", "code": "QS", "parent_id": parent.id, "by": office.chu,
    }  # fmt: skip
    return unions.create_union(**(wanted | given))  # type: ignore[arg-type]


def change(office: Office, union: Union, **given: object) -> Union:
    wanted: dict[str, object] = {
        "version": union.version, "name": union.name, "short_name": union.short_name, "by": office.chu,
    }  # fmt: skip
    return unions.change_union(union.id, **(wanted | given))  # type: ignore[arg-type]


def spellings(union: Union) -> set[str]:
    return {alias.name for alias in list_aliases(union.id)}


def test_it_stands_below_its_parent_and_in_the_sight_of_it(office: Office) -> None:
    group = add(office, office.dongfeng)
    assert (group.level, group.path) == ("group", f"{office.dongfeng.path}{group.id}/")
    assert office.wang.sees(group.id)
    assert not office.zhao.sees(group.id)
    assert last_line("union.create").changes == {"name": "青山林场工会", "code": "QS"}


def test_a_group_has_none_below_it(office: Office) -> None:
    group = add(office, office.dongfeng)
    with pytest.raises(RuleBroken, match="no unions below"):
        add(office, group, code="QS1")


def test_there_is_one_bureau_and_each_code_once(office: Office) -> None:
    with pytest.raises(RuleBroken) as no_parent:
        unions.create_union(name="另一个局", short_name="另局", code="LJ", parent_id=None, by=office.chu)
    with pytest.raises(RuleBroken) as same_code:
        add(office, office.bureau, code="DF")
    assert (no_parent.value.field, same_code.value.field) == ("parent_id", "code")


def test_the_old_name_stays_as_another_spelling(office: Office) -> None:
    change(office, office.dongfeng, name="东风经营所工会", short_name="东风经营所")
    assert office.dongfeng.name == "东风经营所工会"
    assert spellings(office.dongfeng) >= {"东风林场工会", "东风经营所工会", "东风林场"}
    assert last_line("union.change").changes["name"] == ["东风林场工会", "东风经营所工会"]


def test_the_second_editor_is_told(office: Office) -> None:
    seen = office.dongfeng.version
    change(office, office.dongfeng, phone="1")
    with pytest.raises(Stale):
        change(office, office.dongfeng, version=seen, phone="2")


def test_a_spelling_means_one_union(office: Office) -> None:
    unions.add_alias(office.dongfeng.id, "东风场", by=office.chu)
    with pytest.raises(RuleBroken, match="东风林场工会") as taken:
        unions.add_alias(office.hongqi.id, "东风场", by=office.chu)
    assert taken.value.field == "alias"
    with pytest.raises(RuleBroken, match="already"):
        unions.add_alias(office.dongfeng.id, "东风场", by=office.chu)
    with pytest.raises(RuleBroken):
        change(office, office.hongqi, name="东风场")


def test_a_spelling_is_removed_but_not_the_own_name(office: Office) -> None:
    unions.add_alias(office.dongfeng.id, "东风场", by=office.chu)
    numbers = {alias.name: alias.id for alias in list_aliases(office.dongfeng.id)}
    unions.remove_alias(office.dongfeng.id, numbers["东风场"], by=office.chu)
    assert "东风场" not in spellings(office.dongfeng)
    assert last_line("union.alias").changes == {"alias": ["东风场", None]}
    with pytest.raises(RuleBroken, match="own name"):
        unions.remove_alias(office.dongfeng.id, numbers["东风林场工会"], by=office.chu)
    with pytest.raises(NotYours):
        unions.remove_alias(office.hongqi.id, numbers["东风林场"], by=office.chu)


def test_a_union_is_closed_when_nothing_needs_it_and_opened_again(office: Office) -> None:
    group = add(office, office.dongfeng)
    unions.close_union(group.id, by=office.chu)
    assert group.id not in {one.id for one in list_unions(by=office.chu)}
    unions.open_union(group.id, by=office.chu)
    assert group.id in {one.id for one in list_unions(by=office.chu)}
    assert (lines("union.close"), lines("union.open")) == (1, 1)


def test_a_union_that_is_needed_stays_open(office: Office) -> None:
    add(office, office.dongfeng)
    for union, why in (
        (office.bureau, "bureau itself"),
        (office.dongfeng, "unions below"),
        (office.hongqi, "open accounts"),
    ):
        with pytest.raises(RuleBroken, match=why):
            unions.close_union(union.id, by=office.chu)
    pass_opinions(
        office.dongfeng.id, to_union_id=office.hongqi.id, since=clock.today(), until=None, why="人少", by=office.li
    )
    for key in ("zhao", "he"):
        service.disable(office.users[key].id, by=office.wei)
    with pytest.raises(RuleBroken, match="passes its opinion"):
        unions.close_union(office.hongqi.id, by=office.chu)


@pytest.mark.parametrize("who", ["wang", "sun", "wei", "feng"])
def test_only_the_system_administrator_keeps_the_tree(office: Office, who: str) -> None:
    by = getattr(office, who)
    with pytest.raises(NotAllowed):
        add(office, office.bureau, by=by)
    with pytest.raises(NotAllowed):
        change(office, office.dongfeng, by=by)
    for verb in (unions.close_union, unions.open_union):
        with pytest.raises(NotAllowed):
            verb(office.dongfeng.id, by=by)
    with pytest.raises(NotAllowed):
        unions.add_alias(office.dongfeng.id, "x", by=by)


def test_another_tree_does_not_exist(office: Office) -> None:
    local = Actor("外", roles=frozenset({Role.SYSTEM_ADMIN}), scope=frozenset({office.hongqi.id}))
    with pytest.raises(NotYours):
        add(office, office.dongfeng, by=local)
    with pytest.raises(NotYours):
        change(office, office.dongfeng, by=local)
    with pytest.raises(NotYours):
        unions.close_union(office.dongfeng.id, by=local)


@pytest.mark.parametrize(
    ("who", "tree", "form"), [("chu", 200, 200), ("wei", 200, 403), ("wang", 403, 403), ("sun", 403, 403)]
)
def test_who_opens_the_pages(client: FlaskClient, office: Office, who: str, tree: int, form: int) -> None:
    sign_in(client, office, who)
    assert client.get("/unions").status_code == tree
    assert client.get("/unions/new").status_code == form
    assert client.get(f"/unions/{office.dongfeng.id}").status_code == form


def test_the_pages_add_change_spell_and_close(in_english: FlaskClient, office: Office) -> None:
    client = in_english
    sign_in(client, office, "chu")
    sent = {"parent_id": str(office.bureau.id), "name": "青山林场工会", "short_name": "青山林场", "code": "QS"}
    assert client.post("/unions/new", data=sent).location == "/unions"
    made = next(one for one in list_unions(by=office.chu) if one.code == "QS")
    path = f"/unions/{made.id}"
    changed = {
        "name": "青山林场工会",
        "short_name": "青山",
        "version": made.version,
    }
    assert client.post(path, data=changed).location == "/unions"
    assert client.post(path, data=changed).status_code == 409
    assert client.post(f"{path}/aliases/add", data={"alias": "青山场"}).location == path
    taken = client.post(f"{path}/aliases/add", data={"alias": "东风林场"})
    assert taken.status_code == 422 and "already means" in taken.get_data(as_text=True)
    assert client.post(f"{path}/close").status_code == 303
    db.session.expire_all()
    assert (made.short_name, made.active) == ("青山", False)
    assert client.post(f"{path}/open").status_code == 303
