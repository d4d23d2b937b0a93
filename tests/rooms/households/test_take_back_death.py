"""Does a death that was none leave no trace but the record: the member, the head, the payments that it froze?"""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from relief import clock
from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.domain.household import Relation
from relief.domain.workflow import PaymentState, State
from relief.households.closing import CLOSING
from relief.households.member_service import change_head, mark_deceased
from relief.households.membership import list_members
from relief.households.mistakes import take_back_death
from relief.households.models import Member
from relief.households.service import close_file, reopen_file
from relief.payments.facts import list_waiting
from relief.payments.models import Payment
from tests.build import SYSTEM, Office, a_household, an_office, sign_in
from tests.build_cases import a_case, a_sheet
from tests.rooms.households.lines import recorded

WHY = "同名同姓，登记错了人"


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def died(office: Office, place: int = 1) -> Member:
    household = a_household(office)
    member = list_members(household.id)[place]
    return mark_deceased(member.id, on=clock.today() - timedelta(days=2), by=office.wang)


def test_the_person_lives_and_is_a_member_again(office: Office) -> None:
    wife = died(office)
    take_back_death(wife.id, reason=WHY, by=office.wang)
    db.session.expire_all()
    assert (wife.person.deceased_on, wife.until) == (None, None)
    assert wife.id in {one.id for one in list_members(wife.household_id)}
    line = recorded("person.death_taken_back", wife.household_id)
    assert (line.changes["reason"], line.unusual) == (WHY, "death_taken_back")


def test_the_head_is_the_head_again_unless_another_was_named(office: Office) -> None:
    head = died(office, 0)
    take_back_death(head.id, reason=WHY, by=office.wang)
    assert [one.relation for one in list_members(head.household_id)] == ["head", "spouse"]
    other = died(office, 0)
    change_head(list_members(other.household_id)[0].id, by=office.wang)
    with pytest.raises(RuleBroken) as refused:
        take_back_death(other.id, reason=WHY, by=office.wang)
    assert refused.value.field == "relation"
    take_back_death(other.id, reason=WHY, relation=Relation.SPOUSE, by=office.wang)
    assert sorted(one.relation for one in list_members(other.household_id)) == ["head", "spouse"]


def test_in_a_closed_file_opening_it_again_takes_the_person_back(office: Office) -> None:
    wife = died(office)
    close_file(wife.household_id, reason=next(iter(CLOSING)), by=office.wang)
    take_back_death(wife.id, reason=WHY, by=office.wang)
    assert wife.until == clock.today()
    reopen_file(wife.household_id, reason="relapse", by=office.wang)
    assert len(list_members(wife.household_id)) == 2


def test_what_the_death_froze_waits_for_a_sheet_again(office: Office) -> None:
    case = a_case(office, State.APPROVED)
    sheet = a_sheet(office, case)
    head = list_members(case.household_id)[0]
    mark_deceased(head.id, on=clock.today(), by=SYSTEM)
    payment = db.session.scalars(sa.select(Payment)).one()
    assert payment.state == PaymentState.VOID
    take_back_death(head.id, reason=WHY, by=office.wang)
    assert [one.case.id for one in list_waiting(sheet.fund_id)] == [case.id]
    assert recorded_payment(payment.id) == 1
    assert db.session.scalars(sa.select(Payment)).one().state == PaymentState.VOID


def recorded_payment(payment_id: int) -> int:
    found = sa.select(sa.func.count()).where(
        AuditEntry.verb == "payment.wait_again", AuditEntry.subject_id == payment_id
    )
    return db.session.scalar(found) or 0


def test_it_needs_a_reason_a_death_and_the_version(office: Office) -> None:
    wife = died(office)
    with pytest.raises(RuleBroken) as refused:
        take_back_death(wife.id, reason="  ", by=office.wang)
    assert refused.value.field == "reason"
    with pytest.raises(Stale):
        take_back_death(wife.id, reason=WHY, version=wife.version - 1, by=office.wang)
    take_back_death(wife.id, reason=WHY, version=wife.version, by=office.wang)
    with pytest.raises(RuleBroken, match="No death"):
        take_back_death(wife.id, reason=WHY, by=office.wang)


def test_a_membership_that_ended_before_is_not_revived(office: Office) -> None:
    wife = died(office)
    wife.until = wife.until - timedelta(days=1) if wife.until else None
    db.session.commit()
    with pytest.raises(RuleBroken, match="No death"):
        take_back_death(wife.id, reason=WHY, by=office.wang)


@pytest.mark.parametrize(("who", "why"), [("zhou", NotAllowed), ("li", NotAllowed), ("zhao", NotYours)])
def test_wrong_hands_and_other_units(office: Office, who: str, why: type[Exception]) -> None:
    wife = died(office)
    with pytest.raises(why):
        take_back_death(wife.id, reason=WHY, by=getattr(office, who))


def test_the_page_asks_why(client: FlaskClient, office: Office) -> None:
    wife = died(office)
    sign_in(client, office, "wang")
    path = f"/households/{wife.household_id}/members/{wife.id}/not-deceased"
    assert path in client.get(f"/households/{wife.household_id}").text
    assert client.post(path, data={"reason": ""}).status_code == 422
    assert client.post(path, data={"reason": WHY}).status_code == 303
    other = a_household(office, "单雄信")
    assert client.get(f"/households/{other.id}/members/{wife.id}/not-deceased").status_code == 404
