"""The fields of a file are changed; a hand's edit outlasts a roster, and the second editor sees the difference."""

import pytest

from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.domain.household import Category, Cause, FileTier, Heating
from relief.domain.money import Money
from relief.households import service
from relief.households.fields import standing
from relief.households.models import Household
from tests.build import a_household, an_office
from tests.rooms.households.lines import recorded

pytestmark = pytest.mark.usefixtures("app")


def test_fields_change_and_the_record_says_from_what_to_what():
    office = an_office()
    household = a_household(office, heating="coal")
    fields = {"heating": Heating.WOOD, "income_12": Money.yuan(24_000), "file_tier": FileTier.PROVINCIAL}
    service.edit_file(household.id, fields=fields, by=office.wang)
    assert {name: standing(household)[name] for name in fields} == fields
    changes = recorded("household.edit", household.id).changes
    assert changes["heating"] == ["coal", "wood"]
    assert changes["income_12"] == [None, {"fen": 2_400_000}]


def test_an_address_is_kept_sealed_and_recorded_as_a_keyed_hash():
    office = an_office()
    household = a_household(office)
    service.edit_file(household.id, fields={"address": "红松路8号"}, by=office.wang)
    stored = db.session.execute(db.text("SELECT address FROM household")).scalar_one()
    assert "红松路" not in stored
    was, now = recorded("household.edit", household.id).changes["address"]
    assert now.startswith("#") and was != now and "红松路" not in now


def test_causes_are_one_main_and_up_to_three_more():
    office = an_office()
    household = a_household(office, main_cause=6)
    more = [Cause.SCHOOLING, Cause.LAID_OFF, Cause.DISASTER]
    service.edit_file(household.id, fields={"main_cause": Cause.ACCIDENT, "other_causes": more}, by=office.wang)
    now = standing(household)
    assert now["main_cause"] is Cause.ACCIDENT and now["other_causes"] == sorted(more)
    with pytest.raises(RuleBroken) as refused:
        service.edit_file(household.id, fields={"other_causes": [*more, Cause.UNINSURED]}, by=office.wang)
    assert refused.value.field == "other_causes"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"main_cause": None, "other_causes": [Cause.ILLNESS]}, "main_cause"),
        ({"main_cause": Cause.ILLNESS, "other_causes": [Cause.ILLNESS]}, "other_causes"),
        ({"main_cause": Cause.OTHER}, "cause_note"),
    ],
)
def test_causes_that_do_not_go_together(fields, field):
    office = an_office()
    household = a_household(office, main_cause=9)
    with pytest.raises(RuleBroken) as refused:
        service.edit_file(household.id, fields=fields, by=office.wang)
    assert refused.value.field == field
    assert standing(household)["main_cause"] is Cause.SCHOOLING


def test_another_cause_is_said_in_words():
    office = an_office()
    household = a_household(office)
    service.edit_file(household.id, fields={"main_cause": Cause.OTHER, "cause_note": "赡养四位老人"}, by=office.wang)
    assert standing(household)["cause_note"] == "赡养四位老人"


def test_a_roster_leaves_alone_what_a_hand_changed():
    office = an_office()
    household = a_household(office, heating="coal", declared_category="deep")
    service.edit_file(household.id, fields={"heating": "wood"}, by=office.wang)
    given = {"heating": "coal", "declared_category": "relative"}
    service.edit_file(household.id, fields=given, source="roster", by=office.wang)
    assert (household.heating, household.declared_category) == ("wood", Category.RELATIVE)
    assert household.by_hand == ["heating"]


def test_nothing_changed_leaves_no_line_and_the_version():
    office = an_office()
    household = a_household(office, heating="coal")
    version = household.version
    service.edit_file(household.id, fields={"heating": "coal"}, version=version, by=office.wang)
    assert household.version == version


def test_the_second_editor_gets_the_difference():
    office = an_office()
    household = a_household(office, heating="coal")
    seen = household.version
    service.edit_file(household.id, fields={"heating": "wood"}, version=seen, by=office.wang)
    with pytest.raises(Stale) as stale:
        service.edit_file(household.id, fields={"heating": Heating.ELECTRIC}, version=seen, by=office.chen)
    theirs, yours = stale.value.changes["heating"]
    assert (theirs, yours) == (Heating.WOOD.label, Heating.ELECTRIC.label)
    assert stale.value.version == household.version > seen
    assert db.session.get_one(Household, household.id).heating == "wood"


def test_causes_alone_move_the_version_too():
    office = an_office()
    household = a_household(office, main_cause=6)
    seen = household.version
    service.edit_file(household.id, fields={"main_cause": 9}, version=seen, by=office.wang)
    with pytest.raises(Stale):
        service.edit_file(household.id, fields={"main_cause": 8}, version=seen, by=office.wang)


def test_a_closed_file_is_not_edited():
    office = an_office()
    household = a_household(office)
    service.close_file(household.id, reason="recovered", by=office.wang)
    with pytest.raises(RuleBroken, match="closed"):
        service.edit_file(household.id, fields={"heating": "wood"}, by=office.wang)


@pytest.mark.parametrize("who", ["li", "sun", "zheng", "feng", "chu"])
def test_only_those_who_keep_files_edit_them(who):
    office = an_office()
    household = a_household(office)
    with pytest.raises(NotAllowed):
        service.edit_file(household.id, fields={"heating": "wood"}, by=getattr(office, who))


def test_another_units_file_is_as_a_missing_one():
    office = an_office()
    household = a_household(office)
    for target in (household.id, household.id + 1000):
        with pytest.raises(NotYours):
            service.edit_file(target, fields={"heating": "wood"}, by=office.zhao)
