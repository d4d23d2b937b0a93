"""Approve: the role of the level, its meeting, its fund; nobody twice, nobody of their own."""

from datetime import date

import pytest

from relief.cases import service as cases
from relief.cases.models import AwardPart, Instalment, Meeting, Snapshot
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.funds.service import balance_of
from relief.households.models import Account
from relief.persons.service import declare_relative
from tests.build import a_household
from tests.build_cases import a_case, some_money
from tests.rooms.cases.asking import audit_of, fresh, get, last_step, post
from tests.rooms.cases.test_give_opinion import a_meeting, acting_as
from tests.rooms.cases.test_submit import awarded


def approve(office, case, by, fen=None, fund=None, meeting=None):
    fund_id = fund or find_fund("F4").id
    amount = case.proposed if fen is None else Money(fen)
    return cases.approve(
        case.id, version=case.version, amount=amount, note="同意", fund_id=fund_id,
        meeting_id=meeting.id if meeting else None, by=by,
    )  # fmt: skip


def waiting(office, grade=2, money=100_000, **given):
    if money:
        some_money(announced=money)
    return a_case(office, State.IN_APPROVAL, grade=grade, **given)


def test_the_last_signature_makes_the_award_and_draws_on_the_fund(office):
    case = approve(office, waiting(office), office.sun)
    assert last_step(case, "approve") == ("in_approval", "approved", office.sun.person_id)
    assert (case.approved, case.approved_by, case.approved_on) == (
        Money.yuan(3_000), office.sun.person_id, date(2026, 3, 10),
    )  # fmt: skip
    part = db.session.scalars(db.select(AwardPart)).one()
    assert (part.form, part.amount) == ("cash", Money.yuan(3_000))
    assert db.session.scalars(db.select(Instalment.amount)).all() == [Money.yuan(3_000)]
    assert balance_of(case.fund_id).committed == Money.yuan(3_000)
    assert len(db.session.scalars(db.select(Snapshot).where(Snapshot.case_id == case.id)).all()) == 3
    assert audit_of(case, "case.approve")[0].changes["amount"] == {"fen": 300_000}


def test_a_large_amount_is_the_chairs_with_a_meeting_of_the_bureau(office):
    case = waiting(office, grade=4)
    with pytest.raises(NotAllowed, match="Chair"):
        approve(office, case, office.liu)
    with pytest.raises(RuleBroken) as refused:
        approve(office, fresh(case), office.sun)
    assert refused.value.field == "meeting"
    units = db.session.scalars(db.select(Meeting)).first()
    with pytest.raises(RuleBroken, match="another union"):
        approve(office, fresh(case), office.sun, meeting=units)
    meeting = a_meeting(office.bureau, office.sun, "兴林工办纪1")
    assert approve(office, fresh(case), office.sun, meeting=meeting).approved == Money.yuan(10_000)


def test_a_small_amount_is_the_chairs_too_and_needs_no_meeting(office):
    case = waiting(office)
    with pytest.raises(NotAllowed, match="Chair"):
        approve(office, case, office.liu)
    assert approve(office, fresh(case), office.sun).state == State.APPROVED


def test_an_approver_may_lower_but_never_raise_what_the_review_passed(office):
    some_money()
    case = a_case(office, State.FORWARDED, grade=3)
    cases.review(case.id, version=case.version, amount=Money.yuan(3_000), note="", by=office.chen)
    with pytest.raises(RuleBroken, match="review passed") as refused:
        approve(office, fresh(case), office.sun, 300_001)
    assert refused.value.field == "amount"
    assert approve(office, fresh(case), office.sun, 250_000).approved == Money(250_000)


def test_every_hand_that_had_a_part_is_barred(office):
    case = waiting(office)
    people = ((office.wang, "entered"), (office.zhao, "visited"), (office.li, "opinion"), (office.chen, "reviewed"))
    for person, why in people:
        with pytest.raises(NotAllowed, match=why):
            approve(office, fresh(case), acting_as(office.sun, person))
    declare_relative(office.sun.person_id, case.applicant_id, "spouse", by=office.sun)
    with pytest.raises(NotAllowed, match="near"):
        approve(office, fresh(case), office.sun)
    assert balance_of(find_fund("F4").id).committed == Money(0)


