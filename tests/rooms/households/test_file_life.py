"""A file is reviewed, moved, closed and opened again; consents are given and taken back."""

from datetime import date, timedelta

import pytest

from relief import clock
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.domain.household import FileGate, Relation
from relief.households import open_cases, service
from relief.households.completeness import missing
from relief.households.consents import find_consent, list_consents, record_consent, withdraw_consent
from relief.households.member_service import add_member
from relief.households.membership import PersonGiven, find_membership, list_members
from relief.households.models import HouseholdUnion
from relief.households.purposes import Purpose
from relief.households.sight import get_household
from relief.providers import Providers
from tests.build import a_household, an_office
from tests.rooms.households.lines import recorded

pytestmark = pytest.mark.usefixtures("app")


def test_a_review_is_dated():
    office = an_office()
    household = a_household(office)
    assert household.reviewed_on is None
    service.review_file(household.id, version=household.version, by=office.wang)
    assert household.reviewed_on == clock.today()
    assert recorded("household.review", household.id).changes["reviewed_on"] == [None, clock.today().isoformat()]
    with pytest.raises(Stale):
        service.review_file(household.id, version=1, by=office.wang)


def test_a_moved_file_is_seen_where_it_went_and_no_more_where_it_was():
    office = an_office()
    household = a_household(office)
    service.move_to_union(household.id, office.hongqi.id, by=office.chen)
    assert get_household(household.id, by=office.zhao).union_id == office.hongqi.id
    with pytest.raises(NotYours):
        get_household(household.id, by=office.wang)
    rows = db.session.scalars(db.select(HouseholdUnion).order_by(HouseholdUnion.id)).all()
    assert [(row.union_id, row.until) for row in rows] == [
        (office.dongfeng.id, clock.today()), (office.hongqi.id, None),
    ]  # fmt: skip
    assert recorded("household.move", household.id).union_id == office.hongqi.id


def test_a_file_moves_neither_nowhere_nor_before_it_came():
    office = an_office()
    household = a_household(office)
    with pytest.raises(RuleBroken) as refused:
        service.move_to_union(household.id, office.dongfeng.id, by=office.chen)
    assert refused.value.field == "union_id"
    with pytest.raises(RuleBroken) as refused:
        service.move_to_union(household.id, office.hongqi.id, on=date(2020, 1, 1), by=office.chen)
    assert refused.value.field == "on"
    with pytest.raises(NotYours):
        service.move_to_union(household.id, office.hongqi.id, by=office.wang)


def test_closing_lets_the_people_go():
    office = an_office()
    household = a_household(office, members=2)
    people = [member.person_id for member in list_members(household.id)]
    service.close_file(household.id, reason="recovered", by=office.wang)
    assert (household.status, household.closed_on, household.closed_why) == ("exited", clock.today(), "recovered")
    assert [find_membership(person) for person in people] == [None, None]
    assert recorded("household.close", household.id).changes["reason"] == "recovered"


def test_other_reasons_close():
    office = an_office()
    household = a_household(office)
    service.close_file(household.id, reason="moved", by=office.wang)
    assert household.status == "closed"


def test_no_file_closes_without_a_reason_or_with_an_open_case(monkeypatch):
    office = an_office()
    household = a_household(office)
    with pytest.raises(RuleBroken) as refused:
        service.close_file(household.id, reason="", by=office.wang)
    assert refused.value.field == "reason"
    bars = Providers()
    bars.register(lambda household_id: household_id == household.id)
    monkeypatch.setattr(open_cases, "_bars", bars)
    with pytest.raises(RuleBroken, match="still open"):
        service.close_file(household.id, reason="moved", by=office.wang)


def test_opened_again_it_has_its_people_back_less_those_who_went_elsewhere():
    office = an_office()
    household, other = a_household(office, members=3), a_household(office, "李玉梅", members=1)
    gone = list_members(household.id)[2].person
    service.close_file(household.id, reason="recovered", by=office.wang)
    add_member(other.id, person=PersonGiven(gone.name, gone.resident_id), relation=Relation.CHILD, by=office.wang)
    service.reopen_file(household.id, reason="relapse", by=office.wang)
    assert (household.status, household.closed_on) == ("active", None)
    assert [member.relation for member in list_members(household.id)] == ["head", "spouse"]
    assert recorded("household.reopen", household.id).changes["reason"] == "relapse"


def test_without_its_head_a_file_stays_closed():
    office = an_office()
    household, other = a_household(office), a_household(office, "李玉梅", members=1)
    head = household.head
    service.close_file(household.id, reason="moved", by=office.wang)
    add_member(other.id, person=PersonGiven(head.name, head.resident_id), relation=Relation.PARENT, by=office.wang)
    with pytest.raises(RuleBroken, match="new file"):
        service.reopen_file(household.id, reason="returned", by=office.wang)
    assert get_household(household.id, by=office.wang).status == "closed"


def test_consents_open_gates_and_withdrawal_shuts_them():
    office = an_office()
    household = a_household(office, consent=False)
    assert missing(household.id, FileGate.PUBLICATION)
    consent = record_consent(household.id, purpose=Purpose.NOTICE, by=office.wang)
    assert not missing(household.id, FileGate.PUBLICATION)
    assert recorded("consent.record", household.id).changes["purpose"] == "notice"
    withdraw_consent(consent.id, by=office.wang)
    assert missing(household.id, FileGate.PUBLICATION)
    assert recorded("consent.withdraw", household.id).changes["purpose"] == "notice"
    with pytest.raises(RuleBroken):
        withdraw_consent(consent.id, by=office.wang)


def test_a_standing_consent_is_kept_once():
    office = an_office()
    household = a_household(office, consent=False)
    one, two = (record_consent(household.id, purpose=Purpose.BANK, by=office.wang) for _ in range(2))
    assert one.id == two.id and len(list_consents(household.id)) == 1
    assert find_consent(household.id, Purpose.PHOTO) is None


def test_only_members_sign_and_not_in_the_future():
    office = an_office()
    household = a_household(office, consent=False)
    with pytest.raises(RuleBroken) as refused:
        record_consent(household.id, purpose=Purpose.BANK, person_id=office.li.person_id, by=office.wang)
    assert refused.value.field == "person_id"
    with pytest.raises(RuleBroken) as refused:
        record_consent(household.id, purpose=Purpose.BANK, signed_on=clock.today() + timedelta(days=1), by=office.wang)
    assert refused.value.field == "signed_on"


def test_wrong_hands_and_other_units():
    office = an_office()
    household = a_household(office)
    consent = list_consents(household.id)[0]
    verbs = {
        "review": lambda by: service.review_file(household.id, by=by),
        "close": lambda by: service.close_file(household.id, reason="moved", by=by),
        "reopen": lambda by: service.reopen_file(household.id, reason="relapse", by=by),
        "move": lambda by: service.move_to_union(household.id, office.hongqi.id, by=by),
        "consent": lambda by: record_consent(household.id, purpose=Purpose.FILE, by=by),
        "withdraw": lambda by: withdraw_consent(consent.id, by=by),
    }
    for name, verb in verbs.items():
        with pytest.raises(NotAllowed):
            verb(office.li)
        with pytest.raises(NotYours):
            verb(office.zhao)
        assert name
