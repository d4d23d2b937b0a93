"""A roster's change of a member, in a household with an open case, waits for a second person as plain data."""

import pytest

from relief.domain.labels import label
from relief.domain.money import Money
from relief.households.member_proposals import propose_member
from relief.households.membership import list_members
from relief.households.proposal_words import described, title_of
from relief.households.proposals import decide_proposal, list_open_proposals
from tests.build import a_household, an_id, an_office

pytestmark = pytest.mark.usefixtures("app")
WHY = label("The household has an open case.")
SON = {"name": "张小军", "relation": "child", "resident_id": an_id(sequence=41), "monthly_income": 90_000}


def proposed(office, household, do, change):
    return propose_member(household.id, do=do, change=change, why=WHY, by=office.wang)


def test_a_new_member_joins_once_accepted():
    office = an_office()
    household = a_household(office, members=1)
    proposal = proposed(office, household, "add", SON)
    assert len(list_members(household.id)) == 1
    assert str(title_of(proposal)) == "A new member"
    assert SON["resident_id"] not in str(described(proposal))
    decide_proposal(proposal.id, accept=True, by=office.li)
    son = list_members(household.id)[1]
    assert (son.person.name, son.relation, son.monthly_income) == ("张小军", "child", Money(90_000))


def test_declined_nothing_happens():
    office = an_office()
    household = a_household(office, members=1)
    decide_proposal(proposed(office, household, "add", SON).id, accept=False, by=office.li)
    assert len(list_members(household.id)) == 1 and not list_open_proposals(household.id)


def test_a_change_and_a_leaving():
    office = an_office()
    household = a_household(office, members=2)
    wife = list_members(household.id)[1]
    change = proposed(office, household, "edit", {"member_id": wife.id, "monthly_income": 50_000, "health": "残疾"})
    assert "残疾" not in str(described(change))
    decide_proposal(change.id, accept=True, by=office.chen)
    assert (wife.monthly_income, wife.health) == (Money(50_000), "残疾")
    decide_proposal(proposed(office, household, "end", {"member_id": wife.id}).id, accept=True, by=office.li)
    assert len(list_members(household.id)) == 1


def test_the_same_proposal_is_kept_once():
    office = an_office()
    household = a_household(office, members=1)
    assert proposed(office, household, "add", SON).id == proposed(office, household, "add", SON).id
