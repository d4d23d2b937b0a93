"""Submit: the gates are passed or named, and a correction goes back to the step that sent it."""

import pytest

from relief.cases import service as cases
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.households.consents import list_consents, withdraw_consent
from tests.build import SYSTEM, a_household
from tests.build_cases import a_case, a_visit, some_evidence
from tests.rooms.cases.asking import fresh, get, is_missing_alike, last_step, post
from tests.rooms.cases.test_edit import mend


def ready(office, **given):
    household = a_household(office)
    case = a_case(office, household=household, **given)
    a_visit(household, office.wang, office.zhao)
    some_evidence(case)
    return fresh(case)


def submit(case, by):
    return cases.submit(case.id, version=case.version, by=by)


def sent_back_from(office, state, fields=("evidence",)):
    """A case that the hands of this state sent back."""
    case = a_case(office, state)
    by = {State.SUBMITTED: office.li, State.FORWARDED: office.chen, State.IN_APPROVAL: office.sun}[state]
    cases.send_back(case.id, version=case.version, reason="R01", fields=list(fields), note="请补", by=by)
    return fresh(case)


def test_it_waits_for_the_unit_with_a_deadline(office):
    case = submit(ready(office), office.wang)
    assert last_step(case, "submit") == ("draft", "submitted", office.wang.person_id)
    assert str(case.due_on) == "2026-03-09"


def test_every_missing_thing_is_named_at_once(office):
    with pytest.raises(RuleBroken) as refused:
        submit(a_case(office), office.wang)
    told = [str(one.sentence) for one in (refused.value, *refused.value.others)]
    assert len(told) == 4
    assert any("Signed application" in text for text in told)
    assert any("2 people" in text for text in told)


def test_a_visit_of_care_by_one_person_does_not_do(office):
    household = a_household(office)
    case = a_case(office, household=household)
    a_visit(household, office.wang, kind="care")
    some_evidence(case)
    with pytest.raises(RuleBroken, match="2 people"):
        submit(fresh(case), office.wang)


def test_a_withdrawn_consent_stops_it(office):
    case = ready(office)
    for consent in list_consents(case.household_id):
        withdraw_consent(consent.id, by=SYSTEM)
    with pytest.raises(RuleBroken, match="consent"):
        submit(fresh(case), office.wang)


def test_once_per_event(office):
    first = a_case(office, State.SUBMITTED)
    second = a_case(office, household=first.household)
    some_evidence(second)
    with pytest.raises(RuleBroken, match="helped already"):
        submit(fresh(second), office.wang)
    cases.refuse(first.id, version=fresh(first).version, reason="J05", note="材料不实", by=office.li)
    assert submit(fresh(second), office.wang).state == State.SUBMITTED


def test_only_a_draft_only_a_caseworker_only_ones_own(office):
    case = ready(office)
    with pytest.raises(NotAllowed):
        submit(case, office.li)
    with pytest.raises(NotYours):
        submit(case, office.zhao)
    submit(fresh(case), office.wang)
    with pytest.raises(WrongState):
        submit(fresh(case), office.wang)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.FORWARDED, State.IN_APPROVAL])
def test_a_correction_goes_back_to_the_step_that_sent_it(office, state):
    case = sent_back_from(office, state)
    assert (case.state, case.resume_to) == (State.DRAFT, state)
    assert submit(case, office.wang).state == state
    assert (fresh(case).resume_to, fresh(case).mend_fields) == (None, [])


def test_back_in_approval_the_chain_is_frozen_anew_and_the_case_can_be_approved(office):
    from tests.build_cases import some_money

    case = sent_back_from(office, State.IN_APPROVAL)
    case = submit(case, office.wang)
    done = cases.approve(
        case.id, version=case.version, amount=case.proposed, note="", fund_id=some_money(), by=office.sun
    )
    assert done.state == State.APPROVED