@pytest.mark.parametrize(("yuan", "is_enough"), [(3_000, True), (2_999, False)])
def test_a_fund_never_promises_more_than_was_announced(office, yuan, is_enough):
    case = waiting(office, money=yuan)
    if is_enough:
        assert approve(office, case, office.sun).state == State.APPROVED
        return
    with pytest.raises(RuleBroken, match="can still promise") as refused:
        approve(office, case, office.sun)
    assert refused.value.field == "amount"
    assert (fresh(case).state, fresh(case).approved) == (State.IN_APPROVAL, None)


def test_the_fund_is_one_that_pays_this_kind(office):
    case = waiting(office)
    other = some_money("F1")
    with pytest.raises(RuleBroken, match="F1") as refused:
        approve(office, case, office.sun, fund=other)
    assert refused.value.field == "fund"
    with pytest.raises(RuleBroken) as none:
        cases.approve(case.id, version=fresh(case).version, amount=case.proposed, note="", by=office.sun)
    assert none.value.field == "fund"


def test_without_an_account_nothing_is_approved(office):
    household = a_household(office)
    case = waiting(office, household=household)
    with transaction():
        db.session.scalars(db.select(Account).where(Account.household_id == household.id)).one().state = "replaced"
    with pytest.raises(RuleBroken, match="account"):
        approve(office, fresh(case), office.sun)


@pytest.mark.parametrize(("of_kind", "is_taken"), [(17_000, True), (17_001, False)])
def test_an_award_that_came_between_counts_against_the_cap(office, of_kind, is_taken):
    case = waiting(office)
    awarded(case, Money.yuan(of_kind), "special")
    if is_taken:
        assert approve(office, fresh(case), office.sun).state == State.APPROVED
        return
    with pytest.raises(RuleBroken) as refused:
        approve(office, fresh(case), office.sun)
    assert refused.value.field == "amount"
    assert approve(office, fresh(case), office.sun, 299_900).approved == Money(299_900)


def test_wrong_role_and_wrong_state(office):
    case = waiting(office)
    with pytest.raises(NotAllowed):
        approve(office, case, office.chen)
    approve(office, fresh(case), office.sun)
    with pytest.raises(WrongState):
        approve(office, fresh(case), office.sun)


def test_over_http_the_fund_says_what_it_has_left(office, client):
    case = waiting(office, money=3_500)
    page = get(client, office, "sun", f"/cases/{case.id}/approve").text
    assert "Left to promise: ¥3,500.00; after this case ¥500.00." in page
    assert "Too little by ¥3,000.00." in page
    fund = find_fund("F4").id
    assert f'value="{fund}" checked' in page
    bad = post(client, office, "sun", f"/cases/{case.id}/approve", version=case.version, amount="x", note="同意该户")
    assert (bad.status_code, 'id="amount-error"' in bad.text, "同意该户" in bad.text) == (422, True, True)
    done = post(
        client, office, "sun", f"/cases/{case.id}/approve", version=case.version, amount="3000", fund=str(fund), note=""
    )
    assert (done.status_code, fresh(case).state) == (303, "approved")


def test_over_http_a_fund_with_too_little_says_so(office, client):
    case = waiting(office, money=2_999)
    answer = post(
        client, office, "sun", f"/cases/{case.id}/approve", version=case.version, amount="3000",
        fund=str(find_fund("F4").id),
    )  # fmt: skip
    assert (answer.status_code, "The fund can still promise ¥2,999.00" in answer.text) == (422, True)


def test_over_http_the_chair_records_the_meeting_with_the_signature(office, client):
    case = waiting(office, grade=4)
    done = post(
        client, office, "sun", f"/cases/{case.id}/approve", version=case.version, amount="10000", meeting="new",
        number="兴林工办纪〔2026〕3号", meeting_on="2026-03-10", attendees="孙德福\n刘志强",
        fund=str(find_fund("F4").id),
    )  # fmt: skip
    assert (done.status_code, fresh(case).state) == (303, "approved")
    assert get(client, office, "liu", f"/cases/{case.id}").status_code == 200
