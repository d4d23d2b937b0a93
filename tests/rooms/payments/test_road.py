"""Promised money goes out on a sheet: released, sent, arrived or returned, and paid again."""

import pytest

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import NotAllowed
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.queries import recomputed
from relief.funds.service import balance_of
from relief.payments import service as payments
from relief.payments.models import Payment
from relief.vouchers.models import Voucher
from tests.build import an_office
from tests.build_cases import a_case, a_sheet

pytestmark = pytest.mark.usefixtures("app")


def the_payment(sheet):
    return db.session.scalars(db.select(Payment).where(Payment.sheet_id == sheet.id)).one()


def test_a_payment_that_arrived_pays_the_case_and_consumes_the_promise():
    office = an_office()
    case = a_case(office, State.APPROVED)
    sheet = a_sheet(office, case, state="sent")
    payment = the_payment(sheet)
    payments.record_success(
        sheet.id, version=sheet.version, payment_ids=[payment.id], on=clock.today(), by=office.zheng
    )
    assert db.session.get(Case, case.id).state == State.PAID
    assert sheet.state == "reconciled"
    balance = balance_of(sheet.fund_id)
    assert (balance.committed, balance.released, balance.paid) == (Money(0), Money(0), Money.yuan(3_000))
    assert balance == recomputed(sheet.fund_id)


def test_a_returned_payment_keeps_the_promise_voids_its_voucher_and_is_paid_again():
    office = an_office()
    case = a_case(office, State.APPROVED)
    sheet = a_sheet(office, case, state="sent")
    payment = the_payment(sheet)
    payments.record_bounce(
        sheet.id, payment.id, version=sheet.version, reason="B01", on=clock.today(), by=office.zheng
    )
    assert balance_of(sheet.fund_id).committed == Money.yuan(3_000)
    payments.pay_again(payment.id, version=payment.version, by=office.zhou)
    again = a_sheet(office, case, state="released")
    old, new = db.session.scalars(db.select(Voucher).order_by(Voucher.id)).all()
    assert (old.state, new.state, new.replaces_id) == ("void", "made", old.id)
    assert the_payment(again).attempt == 2


def test_the_maker_does_not_release():
    office = an_office()
    case = a_case(office, State.APPROVED)
    sheet = a_sheet(office, case, state="submitted")
    with pytest.raises(NotAllowed):
        payments.release(sheet.id, version=sheet.version, by=office.zhou)


def test_a_withdrawn_case_gives_its_promise_back():
    office = an_office()
    case = a_case(office, State.APPROVED)
    fund_id = case.fund_id
    cases.withdraw(case.id, version=case.version, reason="W01", note="", by=office.wang)
    assert balance_of(fund_id).committed == Money(0)
