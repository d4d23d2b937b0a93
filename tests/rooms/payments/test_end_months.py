"""End months: an award by month whose re-check never comes ends with a reason; what is to come is free again."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.service import balance_of
from relief.households.models import Household
from relief.payments import service as payments
from relief.payments.coming import months_to_come
from tests.build import Office, an_office
from tests.build_cases import a_case, a_visit, some_money
from tests.documents.reading import letters_of
from tests.rooms.cases.asking import steps_of
from tests.rooms.money.asking import again, get, lines_of, of_a_unit, post, rows_of
from tests.rooms.money.awards import a_listed_award, a_living_award
from tests.rooms.money.books import check_books
from tests.rooms.payments.test_five_kinds import a_sheet, arrived, list_candidates, next_month, pay

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def office() -> Office:
    office = an_office()
    some_money()
    return office


def stopped(office: Office, months: int = 6) -> Case:
    """Living aid of which three months were paid, and the re-check did not come."""
    case = a_living_award(office, months)
    for _ in range(3):
        pay(office)
        next_month()
    return again(case)


def end(case: Case, office: Office, who: str = "sun", reason: str = "E01", note: str = "多次上门无人") -> Case:
    return payments.end_months(case.id, version=case.version, reason=reason, note=note, by=getattr(office, who))


@pytest.mark.parametrize("who", ["liu", "sun"])
def test_the_rest_goes_back_to_the_fund_and_the_case_is_paid(office: Office, who: str) -> None:
    case = stopped(office)
    free = balance_of(case.fund_id).left_to_promise
    coming = months_to_come(case)
    assert coming and (len(coming.left), coming.amount, coming.given) == (3, Money.yuan(1_200), Money.yuan(1_200))
    assert again(end(case, office, who)).state == State.PAID
    assert balance_of(case.fund_id).committed == Money(0)
    assert balance_of(case.fund_id).left_to_promise == free + Money.yuan(1_200)
    (step,) = steps_of(case, "end_months")
    assert (step.reason, step.amount, step.note) == ("E01", Money.yuan(1_200), "多次上门无人")
    (line,) = lines_of("case.end_months", case.id)
    assert line.actor == getattr(office, who).name and line.union_id == case.union_id
    assert line.changes["instalments"] == [4, 5, 6] and line.changes["amount"] == {"fen": 120_000}
    next_month()
    assert pay(office) is None
    check_books()


def test_the_household_is_told_by_letter(office: Office, client: FlaskClient) -> None:
    case = stopped(office)
    address = f"/cases/{case.id}/ended-letter"
    assert address not in get(client, office, "wang", f"/cases/{case.id}").text
    assert post(client, office, "wang", address).status_code == 409
    end(case, office)
    assert address in get(client, office, "wang", f"/cases/{case.id}").text
    letter = post(client, office, "wang", address)
    assert letter.status_code == 200
    text = letters_of(letter.data)
    assert "1,200.00" in text and "多次上门无人" not in text and case.applicant.name in text
    assert post(client, office, "zhao", address).status_code == 404


def test_a_month_on_a_draft_leaves_it_and_one_that_is_on_its_way_arrives(office: Office) -> None:
    case = a_living_award(office, 3)
    sheet = a_sheet(office)
    ids = [one.instalment_id for one in list_candidates(sheet)]
    payments.gather(sheet.id, version=sheet.version, instalment_ids=ids, by=office.zhou)
    with pytest.raises(WrongState, match="went out yet"):
        end(again(case), office, reason="E03")
    sheet = again(sheet)
    payments.submit(sheet.id, version=sheet.version, by=office.zhou)
    payments.release(sheet.id, version=sheet.version, by=office.wu)
    payments.send(sheet.id, version=sheet.version, by=office.zheng)
    next_month()
    second = a_sheet(office)
    ids = [one.instalment_id for one in list_candidates(second)]
    payments.gather(second.id, version=second.version, instalment_ids=ids, by=office.zhou)
    end(again(case), office, reason="E03")
    assert rows_of(second) == [] and again(case).state == State.IN_PAYMENT
    assert balance_of(case.fund_id).committed == Money.yuan(400)
    arrived(office, again(sheet))
    assert again(case).state == State.PAID
    check_books()


def test_before_the_first_month_went_out_the_page_says_what_to_do_instead(office: Office, client: FlaskClient) -> None:
    case = a_living_award(office, 3)
    sheet = a_sheet(office)
    ids = [one.instalment_id for one in list_candidates(sheet)]
    payments.gather(sheet.id, version=sheet.version, instalment_ids=ids, by=office.zhou)
    shown = get(client, office, "sun", f"/cases/{case.id}/end-months").text
    assert "take the approval back, or withdraw the case" in shown and "still to come" not in shown


def test_a_re_check_that_is_there_or_not_due_is_no_reason(office: Office) -> None:
    case = a_living_award(office, 6)
    pay(office)
    with pytest.raises(RuleBroken, match="not missing") as refused:
        end(again(case), office)
    assert refused.value.field == "reason"
    for _ in range(2):
        next_month()
        pay(office)
    next_month()
    a_visit(db.session.get_one(Household, case.household_id), office.wang, office.zhao)
    with pytest.raises(RuleBroken, match="not missing"):
        end(again(case), office)
    assert again(end(again(case), office, reason="E02")).state == State.PAID


@pytest.mark.parametrize(("field", "said"), [("reason", {"reason": "X01"}), ("note", {"note": " "})])
def test_a_reason_and_a_sentence_are_needed(office: Office, field: str, said: dict[str, str]) -> None:
    with pytest.raises(RuleBroken) as refused:
        end(stopped(office), office, **said)
    assert refused.value.field == field


def test_other_hands_other_cases_and_old_pages_are_turned_away(office: Office) -> None:
    case = stopped(office)
    for who in ("wang", "li", "chen", "zhou", "feng"):
        with pytest.raises(NotAllowed):
            end(again(case), office, who)
    with pytest.raises(NotYours):
        payments.end_months(case.id, version=case.version, reason="E01", note="无", by=of_a_unit(office.sun, office.hongqi.id))
    with pytest.raises(Stale):
        payments.end_months(case.id, version=case.version - 1, reason="E01", note="无", by=office.sun)
    end(again(case), office)
    with pytest.raises(WrongState):
        end(again(case), office)
    with pytest.raises(WrongState):
        end(a_case(office, State.APPROVED), office)


def test_an_award_paid_at_once_has_no_months(office: Office) -> None:
    case = a_listed_award(office, "spring_festival")
    pay(office, "goods")
    assert months_to_come(again(case)) is None
    with pytest.raises(WrongState, match="No month"):
        end(again(case), office)


def test_whoever_declared_to_be_near_does_not_end_it(office: Office) -> None:
    from relief.persons.service import declare_relative
    from tests.build import SYSTEM

    case = stopped(office)
    declare_relative(office.sun.person_id, case.applicant_id, "sibling", by=SYSTEM)
    with pytest.raises(NotAllowed):
        end(again(case), office)


def test_over_http(office: Office, client: FlaskClient) -> None:
    case = stopped(office)
    address = f"/cases/{case.id}/end-months"
    page = get(client, office, "sun", f"/cases/{case.id}").text
    assert f'href="{address}"' in page and "The re-check after 3 months is missing" in page
    assert address not in get(client, office, "wang", f"/cases/{case.id}").text
    shown = get(client, office, "sun", address).text
    for told in ("3 months, from 2026-06 to 2026-08", "1,200.00", "3 months are not paid"):
        assert told in shown
    bad = post(client, office, "sun", address, version=case.version, reason="E01", note="")
    assert bad.status_code == 422 and 'id="note-error"' in bad.text
    done = post(client, office, "sun", address, version=case.version, reason="E01", note="多次上门无人")
    assert (done.status_code, again(case).state) == (303, State.PAID)
    assert "still to come" in get(client, office, "sun", address).text
