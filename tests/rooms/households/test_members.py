"""Members join, change and leave; a person is active in one household only."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from relief import clock
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.domain.household import Relation
from relief.domain.money import Money
from relief.households.member_service import add_member, edit_member, end_membership
from relief.households.membership import MemberGiven, PersonGiven, find_membership, list_members
from relief.households.models import Member
from tests.build import a_household, an_id, an_office
from tests.rooms.households.lines import recorded

pytestmark = pytest.mark.usefixtures("app")
SON = PersonGiven("张小军", an_id(date(2005, 6, 1), 31), "13912345678")


def test_a_member_joins():
    office = an_office()
    household = a_household(office, members=1)
    said = MemberGiven(monthly_income=Money.yuan(0), occupation="兴隆一中", health="良好")
    son = add_member(household.id, person=SON, relation=Relation.CHILD, said=said, by=office.wang)
    assert [member.person.name for member in list_members(household.id)] == ["张桂兰", "张小军"]
    assert (son.relation, son.monthly_income, son.since) == ("child", Money.yuan(0), clock.today())
    assert recorded("household.add_member", household.id).changes["person"] == son.person_id


def test_a_member_without_an_id_is_kept_too():
    office = an_office()
    household = a_household(office, members=1)
    baby = add_member(
        household.id, person=PersonGiven("张宝宝", born_on=date(2026, 1, 2)), relation=Relation.CHILD, by=office.wang
    )
    assert (baby.person.resident_id, baby.person.born_on) == (None, date(2026, 1, 2))


def test_a_person_of_another_units_file_is_refused_without_naming_it():
    office = an_office()
    theirs, ours = a_household(office, "李玉梅", union=office.hongqi), a_household(office, members=1)
    wife = list_members(theirs.id)[1].person
    with pytest.raises(RuleBroken, match="held in another file") as refused:
        add_member(ours.id, person=PersonGiven(wife.name, wife.resident_id), relation=Relation.SPOUSE, by=office.wang)
    assert refused.value.field == "resident_id" and theirs.number not in str(refused.value)
    with pytest.raises(RuleBroken, match=theirs.number):
        add_member(ours.id, person=PersonGiven(wife.name, wife.resident_id), relation=Relation.SPOUSE, by=office.chen)
    assert len(list_members(ours.id)) == 1


def test_the_database_itself_refuses_a_second_membership():
    office = an_office()
    one, other = a_household(office), a_household(office, "李玉梅")
    person_id = list_members(one.id)[1].person_id
    db.session.add(Member(household_id=other.id, person_id=person_id, relation="child", since=clock.today()))
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        db.session.flush()
    db.session.rollback()


def test_who_left_may_join_another_file():
    office = an_office()
    one, other = a_household(office), a_household(office, "李玉梅", members=1)
    leaving = list_members(one.id)[1]
    end_membership(leaving.id, by=office.wang)
    person = leaving.person
    add_member(other.id, person=PersonGiven(person.name, person.resident_id), relation=Relation.CHILD, by=office.wang)
    assert find_membership(person.id).household_id == other.id
    assert leaving.until == clock.today()
    assert recorded("household.end_member", one.id).changes["person"] == person.id


def test_the_head_leaves_only_after_another_is_named():
    office = an_office()
    household = a_household(office)
    with pytest.raises(RuleBroken, match="another head"):
        end_membership(list_members(household.id)[0].id, by=office.wang)


def test_nobody_leaves_before_joining_or_in_the_future():
    office = an_office()
    household = a_household(office)
    member = list_members(household.id)[1]
    for day in (member.since - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(RuleBroken) as refused:
            end_membership(member.id, on=day, by=office.wang)
        assert refused.value.field == "on"


def test_a_second_head_is_refused():
    office = an_office()
    household = a_household(office, members=1)
    with pytest.raises(RuleBroken) as refused:
        add_member(household.id, person=SON, relation=Relation.HEAD, by=office.wang)
    assert refused.value.field == "relation"


def test_a_member_changes():
    office = an_office()
    household = a_household(office)
    member = list_members(household.id)[1]
    fields = {"name": "张丽华", "phone": "13911112222", "health": "残疾", "relation": Relation.SIBLING}
    edit_member(member.id, fields=fields | {"monthly_income": Money.yuan(900)}, version=member.version, by=office.wang)
    assert (member.person.name, member.person.pinyin, member.person.phone) == ("张丽华", "Zhang Lihua", "13911112222")
    assert (member.health, member.relation, member.monthly_income) == ("残疾", "sibling", Money.yuan(900))
    changes = recorded("household.edit_member", household.id).changes
    assert changes["name"] == ["张丽", "张丽华"]
    assert "残疾" not in str(changes) and "13911112222" not in str(changes)


def test_a_roster_leaves_alone_what_a_hand_said_of_a_member():
    office = an_office()
    household = a_household(office)
    member = list_members(household.id)[1]
    edit_member(member.id, fields={"occupation": "木材厂"}, by=office.wang)
    fields = {"occupation": "无", "monthly_income": Money.yuan(100)}
    edit_member(member.id, fields=fields, source="roster", by=office.wang)
    assert (member.occupation, member.monthly_income) == ("木材厂", Money.yuan(100))


def test_a_missing_id_is_added_once_and_never_somebody_elses():
    office = an_office()
    household = a_household(office, members=1)
    member = add_member(household.id, person=PersonGiven("张小军"), relation=Relation.CHILD, by=office.wang)
    taken = household.head.resident_id
    with pytest.raises(RuleBroken, match="somebody"):
        edit_member(member.id, fields={"resident_id": taken}, by=office.wang)
    edit_member(member.id, fields={"resident_id": SON.resident_id}, by=office.wang)
    assert (member.person.resident_id, member.person.born_on) == (SON.resident_id, date(2005, 6, 1))
    with pytest.raises(RuleBroken, match="not changed here"):
        edit_member(member.id, fields={"resident_id": an_id(date(2005, 6, 1), 33)}, by=office.wang)


def test_the_second_editor_of_a_member_is_told():
    office = an_office()
    member = list_members(a_household(office).id)[1]
    seen = member.version
    edit_member(member.id, fields={"health": "良好"}, version=seen, by=office.wang)
    with pytest.raises(Stale):
        edit_member(member.id, fields={"health": "残疾"}, version=seen, by=office.wang)


def test_wrong_hands_and_other_units():
    office = an_office()
    household = a_household(office)
    member = list_members(household.id)[1]
    with pytest.raises(NotAllowed):
        add_member(household.id, person=SON, relation=Relation.CHILD, by=office.li)
    with pytest.raises(NotAllowed):
        end_membership(member.id, by=office.zhou)
    for act in (
        lambda: add_member(household.id, person=SON, relation=Relation.CHILD, by=office.zhao),
        lambda: edit_member(member.id, fields={"health": "良好"}, by=office.zhao),
        lambda: end_membership(member.id, by=office.zhao),
        lambda: end_membership(99_999, by=office.zhao),
    ):
        with pytest.raises(NotYours):
            act()
