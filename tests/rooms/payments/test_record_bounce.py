"""Record a return, pay again: the promise stands, the voucher is void, and the next attempt cites the last."""

import pytest

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.service import balance_of
from relief.households.member_service import mark_deceased
from relief.households.models import Member
from relief.payments import service as payments
from relief.payments.facts import list_waiting
from relief.payments.models import Payment
from tests.build import SYSTEM
from tests.rooms.money.asking import again, all_vouchers, get, lines_of, of_a_unit, post, rows_of
from tests.rooms.money.books import check_books
from tests.rooms.money.ready import a_sheet, approved


def bounce(sheet, by, reason="B04"):
    row = rows_of(sheet)[0]
    return payments.record_bounce(
        sheet.id, row.id, version=again(sheet).version, reason=reason, on=clock.today(), note="账户已销", by=by
    )


def sent(world, rows=1):
    return a_sheet(world, approved(world, rows), "submit", "release", "send")


def arrive(sheet, by):
    ids = [row.id for row in rows_of(sheet)]
    payments.record_success(sheet.id, version=again(sheet).version, payment_ids=ids, on=clock.today(), by=by)


def test_the_cash_is_back_and_the_promise_stands(world):
    sheet = sent(world)
    bounce(sheet, world.office.zheng)
    (row,) = rows_of(sheet)
    assert (row.state, row.bounce_reason, again(sheet).state) == ("bounced", "B04", "reconciled")
    balance = balance_of(sheet.fund_id)
    assert (balance.committed, balance.released, balance.left_to_release) == (Money.yuan(1_000), Money(0), Money.yuan(1_000))
    assert [(one.state, one.void_reason) for one in all_vouchers()] == [("void", "V02")]
    assert lines_of("payment.bounce", row.id)[0].changes["reason"] == "B04"
    check_books()


def test_after_success_and_even_after_the_case_was_closed_it_opens_the_case_again(world):
    sheet = sent(world)
    arrive(sheet, world.office.zheng)
    case_id = world.case_ids[0]
    case = db.session.get_one(Case, case_id)
    cases.follow_up(
        case_id, version=case.version, on=clock.today(), way="phone", received_it=True, satisfaction=5, by=world.office.chen
    )
    cases.close(case_id, version=again(case).version, by=world.office.chen)
    bounce(sheet, world.office.zheng)
    assert (again(case).state, case.ended_at) == (State.IN_PAYMENT, None)
    assert balance_of(sheet.fund_id).committed == Money.yuan(1_000)
    check_books()


def test_the_promise_of_a_revoked_award_is_dropped_with_the_return(world):
    sheet = sent(world)
    arrive(sheet, world.office.zheng)
    case = db.session.get_one(Case, world.case_ids[0])
    cases.revoke(case.id, version=case.version, reason="X01", note="材料虚假", by=world.office.sun)
    bounce(sheet, world.office.zheng)
    balance = balance_of(sheet.fund_id)
    assert (balance.committed, balance.paid) == (Money(0), Money(0))
    row = rows_of(sheet)[0]
    with pytest.raises(RuleBroken, match="The award was dropped"):
        payments.pay_again(row.id, version=row.version, by=world.office.zhou)
    check_books()


def test_reason_role_state_and_sight(world):
    sheet = sent(world)
    with pytest.raises(RuleBroken) as refused:
        bounce(sheet, world.office.zheng, reason="V01")
    assert refused.value.field == "reason"
    for who in ("zhou", "wu", "feng"):
        with pytest.raises(NotAllowed):
            bounce(sheet, getattr(world.office, who))
    with pytest.raises(NotYours):
        bounce(sheet, of_a_unit(world.office.zheng, 2))
    bounce(sheet, world.office.zheng)
    with pytest.raises(WrongState):
        bounce(sheet, world.office.zheng)


