"""A file is opened with its head, a number of its own, and one person in one file only."""

from datetime import date, timedelta

import pytest

from relief import clock
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.household import Category, Cause
from relief.households import service
from relief.households.fields import standing
from relief.households.member_service import mark_deceased
from relief.households.membership import MemberGiven, PersonGiven, list_members
from relief.households.models import Household, HouseholdUnion
from tests.build import a_household, an_id, an_office
from tests.rooms.households.lines import recorded

pytestmark = pytest.mark.usefixtures("app")
HEAD = PersonGiven("张桂兰", an_id(date(1968, 3, 3), 21), "13845671234", nation="汉")


def opened(office, head=HEAD, by=None, **more):
    return service.open_file(union_id=office.dongfeng.id, head=head, by=by or office.wang, **more)


def test_the_head_is_the_first_member():
    office = an_office()
    household = opened(office, said=MemberGiven(health="高血压病", occupation="护林员"))
    (member,) = list_members(household.id)
    assert (member.relation, member.person.name, member.person_id) == ("head", "张桂兰", household.head_id)
    assert (member.health, member.occupation) == ("高血压病", "护林员")
    assert (member.person.phone, member.person.born_on) == ("13845671234", date(1968, 3, 3))


def test_numbers_follow_each_other():
    office = an_office()
    numbers = [a_household(office, name).number for name in ("张桂兰", "李玉梅")]
    assert numbers == ["XLGH-D000001", "XLGH-D000002"]


def test_a_refused_opening_takes_no_number():
    office = an_office()
    with pytest.raises(RuleBroken):
        opened(office, fields={"other_causes": [Cause.ILLNESS]})
    assert opened(office).number == "XLGH-D000001"


def test_fields_come_with_it_and_count_as_edited_by_hand():
    office = an_office()
    household = opened(office, fields={"declared_category": Category.DEEP, "main_cause": Cause.ILLNESS})
    assert standing(household)["main_cause"] is Cause.ILLNESS
    assert household.by_hand == ["declared_category", "main_cause"]
    assert household.reviewed_on == clock.today()


def test_a_roster_opens_a_file_that_nobody_edited_yet():
    office = an_office()
    household = opened(office, fields={"declared_category": "deep"}, source="roster")
    assert (household.by_hand, household.source, household.reviewed_on) == ([], "roster", None)


def test_the_union_row_begins_with_the_file():
    office = an_office()
    household = opened(office, opened_on=date(2025, 1, 10))
    row = db.session.scalars(db.select(HouseholdUnion).filter_by(household_id=household.id)).one()
    assert (row.since, row.until, row.union_id) == (date(2025, 1, 10), None, office.dongfeng.id)


def test_it_is_on_the_record_without_an_id_or_address():
    office = an_office()
    household = opened(office, fields={"address": "东风路12号", "declared_category": "deep"})
    line = recorded("household.open", household.id)
    assert line.changes["number"] == household.number
    assert line.union_id == office.dongfeng.id
    assert "东风路" not in str(line.changes) and HEAD.resident_id not in str(line.changes)


def test_the_same_person_is_not_opened_twice_and_ones_own_file_is_named():
    office = an_office()
    household = opened(office)
    with pytest.raises(RuleBroken, match=household.number) as refused:
        opened(office)
    assert refused.value.field == "resident_id"


def test_another_units_file_is_not_named():
    office = an_office()
    household = opened(office)
    with pytest.raises(RuleBroken, match="held in another file") as refused:
        service.open_file(union_id=office.hongqi.id, head=HEAD, by=office.zhao)
    assert household.number not in str(refused.value) and "东风" not in str(refused.value)


def test_another_name_for_the_same_id_is_refused():
    office = an_office()
    opened(office)
    with pytest.raises(RuleBroken, match="another name") as refused:
        service.open_file(union_id=office.hongqi.id, head=PersonGiven("张桂花", HEAD.resident_id), by=office.zhao)
    assert refused.value.field == "name"


def test_the_dead_have_no_file():
    office = an_office()
    household = a_household(office, members=2)
    wife = list_members(household.id)[1]
    mark_deceased(wife.id, on=clock.today(), by=office.wang)
    person = wife.person
    with pytest.raises(RuleBroken, match="deceased"):
        opened(office, PersonGiven(person.name, person.resident_id))


def test_a_day_to_come_is_no_opening_day():
    office = an_office()
    with pytest.raises(RuleBroken) as refused:
        opened(office, opened_on=clock.today() + timedelta(days=1))
    assert refused.value.field == "opened_on"


@pytest.mark.parametrize("who", ["li", "liu", "zhou", "feng", "chu", "wei"])
def test_only_those_who_keep_files_open_them(who):
    office = an_office()
    with pytest.raises(NotAllowed):
        opened(office, by=getattr(office, who))


def test_another_unit_is_as_if_it_were_not_there():
    office = an_office()
    with pytest.raises(NotYours):
        opened(office, by=office.zhao)
    assert db.session.scalar(db.select(db.func.count()).select_from(Household)) == 0
