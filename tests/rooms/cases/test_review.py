"""Review for the bureau: up to the amount on notice; then it stands who must sign."""

import pytest

from relief.cases import service as cases
from relief.cases.models import Case, ChainLevel
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.persons.service import declare_relative
from tests.build import a_household
from tests.build_cases import a_case
from tests.rooms.cases.asking import fresh, get, is_missing_alike, last_step, post
from tests.rooms.cases.test_give_opinion import acting_as


def review(case, by, fen=None):
    amount = case.noticed if fen is None else Money(fen)
    return cases.review(case.id, version=case.version, amount=amount, note="材料齐全", by=by)


def chain_of(case):
    wanted = db.select(ChainLevel).where(ChainLevel.case_id == case.id, ChainLevel.dropped_at.is_(None))
    return [(one.role, one.needs_meeting) for one in db.session.scalars(wanted.order_by(ChainLevel.level))]


def test_it_waits_for_approval_with_its_chain(office):
    case = review(a_case(office, State.FORWARDED), office.chen)
    assert last_step(case, "review") == ("forwarded", "in_approval", office.chen.person_id)
    assert (chain_of(case), case.level) == ([("chair", False)], 1)


@pytest.mark.parametrize(
    ("fen", "chain"),
    [
        (300_000, [("chair", False)]),
        (300_001, [("chair", True)]),
        (600_000, [("chair", True)]),
    ],
)
def test_three_thousand_is_the_chairs_and_a_fen_more_the_office_meetings(office, fen, chain):
    case = review(a_case(office, State.FORWARDED, grade=3), office.chen, fen)
    assert chain_of(case) == chain


@pytest.mark.parametrize(("earlier", "is_filed_upward"), [(400_000, False), (400_001, True)])
def test_requests_of_one_event_add_up_to_ten_thousand_and_a_fen_more_is_filed_upward(office, earlier, is_filed_upward):
    household = a_household(office)
    case = a_case(office, State.FORWARDED, grade=3, household=household)
    with transaction():
        db.session.add(
            Case(
                number="XLGH-TS-2026-90001", kind="special", state="in_approval", household_id=household.id,
                union_id=case.union_id, applicant_id=case.applicant_id, policy_id=case.policy_id,
                event_id=case.event_id, proposed=Money(earlier), need_on=case.need_on, month="2026-03",
                created_at=case.created_at,
            )
        )  # fmt: skip
    if not is_filed_upward:
        assert chain_of(review(fresh(case), office.chen)) == [("chair", True)]
        return
    with pytest.raises(RuleBroken, match="File it to the union above") as refused:
        review(fresh(case), office.chen)
    assert refused.value.field == "amount"


@pytest.mark.parametrize(("fen", "is_taken"), [(300_000, True), (300_001, False)])
def test_up_to_the_amount_on_notice(office, fen, is_taken):
    case = a_case(office, State.FORWARDED)
    if is_taken:
        assert review(case, office.chen, fen).proposed == Money(fen)
        return
    with pytest.raises(RuleBroken) as refused:
        review(case, office.chen, fen)
    assert refused.value.field == "amount"


def test_enter_visit_opinion_and_kin_bar_the_reviewer(office):
    case = a_case(office, State.FORWARDED)
    for person, why in ((office.wang, "entered"), (office.zhao, "visited"), (office.li, "opinion")):
        with pytest.raises(NotAllowed, match=why):
            review(fresh(case), acting_as(office.chen, person))
    declare_relative(office.chen.person_id, case.applicant_id, "in_law", by=office.chen)
    with pytest.raises(NotAllowed, match="near"):
        review(fresh(case), office.chen)


def test_wrong_role_wrong_state_a_pause(office):
    case = a_case(office, State.FORWARDED)
    with pytest.raises(NotAllowed):
        review(case, office.sun)
    cases.hold(case.id, version=fresh(case).version, note="等材料", by=office.chen)
    with pytest.raises(WrongState, match="on hold"):
        review(fresh(case), office.chen)
    with pytest.raises(WrongState):
        review(a_case(office, State.ON_NOTICE), office.chen)


def test_another_units_case_is_no_case_for_a_unit(office):
    case = a_case(office, State.FORWARDED)
    with pytest.raises(NotYours):
        cases.send_back(case.id, version=case.version, reason="R01", fields=["evidence"], note="", by=office.he)


def test_over_http(office, client):
    case = a_case(office, State.FORWARDED)
    bad = post(client, office, "chen", f"/cases/{case.id}/review", version=case.version, amount="3,00", note="齐全")
    assert (bad.status_code, 'id="amount-error"' in bad.text, "齐全" in bad.text) == (422, True, True)
    high = post(client, office, "chen", f"/cases/{case.id}/review", version=case.version, amount="3000.01", note="齐")
    assert (high.status_code, 'value="3000.01"' in high.text) == (422, True)
    assert get(client, office, "li", f"/cases/{case.id}/review").status_code == 403
    done = post(client, office, "chen", f"/cases/{case.id}/review", version=case.version, amount="3000", note="")
    assert (done.status_code, fresh(case).state) == (303, "in_approval")
    assert get(client, office, "chen", f"/cases/{case.id}/review").status_code == 409


def test_a_case_that_is_not_there_is_missing_for_the_bureau_too(office, client):
    case = a_case(office, State.FORWARDED, household=a_household(office, union=office.dongfeng))
    assert is_missing_alike(client, office, "he", "send-back", case)
    assert get(client, office, "chen", "/cases/999999/review").status_code == 404
