"""One active account; with an open case, or by the same hand, a change waits for a second person."""

import pytest

from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.households import open_cases
from relief.households.bank import find_account, list_sharing, set_account
from relief.households.file_page import list_warnings
from relief.households.membership import list_members
from relief.households.models import Account, Proposal
from relief.households.proposal_words import described
from relief.households.proposals import decide_proposal, list_open_proposals
from relief.households.service import close_file
from relief.providers import Providers
from tests.build import a_card, a_household, an_office, sign_in
from tests.rooms.households.lines import recorded

pytestmark = pytest.mark.usefixtures("app")


def paid_to(household, number, by, **more):
    return set_account(household.id, holder=more.pop("holder", "张桂兰"), bank="龙江银行", number=number, by=by, **more)


@pytest.fixture
def open_case(monkeypatch):
    """Every household has an open case."""
    checks = Providers()
    checks.register(lambda household_id: True)
    monkeypatch.setattr(open_cases, "_checks", checks)


def test_the_first_account_is_active_at_once():
    office = an_office()
    household = a_household(office, account=False)
    account = paid_to(household, f" {a_card(7)[:8]} {a_card(7)[8:]} ", office.wang)
    assert (account.state, account.number, account.number_tail) == ("active", a_card(7), a_card(7)[-4:])
    assert (account.payee_id, account.passes_luhn) == (household.head_id, True)
    assert find_account(household.id).id == account.id


def test_the_number_is_nowhere_in_the_clear():
    office = an_office()
    household = a_household(office, account=False)
    paid_to(household, a_card(7), office.wang)
    stored = db.session.execute(db.text("SELECT * FROM household_account")).one()
    assert a_card(7) not in str(stored)
    assert a_card(7) not in str(recorded("account.set", household.id).changes)


def test_without_an_open_case_another_hand_replaces_it():
    office = an_office()
    household = a_household(office)
    old = find_account(household.id)
    new = paid_to(household, a_card(8), office.wang)
    assert (old.state, new.state) == ("replaced", "active")
    assert not list_open_proposals(household.id)


def test_the_same_hand_only_proposes():
    office = an_office()
    household = a_household(office, account=False)
    first, second = paid_to(household, a_card(7), office.wang), paid_to(household, a_card(8), office.wang)
    assert (first.state, second.state) == ("active", "proposed")
    (proposal,) = list_open_proposals(household.id)
    assert proposal.made_by == office.wang.person_id


def test_with_an_open_case_any_hand_only_proposes(open_case):
    office = an_office()
    household = a_household(office, account=False)
    account = paid_to(household, a_card(7), office.chen)
    assert account.state == "proposed" and find_account(household.id) is None
    assert [str(now) for _name, now, _new in described(list_open_proposals(household.id)[0])] == ["", "", ""]


def test_the_same_account_again_changes_nothing():
    office = an_office()
    household = a_household(office, account=False)
    first = paid_to(household, a_card(7), office.wang)
    assert paid_to(household, a_card(7), office.wang).id == first.id
    assert db.session.scalar(db.select(db.func.count()).select_from(Account)) == 1


def test_a_roster_does_not_touch_what_a_hand_entered():
    office = an_office()
    household = a_household(office, account=False)
    kept = paid_to(household, a_card(7), office.wang)
    assert paid_to(household, a_card(8), office.chen, source="roster").id == kept.id
    assert find_account(household.id).number == a_card(7)


def test_a_second_person_who_phoned_accepts():
    office = an_office()
    household = a_household(office, account=False)
    first, second = paid_to(household, a_card(7), office.wang), paid_to(household, a_card(8), office.wang)
    (proposal,) = list_open_proposals(household.id)
    with pytest.raises(RuleBroken) as refused:
        decide_proposal(proposal.id, accept=True, by=office.li)
    assert refused.value.field == "phoned"
    decide_proposal(proposal.id, accept=True, phoned=True, version=proposal.version, by=office.li)
    assert (first.state, second.state, second.confirmed_by) == ("replaced", "active", office.li.person_id)
    assert recorded("proposal.accept", household.id).changes["phoned"] is True
    with pytest.raises(RuleBroken, match="already"):
        decide_proposal(proposal.id, accept=False, by=office.li)


