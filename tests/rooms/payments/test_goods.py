"""Goods: a sheet of their own, signed for row by row; never beside a transfer, and without an account."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from relief import clock
from relief.cases.models import Case
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.funds.service import balance_of
from relief.households.models import Account
from relief.payments import service as payments
from relief.payments.facts import list_waiting
from relief.payments.models import Sheet
from relief.payments.papers import sheet_paper
from relief.payments.sheet_page import other_sheets
from relief.vouchers.models import Voucher
from relief.vouchers.papers import paper_of
from tests.build import Office, an_office
from tests.build_cases import some_money
from tests.rooms.money.asking import again, all_vouchers, get, lines_of, of_a_unit, post, rows_of
from tests.rooms.money.awards import a_listed_award
from tests.rooms.money.books import check_books

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def office() -> Office:
    some_money()
    return an_office()


def a_draft(office: Office, way: str = "goods") -> Sheet:
    fund = find_fund("F4")
    assert fund is not None
    return payments.start_sheet(fund.id, month=Month.of(clock.today()), title="春节慰问品", way=way, by=office.zhou)


def waiting(goods: bool | None) -> list[int]:
    fund = find_fund("F4")
    assert fund is not None
    return [one.instalment.id for one in list_waiting(fund.id, goods=goods)]


def a_sheet(office: Office, *steps: str) -> Sheet:
    """A sheet of every kit that waits, taken through these steps."""
    sheet = a_draft(office)
    payments.gather(sheet.id, version=sheet.version, instalment_ids=waiting(True), by=office.zhou)
    by = {"submit": office.zhou, "release": office.wu, "send": office.zheng}
    for step in steps:
        getattr(payments, step)(sheet.id, version=sheet.version, by=by[step])
    return sheet


def test_a_kit_needs_no_account_and_goes_to_the_applicant(office: Office) -> None:
    case = a_listed_award(office, "seasonal")
    with transaction():
        for account in db.session.scalars(db.select(Account)):
            account.state = "replaced"
    (row,) = rows_of(a_sheet(office))
    assert (row.way, row.payee_id, row.account_number, row.account_tail) == ("goods", case.applicant_id, None, None)
    assert row.payee_name == case.applicant.name
    check_books()


def test_money_and_goods_never_stand_on_one_sheet(office: Office) -> None:
    a_listed_award(office, "spring_festival")
    kit, money = waiting(True), waiting(False)
    assert len(kit) == len(money) == 1
    for way, wrong in (("goods", money), ("transfer", kit)):
        sheet = a_draft(office, way)
        with pytest.raises(RuleBroken, match="a sheet has one way"):
            payments.gather(sheet.id, version=sheet.version, instalment_ids=wrong, by=office.zhou)
        assert other_sheets(sheet) == (1, "transfer" if way == "goods" else "goods")


def test_only_ways_that_are_offered_can_be_chosen(office: Office) -> None:
    for way in ("cash", "barter"):
        with pytest.raises(RuleBroken, match="Choose a way of paying"):
            a_draft(office, way)


def test_control_totals_count_rows_households_and_value_and_no_accounts(office: Office) -> None:
    a_listed_award(office, "seasonal")
    a_listed_award(office, "spring_festival")
    sheet = a_sheet(office, "submit")
    assert (sheet.row_count, sheet.household_count, sheet.total, sheet.tails) == (2, 2, Money.yuan(400), 0)


def test_a_handover_is_recorded_with_its_day_and_its_proof(office: Office) -> None:
    case = a_listed_award(office, "seasonal")
    sheet = a_sheet(office, "submit", "release", "send")
    (row,) = rows_of(sheet)
    with pytest.raises(RuleBroken, match="signed for"):
        payments.record_success(
            sheet.id, version=sheet.version, payment_ids=[row.id], on=clock.today(), by=office.zheng
        )
    with pytest.raises(NotAllowed):
        payments.record_handover(
            sheet.id, version=sheet.version, payment_ids=[row.id], on=clock.today(), by=office.zhou
        )
    with pytest.raises(NotYours):
        payments.record_handover(
            sheet.id, version=sheet.version, payment_ids=[row.id], on=clock.today(), by=of_a_unit(office.zheng, 2)
        )
    sheet = again(sheet)
    payments.record_handover(sheet.id, version=sheet.version, payment_ids=[row.id], on=clock.today(), by=office.zheng)
    row = again(row)
    assert (row.state, row.settled_on, row.bank_number) == ("succeeded", clock.today(), None)
    assert lines_of("payment.succeed", row.id)[0].changes["proof"] == "signed_sheet"
    assert (again(case).state, again(sheet).state) == (State.PAID, "reconciled")
    assert balance_of(sheet.fund_id).paid == Money.yuan(200)
    check_books()


def test_a_bank_s_sheet_is_not_signed_for(office: Office) -> None:
    a_listed_award(office, "winter")
    sheet = a_draft(office, "transfer")
    payments.gather(sheet.id, version=sheet.version, instalment_ids=waiting(False), by=office.zhou)
    payments.submit(sheet.id, version=sheet.version, by=office.zhou)
    payments.release(sheet.id, version=sheet.version, by=office.wu)
    payments.send(sheet.id, version=sheet.version, by=office.zheng)
    ids = [row.id for row in rows_of(sheet)]
    with pytest.raises(RuleBroken, match="paid by the bank"):
        payments.record_handover(sheet.id, version=sheet.version, payment_ids=ids, on=clock.today(), by=office.zheng)


def test_a_kit_that_nobody_took_goes_out_again(office: Office) -> None:
    case = a_listed_award(office, "seasonal")
    sheet = a_sheet(office, "submit", "release", "send")
    (row,) = rows_of(sheet)
    told: dict[str, Any] = {"version": sheet.version, "on": clock.today(), "by": office.zheng}
    with pytest.raises(RuleBroken, match="Choose a reason"):
        payments.record_bounce(sheet.id, row.id, reason="B04", **told)
    payments.record_bounce(sheet.id, row.id, reason="G01", **(told | {"version": again(sheet).version}))
    row = again(row)
    assert (row.state, balance_of(case.fund_id).committed) == ("bounced", Money.yuan(200))
    payments.pay_again(row.id, version=row.version, by=office.zhou)
    second = a_sheet(office, "submit", "release", "send")
    (new,) = rows_of(second)
    assert (new.way, new.attempt, new.previous_id) == ("goods", 2, row.id)
    payments.record_handover(
        second.id, version=second.version, payment_ids=[new.id], on=clock.today(), by=office.zheng
    )
    assert again(case).state == State.PAID
    check_books()


def test_the_voucher_names_the_kit_and_survives_a_change_of_the_policy_s_words(office: Office) -> None:
    a_listed_award(office, "spring_festival")
    a_sheet(office, "submit", "release")
    (voucher,) = all_vouchers()
    paper = paper_of(voucher)
    assert str(paper.way) == "Goods" and paper.account.masked == ""
    assert "春节慰问品 1 份 at ¥200.00: ¥200.00" in str(paper.goods_line)
    old = {name: value for name, value in json.loads(voucher.paper).items() if name != "goods"}
    voucher.paper = json.dumps(old)
    assert paper_of(voucher).goods == ()  # a voucher of before goods were known
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(Voucher.id))) == 1


def test_the_paper_has_columns_of_its_own(office: Office) -> None:
    from relief.documents.sheet import sheet_pdf
    from relief.documents.sheet_workbook import sheet_xlsx
    from tests.documents.reading import letters_of

    a_listed_award(office, "seasonal")
    sheet = a_sheet(office, "submit", "release")
    cells = [
        str(cell) for row in openpyxl.load_workbook(io.BytesIO(sheet_xlsx(sheet_paper(sheet), "en"))).active.values
        for cell in row if cell is not None
    ]  # fmt: skip
    for wanted in ("Sign-for sheet of relief goods", "Goods", "Quantity", "Unit price (yuan)", "换季物资包（小）", "1 份",
                   "200.00", "Signature or fingerprint"):  # fmt: skip
        assert wanted in cells, wanted
    assert "Card number" not in cells and "Bank" not in cells
    text = letters_of(sheet_pdf(sheet_paper(sheet), "en", "masked"))
    assert "Sign-forsheetofreliefgoods" in text.replace(" ", "") and "换季物资包" in text and sheet.number in text


def test_the_pages_speak_of_goods(app: Any, client: FlaskClient, office: Office) -> None:
    case = a_listed_award(office, "seasonal")
    assert 'value="goods"' in get(client, office, "zhou", "/sheets/start").text
    fund = find_fund("F4")
    assert fund is not None
    made = post(client, office, "zhou", "/sheets/start", fund=fund.id, month="2026-03", way="goods", title="换季")
    assert made.status_code == 303
    address = made.headers["Location"]
    page = get(client, office, "zhou", address).text
    assert "换季物资包（小）" in page and "Goods" in page and case.number in page
    sheet = db.session.scalars(db.select(Sheet)).one()
    post(client, office, "zhou", address, version=sheet.version, everything="yes")
    for step, who in (("submit", "zhou"), ("release", "wu"), ("send", "zheng")):
        getattr(payments, step)(sheet.id, version=again(sheet).version, by=getattr(office, who))
    page = get(client, office, "zheng", f"/sheets/{sheet.id}").text
    assert "Being handed out" in page and "Record who signed" in page and "Not handed over" in page
    assert "added up" not in page
    page = get(client, office, "zheng", f"/sheets/{sheet.id}/results").text
    assert "Day of the signature" in page and "receipt" not in page.lower().split("</main>")[0].split("<main")[1]
    (row,) = rows_of(sheet)
    refused = get(client, office, "zheng", f"/payments/{row.id}/bounce").text
    assert "Nobody was there to receive it" in refused and "Account is closed" not in refused
    done = post(
        client, office, "zheng", f"/sheets/{sheet.id}/results", version=again(sheet).version, everything="yes",
        on=str(clock.today()),
    )  # fmt: skip
    assert done.status_code == 303 and again(row).state == "succeeded"
    assert "Signed for" in get(client, office, "zheng", f"/sheets/{sheet.id}").text
    assert db.session.get_one(Case, case.id).state == State.PAID