def test_paid_again_it_cites_the_old_attempt_and_the_old_voucher(world):
    sheet = sent(world)
    bounce(sheet, world.office.zheng)
    old = rows_of(sheet)[0]
    assert list_waiting(sheet.fund_id) == []
    new = payments.pay_again(old.id, version=old.version, by=world.office.zhou)
    assert (new.attempt, new.previous_id, new.state) == (2, old.id, "planned")
    assert len(lines_of("payment.pay_again", old.id)) == 1
    with pytest.raises(RuleBroken, match="already"):
        payments.pay_again(old.id, version=again(old).version, by=world.office.zhou)
    second = a_sheet(world, sheet.fund_id, "submit", "release", "send")
    first_voucher, next_voucher = all_vouchers()
    assert (next_voucher.replaces_id, next_voucher.sequence) == (first_voucher.id, 2)
    arrive(second, world.office.zheng)
    assert db.session.get_one(Case, world.case_ids[0]).state == State.PAID
    check_books()


def test_only_a_returned_payment_and_only_by_the_accountant(world):
    sheet = sent(world)
    row = rows_of(sheet)[0]
    with pytest.raises(RuleBroken, match="Only a payment that came back"):
        payments.pay_again(row.id, version=row.version, by=world.office.zhou)
    bounce(sheet, world.office.zheng)
    with pytest.raises(NotAllowed):
        payments.pay_again(row.id, version=again(row).version, by=world.office.zheng)
    with pytest.raises(NotYours):
        payments.pay_again(row.id, version=again(row).version, by=of_a_unit(world.office.zhou, 2))


def test_a_payee_who_died_is_taken_off_and_the_award_waits_for_another(world):
    fund = approved(world, 2)
    sheet = a_sheet(world, fund)
    row = rows_of(sheet)[0]
    member = db.session.scalars(db.select(Member).where(Member.person_id == row.payee_id)).one()
    mark_deceased(member.id, on=clock.today(), by=SYSTEM)
    assert (again(row).state, row.sheet_id) == ("void", None)
    assert db.session.get_one(Case, row.case_id).state == State.APPROVED
    waiting = [one.instalment.id for one in list_waiting(fund)]
    assert waiting == [row.instalment_id]
    with pytest.raises(RuleBroken, match="The payee has died"):
        payments.gather(sheet.id, version=again(sheet).version, instalment_ids=waiting, by=world.office.zhou)
    check_books()


def test_a_planned_second_attempt_that_was_frozen_waits_again(world):
    """The instalment is not lost between `pay again` and the list of what waits."""
    sheet = sent(world)
    bounce(sheet, world.office.zheng)
    old = rows_of(sheet)[0]
    payments.pay_again(old.id, version=old.version, by=world.office.zhou)
    payments.freeze_payments_to(old.payee_id, by=SYSTEM)
    db.session.commit()
    assert [one.instalment.id for one in list_waiting(sheet.fund_id)] == [old.instalment_id]
    third = a_sheet(world, sheet.fund_id)
    assert (rows_of(third)[0].attempt, db.session.scalar(db.select(db.func.count(Payment.id)))) == (3, 3)
    check_books()


def test_the_pages(world, browser):
    sheet = sent(world)
    row = rows_of(sheet)[0]
    address = f"/payments/{row.id}/bounce"
    again_form = post(browser, world.office, "zheng", address, version=sheet.version, on=str(clock.today()), note="销户")
    assert again_form.status_code == 422 and "销户" in again_form.text
    done = post(browser, world.office, "zheng", address, version=sheet.version, on=str(clock.today()), reason="B04")
    assert done.status_code == 303
    listed = get(browser, world.office, "zhou", "/sheets").text
    assert "Came back from the bank" in listed and "Account is closed" in listed
    page = get(browser, world.office, "zhou", f"/payments/{row.id}/again").text
    assert "The account has not changed since the return" in page
    assert post(browser, world.office, "zhou", f"/payments/{row.id}/again", version=again(row).version).status_code == 303
    assert get(browser, world.office, "zheng", f"/payments/{row.id}/again").status_code == 403