def test_declined_it_leaves_the_old_account_and_may_be_proposed_again():
    office = an_office()
    household = a_household(office, account=False)
    first, second = paid_to(household, a_card(7), office.wang), paid_to(household, a_card(8), office.wang)
    (proposal,) = list_open_proposals(household.id)
    decide_proposal(proposal.id, accept=False, note="本人否认", by=office.li)
    assert (first.state, second.state, proposal.state) == ("active", "rejected", "declined")
    third = paid_to(household, a_card(8), office.wang)
    assert third.state == "proposed"
    assert [one.id for one in list_open_proposals(household.id)] == [proposal.id]


def test_nobody_decides_alone():
    office = an_office()
    household = a_household(office, account=False)
    paid_to(household, a_card(7), office.chen)
    paid_to(household, a_card(8), office.chen)
    (proposal,) = list_open_proposals(household.id)
    with pytest.raises(NotAllowed, match="You proposed"):
        decide_proposal(proposal.id, accept=True, phoned=True, by=office.chen)
    for who in ("wang", "zhou", "feng", "sun"):
        with pytest.raises(NotAllowed):
            decide_proposal(proposal.id, accept=True, phoned=True, by=getattr(office, who))
    with pytest.raises(NotYours):
        decide_proposal(proposal.id, accept=True, phoned=True, by=office.he)
    with pytest.raises(Stale):
        decide_proposal(proposal.id, accept=True, phoned=True, version=proposal.version - 1, by=office.li)
    assert db.session.get_one(Proposal, proposal.id).state == "open"


def test_a_member_of_the_household_does_not_decide():
    office = an_office()
    household = a_household(office, account=False)
    paid_to(household, a_card(7), office.wang)
    paid_to(household, a_card(8), office.wang)
    list_members(household.id)[1].person_id = office.li.person_id
    db.session.commit()
    with pytest.raises(NotAllowed, match="belong to this household"):
        decide_proposal(list_open_proposals(household.id)[0].id, accept=True, phoned=True, by=office.li)


def test_a_shared_card_and_a_wrong_check_digit_are_shown_and_kept():
    office = an_office()
    one = a_household(office, union=office.hongqi, number=50)
    other = a_household(office, "李玉梅", account=False)
    wrong = a_card(9)[:-1] + str((int(a_card(9)[-1]) + 1) % 10)
    paid_to(other, wrong, office.wang, holder="李玉梅")
    assert "check digit" in _warnings(other)
    account = paid_to(other, a_card(50), office.chen, holder="李玉梅")
    assert [household.id for household in list_sharing(account)] == [one.id]
    shown = _warnings(other)
    assert "same card" in shown and one.number not in shown
    close_file(one.id, reason="moved", by=office.zhao)
    assert "same card" not in _warnings(other)


def _warnings(household):
    texts = list_warnings(household, list_members(household.id), find_account(household.id))
    return " ".join(str(text) for text in texts)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"number": "1234"}, "card"), ({"number": a_card(7), "holder": "7"}, "holder"),
     ({"number": a_card(7), "payee_id": 99_999}, "payee_id")],
)  # fmt: skip
def test_what_cannot_be_an_account(given, field):
    office = an_office()
    household = a_household(office, account=False)
    with pytest.raises(RuleBroken) as refused:
        paid_to(household, given.pop("number"), office.wang, **given)
    assert refused.value.field == field


def test_wrong_hands_and_other_units():
    office = an_office()
    household = a_household(office, account=False)
    with pytest.raises(NotAllowed):
        paid_to(household, a_card(7), office.zhou)
    with pytest.raises(NotYours):
        paid_to(household, a_card(7), office.zhao)


def test_an_account_without_a_bank_is_refused_at_the_field_and_one_of_a_roster_is_told_on_its_file(client):
    office = an_office()
    household = a_household(office, account=False)
    with pytest.raises(RuleBroken) as refused:
        set_account(household.id, holder="张桂兰", bank=" ", number=a_card(7), by=office.wang)
    assert (refused.value.field, str(refused.value)) == ("bank", "Name the bank.")
    set_account(household.id, holder="张桂兰", bank="", number=a_card(7), source="roster", by=office.wang)
    members = list_members(household.id)
    (warning,) = list_warnings(household, members, find_account(household.id))
    assert "names no bank" in str(warning)
    sign_in(client, office, "wang")
    assert "names no bank" in client.get(f"/households/{household.id}", headers={"Accept-Language": "en"}).text
    set_account(household.id, holder="张桂兰", bank="龙江银行", number=a_card(7), by=office.chen)
    assert list_warnings(household, members, find_account(household.id)) == []
