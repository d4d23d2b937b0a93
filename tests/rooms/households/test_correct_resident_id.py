"""Is a wrong ID number corrected only by two people with the card, and found by the new one from then on?"""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.identity import mask_resident_id
from relief.households.membership import list_members
from relief.households.mistakes import propose_resident_id
from relief.households.models import Member, Proposal
from relief.households.proposals import decide_proposal
from relief.households.search import search
from relief.persons.service import find_by_resident_id, keep_person
from tests.build import SYSTEM, Office, a_household, an_id, an_office, sign_in
from tests.rooms.households.lines import recorded

RIGHT = an_id(date(1966, 6, 6), 8)
WHY = "录入时看错两位"


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


@pytest.fixture
def member(office: Office) -> Member:
    """The head of a household of 东风."""
    return list_members(a_household(office).id)[0]


def put_up(office: Office, member: Member, number: str = RIGHT, why: str = WHY) -> Proposal:
    return propose_resident_id(member.id, number=number, reason=why, by=office.wang)


def test_the_number_stands_only_when_a_second_person_typed_it_too(office: Office, member: Member) -> None:
    wrong = str(member.person.resident_id)
    proposal = put_up(office, member)
    assert member.person.resident_id == wrong
    with pytest.raises(RuleBroken) as refused:
        decide_proposal(proposal.id, accept=True, retyped=an_id(date(1966, 6, 6), 10), by=office.li)
    assert refused.value.field == "retyped"
    decide_proposal(proposal.id, accept=True, retyped=f" {RIGHT[:6]} {RIGHT[6:]}", by=office.li)
    db.session.expire_all()
    person = member.person
    assert (person.resident_id, person.born_on, person.sex) == (RIGHT, date(1966, 6, 6), "female")
    assert person.resident_id_masked == mask_resident_id(RIGHT)
    assert find_by_resident_id(wrong) is None
    assert [hit.id for hit in search(RIGHT, by=office.wang).rows] == [member.household_id]
    assert not search(wrong, by=office.wang).rows


def test_the_record_keeps_no_number(office: Office, member: Member) -> None:
    wrong = str(member.person.resident_id)
    decide_proposal(put_up(office, member).id, accept=True, retyped=RIGHT, by=office.li)
    line = recorded("person.correct_resident_id", member.household_id)
    assert (line.unusual, line.changes["person"]) == ("resident_id_corrected", member.person_id)
    every = " ".join(str(one) for one in db.session.scalars(sa.select(AuditEntry.changes)))
    assert wrong not in every
    assert RIGHT not in every
    assert RIGHT not in str(db.session.scalars(sa.select(Proposal.why)).all())


def test_nobody_confirms_the_own_proposal(office: Office, member: Member) -> None:
    proposal = propose_resident_id(member.id, number=RIGHT, reason=WHY, by=office.chen)
    with pytest.raises(NotAllowed):
        decide_proposal(proposal.id, accept=True, retyped=RIGHT, by=office.chen)


def test_a_declined_number_changes_nothing(office: Office, member: Member) -> None:
    wrong = member.person.resident_id
    decide_proposal(put_up(office, member).id, accept=False, by=office.li)
    assert member.person.resident_id == wrong


@pytest.mark.parametrize(
    ("number", "why", "field"),
    [("230306196304054510", WHY, "resident_id"), (RIGHT, " ", "reason"), (RIGHT, f"应为{RIGHT}", "reason")],
)
def test_what_cannot_be_put_up(office: Office, member: Member, number: str, why: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        put_up(office, member, number, why)
    assert refused.value.field == field


def test_a_number_of_somebody_else_is_refused_at_once_and_at_the_end(office: Office, member: Member) -> None:
    other = list_members(a_household(office, "单雄信").id)[0]
    with pytest.raises(RuleBroken, match="somebody who is on file"):
        put_up(office, member, str(other.person.resident_id))
    with pytest.raises(RuleBroken, match="stands on file"):
        put_up(office, member, str(member.person.resident_id))
    proposal = put_up(office, member)
    keep_person(name="单小", resident_id=RIGHT, by=SYSTEM)
    with pytest.raises(RuleBroken, match="somebody who is on file"):
        decide_proposal(proposal.id, accept=True, retyped=RIGHT, by=office.li)
    assert db.session.get_one(Proposal, proposal.id).state == "open"


@pytest.mark.parametrize(("who", "why"), [("zhou", NotAllowed), ("zhao", NotYours)])
def test_wrong_hands_and_other_units(office: Office, member: Member, who: str, why: type[Exception]) -> None:
    with pytest.raises(why):
        propose_resident_id(member.id, number=RIGHT, reason=WHY, by=getattr(office, who))


def test_two_pages_lead_from_the_wrong_number_to_the_right_one(
    client: FlaskClient, office: Office, member: Member
) -> None:
    sign_in(client, office, "wang")
    path = f"/households/{member.household_id}/members/{member.id}/correct-id"
    assert path in client.get(f"/households/{member.household_id}").text
    assert client.post(path, data={"resident_id": "1", "reason": WHY}).status_code == 422
    assert client.post(path, data={"resident_id": RIGHT, "reason": WHY}).status_code == 303
    proposal = db.session.scalars(sa.select(Proposal)).one()
    sign_in(client, office, "li")
    page = client.get(f"/households/{member.household_id}").text
    assert f"/proposals/{proposal.id}/decide" in page