def test_what_the_unit_had_lowered_stays_lowered(office):
    case = a_case(office, State.SUBMITTED)
    meeting = cases.record_meeting(
        case.union_id, number="纪1", on=case.need_on, attendees=["李建国", "王秀兰"], by=office.li
    )
    cases.give_opinion(
        case.id, version=case.version, amount=Money.yuan(2_000), meeting_id=meeting.id, note="酌减", by=office.li
    )
    case = fresh(case)
    from tests.build_cases import _end, _post

    _post(office, case)
    _end(office, fresh(case))
    case = fresh(case)
    cases.send_back(case.id, version=case.version, reason="R01", fields=["evidence"], note="补件", by=office.chen)
    case = submit(fresh(case), office.wang)
    assert (case.state, case.proposed) == (State.FORWARDED, Money.yuan(2_000))


def test_a_higher_amount_goes_to_the_unit_again_and_needs_a_new_notice(office):
    case = sent_back_from(office, State.FORWARDED, ("grade",))
    assert case.noticed == Money.yuan(3_000)
    case = mend(case, office.wang, grade=3)
    case = submit(fresh(case), office.wang)
    assert (case.state, case.proposed) == (State.SUBMITTED, Money.yuan(6_000))
    with pytest.raises(WrongState):
        cases.review(case.id, version=case.version, amount=Money.yuan(6_000), note="", by=office.chen)


def test_a_lower_amount_needs_no_new_notice(office):
    case = sent_back_from(office, State.FORWARDED, ("grade",))
    case = submit(fresh(mend(case, office.wang, grade=1)), office.wang)
    assert (case.state, case.proposed) == (State.FORWARDED, Money.yuan(1_000))


@pytest.mark.parametrize(
    ("of_kind", "gives"),
    [(17_000, 3_000), (17_001, 2_999), (19_999, 1)],
)
def test_the_household_year_cap_of_the_kind(office, of_kind, gives):
    case = ready(office)
    awarded(case, Money.yuan(of_kind), "special")
    assert submit(fresh(case), office.wang).proposed == Money.yuan(gives)


@pytest.mark.parametrize(("of_all", "gives"), [(21_000, 3_000), (21_001, 2_999)])
def test_the_household_year_cap_of_all_kinds(office, of_all, gives):
    case = ready(office)
    awarded(case, Money.yuan(of_all), "routine")
    assert submit(fresh(case), office.wang).proposed == Money.yuan(gives)


def test_a_used_up_cap_stops_it_with_a_sentence(office):
    case = ready(office)
    awarded(case, Money.yuan(20_000), "special")
    with pytest.raises(RuleBroken, match="used up") as refused:
        submit(fresh(case), office.wang)
    assert refused.value.field == "grade"


def test_awards_of_last_year_do_not_count(office):
    case = ready(office)
    awarded(case, Money.yuan(20_000), "special", year=2025)
    assert submit(fresh(case), office.wang).proposed == Money.yuan(3_000)


def awarded(case, amount, kind, year=2026):
    """An award that the household got earlier, as an office brings it in."""
    from datetime import date

    from relief.cases.models import Case
    from relief.funds.queries import find_fund

    with transaction():
        db.session.add(
            Case(
                number=f"OLD-{kind}-{year}", kind=kind, state="closed", household_id=case.household_id,
                union_id=case.union_id, applicant_id=case.applicant_id, policy_id=case.policy_id, approved=amount,
                approved_by=case.applicant_id, approved_on=date(year, 1, 15), fund_id=find_fund("F4").id,
                need_on=date(year, 1, 10), month=f"{year}-01", created_at=case.created_at,
            )
        )  # fmt: skip


def test_over_http_it_is_checked_first_and_missing_things_keep_it_here(office, client):
    case = a_case(office)
    page = get(client, office, "wang", f"/cases/{case.id}/submit")
    assert page.status_code == 200
    assert "Attach: Signed application." in page.text
    answer = post(client, office, "wang", f"/cases/{case.id}/submit", version=case.version)
    assert answer.status_code == 422
    assert "Attach: Proof of the event." in answer.text
    whole = ready(office)
    done = post(client, office, "wang", f"/cases/{whole.id}/submit", version=whole.version)
    assert (done.status_code, fresh(whole).state) == (303, "submitted")
    assert get(client, office, "wang", f"/cases/{whole.id}/submit").status_code == 409
    assert is_missing_alike(client, office, "zhao", "submit", whole)
