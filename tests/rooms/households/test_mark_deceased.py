"""A death ends the membership that day and freezes what waits to be paid, in the same transaction."""

from datetime import timedelta

import pytest

from relief import clock, consequences
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.household import Relation
from relief.households.file_page import list_warnings
from relief.households.member_service import change_head, mark_deceased
from relief.households.membership import list_members
from relief.persons.models import Person
from tests.build import a_household, an_office
from tests.rooms.households.lines import recorded

pytestmark = pytest.mark.usefixtures("app")


def test_the_person_is_dead_and_no_member_any_more():
    office = an_office()
    household = a_household(office)
    wife = list_members(household.id)[1]
    mark_deceased(wife.id, on=clock.today(), by=office.wang)
    assert wife.person.deceased_on == wife.until == clock.today()
    assert [member.relation for member in list_members(household.id)] == ["head"]
    assert recorded("person.deceased", household.id).changes["person"] == wife.person_id


def test_the_rooms_above_are_told(monkeypatch):
    office, told = an_office(), []
    monkeypatch.setattr(consequences, "on_death", lambda person_id, *, by: told.append((person_id, by.name)))
    wife = list_members(a_household(office).id)[1]
    mark_deceased(wife.id, on=clock.today(), by=office.wang)
    assert told == [(wife.person_id, "王秀兰")]


def test_when_the_payments_cannot_be_frozen_nobody_is_dead(monkeypatch):
    office = an_office()
    wife = list_members(a_household(office).id)[1]

    def fail(person_id, *, by):
        raise RuleBroken(None, "Not now.")

    monkeypatch.setattr(consequences, "on_death", fail)
    with pytest.raises(RuleBroken, match=r"Not now\."):
        mark_deceased(wife.id, on=clock.today(), by=office.wang)
    assert db.session.get_one(Person, wife.person_id).deceased_on is None


def test_after_the_heads_death_the_page_asks_for_a_new_one_and_takes_him():
    office = an_office()
    household = a_household(office, members=2)
    head, wife = list_members(household.id)
    mark_deceased(head.id, on=clock.today(), by=office.wang)
    assert ["new head" in str(text) for text in list_warnings(household, list_members(household.id), None)] == [True]
    change_head(wife.id, by=office.wang)
    assert (household.head_id, wife.relation) == (wife.person_id, "head")
    assert not list_warnings(household, list_members(household.id), None)


def test_the_new_head_needs_a_word_on_the_old_one_who_stays():
    office = an_office()
    household = a_household(office, members=2)
    head, wife = list_members(household.id)
    with pytest.raises(RuleBroken) as refused:
        change_head(wife.id, by=office.wang)
    assert refused.value.field == "old_head_is"
    change_head(wife.id, old_head_is=Relation.SPOUSE, by=office.wang)
    assert (head.relation, wife.relation) == ("spouse", "head")
    assert recorded("household.change_head", household.id).changes["head"] == [head.person_id, wife.person_id]
    with pytest.raises(RuleBroken, match="already"):
        change_head(wife.id, old_head_is=Relation.SPOUSE, by=office.wang)


def test_nobody_dies_in_the_future_or_twice():
    office = an_office()
    wife = list_members(a_household(office).id)[1]
    with pytest.raises(RuleBroken) as refused:
        mark_deceased(wife.id, on=clock.today() + timedelta(days=1), by=office.wang)
    assert refused.value.field == "on"
    mark_deceased(wife.id, on=clock.today() - timedelta(days=3), by=office.wang)
    with pytest.raises(RuleBroken):
        mark_deceased(wife.id, on=clock.today(), by=office.wang)


def test_wrong_hands_and_other_units():
    office = an_office()
    wife = list_members(a_household(office).id)[1]
    with pytest.raises(NotAllowed):
        mark_deceased(wife.id, on=clock.today(), by=office.zheng)
    with pytest.raises(NotYours):
        mark_deceased(wife.id, on=clock.today(), by=office.zhao)
    with pytest.raises(NotYours):
        change_head(wife.id, old_head_is=Relation.SPOUSE, by=office.zhao)
