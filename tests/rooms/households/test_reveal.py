"""A masked value is shown whole to who may, for a reason, and the record keeps who looked."""

import pytest

from relief.audit.models import AccessEntry
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.households.membership import list_members
from relief.households.reveals import mask_address, reveal
from tests.build import a_household, an_office

pytestmark = pytest.mark.usefixtures("app")


def seen():
    return [(row.actor, row.what, row.reason) for row in db.session.scalars(db.select(AccessEntry))]


def test_id_and_phone_of_a_member():
    office = an_office()
    household = a_household(office)
    wife = list_members(household.id)[1]
    number = reveal(household.id, "resident_id", member_id=wife.id, reason="compare", by=office.wang)
    assert number == wife.person.resident_id
    assert seen() == [("王秀兰", "resident_id", f"compare (member {wife.id})")]


def test_address_and_account():
    office = an_office()
    household = a_household(office, address="东风路12号")
    assert reveal(household.id, "address", reason="visit", by=office.wang) == "东风路12号"
    assert reveal(household.id, "account", reason="audit", by=office.feng).startswith("622848")
    assert [row[:2] for row in seen()] == [("王秀兰", "address"), ("冯审", "account")]


def test_no_look_without_a_reason_a_right_or_sight():
    office = an_office()
    household, other = a_household(office), a_household(office, "李玉梅")
    stranger = list_members(other.id)[0].id
    with pytest.raises(RuleBroken):
        reveal(household.id, "address", reason="", by=office.wang)
    with pytest.raises(NotAllowed):
        reveal(household.id, "account", reason="payment", by=office.wang)
    with pytest.raises(NotAllowed):
        reveal(household.id, "account", reason="payment", by=office.zhou)
    with pytest.raises(NotYours):
        reveal(household.id, "address", reason="visit", by=office.zhao)
    with pytest.raises(NotYours):
        reveal(household.id, "phone", member_id=stranger, reason="contact", by=office.wang)
    with pytest.raises(NotYours):
        reveal(household.id, "health", reason="audit", by=office.wang)
    assert seen() == []


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("东风路12号", "东风路***"), ("兴隆镇三委五组", "兴隆镇***"), ("红松小区3栋2单元501", "红松小区***"),
        ("林场家属院", "林场***"), ("", ""),
    ],
)
def test_an_address_keeps_its_place(address, masked):
    assert mask_address(address) == masked
