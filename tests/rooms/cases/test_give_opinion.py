"""Give the unit's opinion: decided together, up to the policy, by nobody who entered or visited."""

from datetime import date, timedelta

import pytest

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Meeting, Snapshot
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.households.models import Member
from relief.persons.service import declare_relative
from tests.build import a_household
from tests.build_cases import a_case, a_visit
from tests.rooms.cases.asking import fresh, get, is_missing_alike, last_step, post, steps_of


def a_meeting(union, by, number="东风工会会纪〔2026〕9号", on=None):
    return cases.record_meeting(union.id, number=number, on=on or clock.today(), attendees=["甲", "乙"], by=by)


def opine(office, case, by, amount=3_000, meeting=None):
    meeting = meeting or a_meeting(office.dongfeng, office.li)
    return cases.give_opinion(
        case.id, version=case.version, amount=Money.yuan(amount), meeting_id=meeting.id, note="属实", by=by
    )


def test_it_waits_for_notice_with_meeting_and_snapshot(office):
    case = opine(office, a_case(office, State.SUBMITTED), office.li, 2_500)
    assert last_step(case, "give_opinion") == ("submitted", "opinion_given", office.li.person_id)
    step = steps_of(case, "give_opinion")[0]
    assert (step.amount, step.note, step.hand) == (Money.yuan(2_500), "属实", "opinion")
    assert step.meeting_id == db.session.scalars(db.select(Meeting.id)).one()
    assert db.session.scalars(db.select(Snapshot.step_id)).all() == [step.id]


@pytest.mark.parametrize(("fen", "is_taken"), [(300_000, True), (300_001, False), (1, True), (0, False)])
def test_the_amount_lies_above_zero_and_up_to_the_policy(office, fen, is_taken):
    case = a_case(office, State.SUBMITTED)
    meeting = a_meeting(office.dongfeng, office.li)
    give = {"version": case.version, "meeting_id": meeting.id, "note": "", "by": office.li}
    if is_taken:
        assert cases.give_opinion(case.id, amount=Money(fen), **give).proposed == Money(fen)
        return
    with pytest.raises(RuleBroken) as refused:
        cases.give_opinion(case.id, amount=Money(fen), **give)
    assert refused.value.field == "amount"


def test_without_a_meeting_nothing_is_decided(office):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(RuleBroken) as refused:
        cases.give_opinion(
            case.id, version=case.version, amount=Money.yuan(1), meeting_id=None, note="", by=office.li
        )
    assert refused.value.field == "meeting"


def test_the_meeting_is_the_units_own_and_not_from_before_the_event(office):
    case = a_case(office, State.SUBMITTED)
    before = a_meeting(office.dongfeng, office.li, "旧", on=case.need_on - timedelta(days=1))
    with pytest.raises(RuleBroken, match="before the event"):
        opine(office, case, office.li, meeting=before)
    theirs = a_meeting(office.hongqi, office.he, "别")
    with pytest.raises(NotYours):
        opine(office, fresh(case), office.li, meeting=theirs)


def test_the_enterer_the_visitor_and_ones_own_do_not(office):
    case = a_case(office, State.SUBMITTED)
    enterer = acting_as(office.li, office.wang)
    visitor = acting_as(office.li, office.zhao)
    with pytest.raises(NotAllowed, match="entered"):
        opine(office, case, enterer)
    with pytest.raises(NotAllowed, match="visited"):
        opine(office, fresh(case), visitor, meeting=db.session.scalars(db.select(Meeting)).first())


def test_the_head_of_the_household_and_a_relative_do_not(office):
    household = a_household(office)
    case = a_case(office, State.SUBMITTED, household=household)
    declare_relative(office.li.person_id, household.head_id, "sibling", by=office.li)
    with pytest.raises(NotAllowed, match="near"):
        opine(office, case, office.li)
    other = a_case(office, State.SUBMITTED)
    with transaction():
        db.session.add(
            Member(
                household_id=other.household_id, person_id=office.li.person_id, relation="other",
                since=date(2026, 1, 1),
            )
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="own household"):
        opine(office, fresh(other), office.li, meeting=db.session.scalars(db.select(Meeting)).first())


def test_a_visit_from_before_the_event_bars_nobody(office):
    household = a_household(office)
    a_visit(household, office.li, office.zhao, on=date(2026, 2, 1))
    case = a_case(office, State.SUBMITTED, household=household)
    assert opine(office, case, office.li).state == State.OPINION_GIVEN


def test_wrong_role_wrong_state_another_unit_an_old_version(office):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(NotAllowed):
        opine(office, case, office.chen)
    meeting = db.session.scalars(db.select(Meeting)).first()
    with pytest.raises(NotYours):
        opine(office, fresh(case), office.he, meeting=meeting)
    with pytest.raises(Stale):
        cases.give_opinion(
            case.id, version=case.version - 1, amount=Money.yuan(1), meeting_id=meeting.id, note="", by=office.li
        )
    opine(office, fresh(case), office.li, meeting=meeting)
    with pytest.raises(WrongState):
        opine(office, fresh(case), office.li, meeting=meeting)


def test_the_form_records_a_new_meeting_in_the_same_breath(office, client):
    case = a_case(office, State.SUBMITTED)
    typed = {
        "version": case.version, "meeting": "new", "number": "东风工会会纪〔2026〕12号", "meeting_on": "2026-03-02",
        "attendees": "李建国\n王秀兰\n", "amount": "3000", "note": "情况属实",
    }  # fmt: skip
    done = post(client, office, "li", f"/cases/{case.id}/give-opinion", **typed)
    assert (done.status_code, fresh(case).state) == (303, "opinion_given")
    meeting = db.session.scalars(db.select(Meeting)).one()
    assert (meeting.number, meeting.attendees) == ("东风工会会纪〔2026〕12号", ["李建国", "王秀兰"])


def test_when_the_opinion_fails_the_meeting_is_not_recorded_either(office, client):
    case = a_case(office, State.SUBMITTED)
    answer = post(
        client, office, "li", f"/cases/{case.id}/give-opinion", version=case.version, meeting="new", number="12号",
        meeting_on="2026-03-02", attendees="李建国\n王秀兰", amount="3000.01", note="情况属实，同意",
    )  # fmt: skip
    assert answer.status_code == 422
    assert 'id="amount-error"' in answer.text
    assert "up to ¥3,000.00" in answer.text
    assert "情况属实，同意" in answer.text
    assert db.session.scalars(db.select(Meeting)).all() == []
    few = post(
        client, office, "li", f"/cases/{case.id}/give-opinion", version=case.version, meeting="new", number="12号",
        meeting_on="2026-03-02", attendees="李建国", amount="3000", note="x",
    )  # fmt: skip
    assert 'id="attendees-error"' in few.text


def test_another_units_case_answers_as_a_missing_one_and_other_roles_are_turned_away(office, client):
    case = a_case(office, State.SUBMITTED)
    assert is_missing_alike(client, office, "he", "give-opinion", case)
    assert get(client, office, "wang", f"/cases/{case.id}/give-opinion").status_code == 403


def acting_as(role_of, person_of):
    """The same role and scope in the hands of another person."""
    from dataclasses import replace

    return replace(role_of, person_id=person_of.person_id)
