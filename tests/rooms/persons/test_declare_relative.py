"""How are two people walled off from each other's cases, and how is an error taken back?"""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.kinship import Kinship
from relief.persons import service
from relief.persons.queries import list_relatives, relatives_of
from tests.build import Office, an_id, an_office, sign_in

ID = an_id(date(1950, 3, 3), 9)


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def person(office: Office, who: str) -> int:
    return office.users[who].person_id


def line(verb: str) -> AuditEntry:
    return db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == verb)).one()


def test_it_holds_both_ways(office: Office) -> None:
    service.declare_relative(person(office, "wang"), person(office, "li"), "spouse", by=office.wei)
    assert relatives_of(person(office, "wang")) == {person(office, "li")}
    assert relatives_of(person(office, "li")) == {person(office, "wang")}
    assert line("person.declare_relative").changes == {"relative": person(office, "li"), "relation": "spouse"}


def test_a_relative_who_is_not_on_file_comes_on_file(office: Office) -> None:
    service.declare_relative_by_id(
        person(office, "wang"), name="王大山", resident_id=ID, relation="parent_child", by=office.wei
    )
    (relative,) = list_relatives(person(office, "wang"))
    assert (relative.name, relative.kinship) == ("王大山", Kinship.PARENT_CHILD)
    assert relative.person_id == service.find_by_resident_id(ID).id


def test_staff_declare_their_own_and_nobody_elses(office: Office) -> None:
    service.declare_relative(person(office, "wang"), person(office, "li"), "in_law", by=office.wang)
    with pytest.raises(NotAllowed):
        service.declare_relative(person(office, "zhao"), person(office, "li"), "in_law", by=office.wang)
    with pytest.raises(NotAllowed):
        service.declare_relative_by_id(
            person(office, "zhao"), name="王大山", resident_id=ID, relation="other", by=office.sun
        )
    assert service.find_by_resident_id(ID) is None


@pytest.mark.parametrize(
    ("relative", "relation", "field"),
    [("wang", "spouse", "resident_id"), ("zhao", "spouse", "resident_id"), ("he", "friend", "relation")],
)
def test_not_oneself_not_twice_and_not_anyhow(office: Office, relative: str, relation: str, field: str) -> None:
    service.declare_relative(person(office, "zhao"), person(office, "wang"), "sibling", by=office.wei)
    with pytest.raises(RuleBroken) as refused:
        service.declare_relative(person(office, "wang"), person(office, relative), relation, by=office.wei)
    assert refused.value.field == field


def test_who_is_not_there_has_no_relatives(office: Office) -> None:
    with pytest.raises(NotYours):
        service.declare_relative(person(office, "wang"), 987654, "spouse", by=office.wei)


def test_an_error_is_taken_back_with_a_reason_that_the_auditor_reads(office: Office) -> None:
    one, other = person(office, "wang"), person(office, "li")
    service.declare_relative(one, other, "spouse", by=office.wei)
    with pytest.raises(RuleBroken, match="Say why"):
        service.withdraw_relative(one, other, " ", by=office.wei)
    with pytest.raises(NotAllowed):
        service.withdraw_relative(one, other, "同名", by=office.wang)
    service.withdraw_relative(other, one, "同名", by=office.wei)
    assert relatives_of(one) == relatives_of(other) == frozenset()
    taken = line("person.withdraw_relative")
    assert (taken.unusual, taken.changes["reason"]) == ("relative_withdrawn", "同名")
    with pytest.raises(NotYours):
        service.withdraw_relative(one, other, "同名", by=office.wei)


def test_the_pages_declare_list_and_take_back(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "wei")
    wang = office.users["wang"]
    sent = {"name": "王大山", "resident_id": ID, "relation": "parent_child"}
    assert client.post(f"/users/{wang.id}/relatives/add", data=sent).location == f"/users/{wang.id}"
    page = client.get(f"/users/{wang.id}").get_data(as_text=True)
    assert "王大山" in page and ID not in page
    assert client.post(f"/users/{wang.id}/relatives/add", data=sent).status_code == 422
    father = service.find_by_resident_id(ID)
    gone = client.post(f"/users/{wang.id}/relatives/{father.id}/withdraw", data={"reason": "同名"})
    assert gone.status_code == 303
    assert relatives_of(wang.person_id) == frozenset()


def test_their_owner_sees_them(client: FlaskClient, office: Office) -> None:
    service.declare_relative(person(office, "wang"), person(office, "li"), "spouse", by=office.wei)
    sign_in(client, office, "wang")
    assert "李建国" in client.get("/account").get_data(as_text=True)
