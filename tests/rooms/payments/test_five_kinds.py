"""Are all five kinds paid? Sums, kits and months, each on its sheet, until the last of them arrived."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from relief import clock
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import RuleBroken
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.workflow import State
from relief.funds.service import balance_of
from relief.households.member_service import mark_deceased
from relief.households.models import Household, Member
from relief.households.service import close_file
from relief.payments import service as payments
from relief.payments.models import Payment, Sheet
from relief.payments.sheet_page import list_candidates
from tests.build import SYSTEM, Office, a_household, an_office
from tests.build_cases import a_visit, some_money
from tests.rooms.money.asking import again, lines_of, rows_of
from tests.rooms.money.awards import a_listed_award, a_living_award, to_day
from tests.rooms.money.books import check_books

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def office() -> Office:
    return an_office()


def a_sheet(office: Office, way: str = "transfer") -> Sheet:
    """A draft of this month on F4."""
    fund_id = db.session.scalars(db.select(Case.fund_id).where(Case.fund_id.is_not(None))).first()
    return payments.start_sheet(fund_id, month=Month.of(clock.today()), way=way, by=office.zhou)


def pay(office: Office, way: str = "transfer") -> Sheet | None:
    """What may be paid this month, gathered, released, sent and received; None when nothing may."""
    sheet = a_sheet(office, way)
    able = [one.instalment_id for one in list_candidates(sheet) if one.why_not is None]
    if not able:
        payments.discard(sheet.id, version=sheet.version, by=office.zhou)
        return None
    payments.gather(sheet.id, version=sheet.version, instalment_ids=able, by=office.zhou)
    payments.submit(sheet.id, version=sheet.version, by=office.zhou)
    payments.release(sheet.id, version=sheet.version, by=office.wu)
    payments.send(sheet.id, version=sheet.version, by=office.zheng)
    arrived(office, sheet)
    check_books()
    return sheet


def arrived(office: Office, sheet: Sheet) -> None:
    ids = [one.id for one in rows_of(sheet)]
    verb: Any = payments.record_handover if sheet.is_goods else payments.record_success
    verb(sheet.id, version=sheet.version, payment_ids=ids, on=clock.today(), by=office.zheng)


def why_not(office: Office) -> list[str]:
    """Why what fell due this month is not paid."""
    sheet = a_sheet(office)
    said = [str(one.why_not) for one in list_candidates(sheet)]
    payments.discard(sheet.id, version=sheet.version, by=office.zhou)
    return said


def next_month() -> None:
    to_day(Month.of(clock.today()).next().first_day.replace(day=10))


def months_paid(case: Case) -> list[str]:
    paid = db.select(Payment.settled_on).where(Payment.case_id == case.id, Payment.state == "succeeded")
    return [f"{day:%m}" for day in db.session.scalars(paid.order_by(Payment.id))]


def test_living_aid_is_paid_month_by_month_stops_after_three_and_goes_on_after_a_re_check(office: Office) -> None:
    some_money()
    case = a_living_award(office, 6)
    assert case.approved == Money.yuan(2_400)
    for _ in range(3):
        assert pay(office) is not None and pay(office) is None
        assert again(case).state == State.IN_PAYMENT
        next_month()
    assert months_paid(case) == ["03", "04", "05"]
    assert pay(office) is None
    assert why_not(office) == [
        "The re-check after 3 months is missing: visit the home with two people first."
    ]
    assert balance_of(case.fund_id).committed == Money.yuan(1_200)
    a_visit(db.session.get_one(Household, case.household_id), office.wang, office.zhao)
    assert pay(office) is not None
    for _ in range(2):
        next_month()
        assert again(case).state == State.IN_PAYMENT
        assert pay(office) is not None
    assert months_paid(case) == ["03", "04", "05", "06", "07", "08"]
    assert again(case).state == State.PAID
    assert balance_of(case.fund_id).committed == Money(0)
    assert balance_of(case.fund_id).paid == Money.yuan(2_400)


def test_months_that_were_missed_are_offered_together_after_the_re_check(office: Office) -> None:
    some_money()
    case = a_living_award(office, 5)
    for _ in range(3):
        pay(office)
        next_month()
    next_month()
    assert len(why_not(office)) == 2 and pay(office) is None
    a_visit(db.session.get_one(Household, case.household_id), office.wang, office.zhao)
    sheet = pay(office)
    assert sheet is not None and (sheet.row_count, sheet.household_count) == (2, 1)
    assert again(case).state == State.PAID


def test_a_case_between_two_months_is_not_late(office: Office) -> None:
    some_money()
    case = a_living_award(office, 2)
    pay(office)
    assert again(case).due_on == Month.of(clock.today()).next().last_day


def test_an_instalment_of_a_month_to_come_is_not_gathered(office: Office) -> None:
    some_money()
    a_living_award(office, 2)
    sheet = a_sheet(office)
    (now,) = list_candidates(sheet)
    assert str(now.month_of_award) == f"Month 1 of 2, due {Month.of(clock.today())}"
    with pytest.raises(RuleBroken, match="falls due in 2026-04 only"):
        payments.gather(sheet.id, version=sheet.version, instalment_ids=[now.instalment_id + 1], by=office.zhou)


def test_living_aid_stops_at_a_death(office: Office) -> None:
    some_money()
    case = a_living_award(office, 6)
    pay(office)
    next_month()
    sheet = a_sheet(office)
    (due,) = list_candidates(sheet)
    payments.gather(sheet.id, version=sheet.version, instalment_ids=[due.instalment_id], by=office.zhou)
    head = db.session.scalars(db.select(Member).where(Member.person_id == case.applicant_id)).one()
    mark_deceased(head.id, on=clock.today(), by=SYSTEM)
    assert rows_of(sheet) == [] and again(case).state == State.IN_PAYMENT
    check_books()
    assert why_not(office) == ["The payee has died. Name another payee, or drop the award."]
    next_month()
    assert len(why_not(office)) == 2 and pay(office) is None


def test_living_aid_ends_when_the_household_leaves_hardship(office: Office) -> None:
    some_money()
    case = a_living_award(office, 6)
    pay(office)
    close_file(case.household_id, reason="recovered", by=office.wang)
    assert again(case).state == State.PAID
    assert balance_of(case.fund_id).committed == Money(0)
    line = lines_of("case.stop_instalments", case.id)[0]
    assert line.changes == {"instalments": [2, 3, 4, 5, 6], "amount": {"fen": 200_000}}
    next_month()
    assert why_not(office) == []
    check_books()


def test_what_is_on_its_way_when_the_household_leaves_still_arrives(office: Office) -> None:
    some_money()
    case = a_living_award(office, 3)
    sheet = a_sheet(office)
    ids = [one.instalment_id for one in list_candidates(sheet)]
    payments.gather(sheet.id, version=sheet.version, instalment_ids=ids, by=office.zhou)
    payments.submit(sheet.id, version=sheet.version, by=office.zhou)
    payments.release(sheet.id, version=sheet.version, by=office.wu)
    payments.send(sheet.id, version=sheet.version, by=office.zheng)
    close_file(case.household_id, reason="recovered", by=office.wang)
    assert again(case).state == State.IN_PAYMENT
    arrived(office, again(sheet))
    assert again(case).state == State.PAID
    check_books()


def test_aid_that_is_only_on_a_draft_is_withdrawn_when_the_household_leaves(office: Office) -> None:
    some_money()
    case = a_living_award(office, 3)
    sheet = a_sheet(office)
    ids = [one.instalment_id for one in list_candidates(sheet)]
    payments.gather(sheet.id, version=sheet.version, instalment_ids=ids, by=office.zhou)
    close_file(case.household_id, reason="moved", by=office.wang)
    assert (again(case).state, rows_of(sheet)) == (State.WITHDRAWN, [])
    check_books()


def test_a_file_with_another_open_case_is_not_closed(office: Office) -> None:
    some_money()
    case = a_living_award(office, 3)
    with pytest.raises(RuleBroken, match="still open"):
        close_file(case.household_id, reason="recovered", by=office.wang)


@pytest.mark.parametrize(("kind", "ways"), [("seasonal", ["goods"]), ("winter", ["transfer"])])
def test_a_list_kind_is_paid_in_its_way(office: Office, kind: str, ways: list[str]) -> None:
    some_money()
    case = a_listed_award(office, kind)
    assert [way for way in ("transfer", "goods") if pay(office, way)] == ways
    assert again(case).state == State.PAID


def test_a_festival_award_is_paid_when_money_and_kit_have_both_arrived(office: Office) -> None:
    some_money()
    case = a_listed_award(office, "spring_festival")
    sheet = pay(office, "goods")
    assert sheet is not None and sheet.total == Money.yuan(200)
    assert again(case).state == State.IN_PAYMENT
    sheet = pay(office)
    assert sheet is not None and sheet.total == Money.yuan(1_500)
    assert again(case).state == State.PAID


def test_two_kinds_of_a_household_go_out_together(office: Office) -> None:
    some_money()
    household = a_household(office)
    living = a_living_award(office, 1, household)
    winter = a_listed_award(office, "winter", household)
    sheet = pay(office)
    assert sheet is not None and (sheet.row_count, sheet.household_count) == (2, 1)
    assert {again(living).state, again(winter).state} == {State.PAID}
    assert date(2026, 3, 1) < clock.today()
