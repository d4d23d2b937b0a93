"""How does the accountant's month stand, what blocks it, and what is taken away of it?"""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from relief import clock
from relief.audit.models import AccessEntry
from relief.cases import service as cases
from relief.db import db
from relief.desk.month import MonthBoard, month_board
from relief.domain.errors import NotAllowed
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.workflow import State
from relief.households.models import Account
from relief.payments import service as payments
from relief.payments.models import Payment
from relief.payments.standing import Standing, blocks_of
from relief.payments.summary import get_summary, under_way
from tests.build import Office, a_household, an_office
from tests.build_cases import a_case, a_sheet, some_money
from tests.signing_in import sign_in_as


@pytest.fixture
def office(app: Flask) -> Office:
    some_money()
    return an_office()


def an_award(office: Office, name: str = "李文") -> object:
    return a_case(office, State.APPROVED, household=a_household(office, name), money=False)


def counts(board: MonthBoard) -> dict[str, int]:
    return {stage.code: stage.count for stage in board.stages}


def test_an_award_moves_along_the_strip(office: Office) -> None:
    case = an_award(office)
    assert counts(month_board(office.zhou)) == {"waiting": 1, "on_sheet": 0, "sent": 0, "bounced": 0, "unsigned": 0}
    sheet = a_sheet(office, case, state="sent")
    board = month_board(office.zhou)
    assert counts(board)["sent"] == 1 and counts(board)["waiting"] == 0
    assert board.stages[2].total == Money.yuan(3000)
    (payment,) = db.session.scalars(sa.select(Payment.id))
    payments.record_success(sheet.id, version=sheet.version, payment_ids=[payment], on=clock.today(), by=office.zheng)
    assert counts(month_board(office.zhou))["sent"] == 0


def test_what_is_blocked_stands_under_its_reason_and_not_under_what_may_be_paid(office: Office) -> None:
    held, bare, ready = an_award(office, "李文"), an_award(office, "韩梅"), an_award(office, "张桂兰")
    cases.hold(held.id, version=held.version, note="等待核实", by=office.sun)
    db.session.execute(sa.update(Account).where(Account.household_id == bare.household_id).values(state="replaced"))
    db.session.commit()
    board = month_board(office.zhou)
    assert counts(board)["waiting"] == 1
    found = {str(block.reason): [one.number for one in block.first] for block in board.today.blocks}
    assert found["The case is on hold."] == [held.number]
    assert ready.number not in str(found)
    assert sum(block.count for block in board.today.blocks) == 2


def test_desk_and_sheets_count_the_same_as_payable_and_name_what_is_held_back(
    office: Office, client: FlaskClient
) -> None:
    held = an_award(office, "李文")
    an_award(office, "韩梅")
    cases.hold(held.id, version=held.version, note="等待核实", by=office.sun)
    sign_in_as(client, "zhou")
    for page in (client.get("/").text, client.get("/sheets").text):
        first = page.split('class="strip-waiting')[1].split("</li>")[0]
        assert "<strong>1</strong>" in first
        assert "可发放" in first and "暂不能发：1" in first and "/payments/waiting?may=blocked" in first
        assert held.number in page, "what blocks stands beside it"


def test_the_strip_opens_lists_with_the_same_rows(office: Office, client: FlaskClient) -> None:
    case = an_award(office)
    sign_in_as(client, "zhou")
    page = client.get("/").text
    assert "/payments/waiting?may=ready" in page and f"/payments/month/{Month.of(clock.today())}" in page
    assert case.number in client.get("/payments/waiting?may=ready").text
    assert case.number not in client.get("/payments/waiting?may=blocked").text
    a_sheet(office, case, state="sent")
    assert case.number in client.get(f"/payments?month={Month.of(clock.today())}&stage=sent").text
    assert case.number not in client.get("/payments?stage=bounced").text
    assert client.get("/payments?unit=2&kind=special&fund=4&after=x").status_code == 200


def test_the_month_is_taken_away_masked_and_written_down(office: Office, client: FlaskClient) -> None:
    first, second = an_award(office, "李文"), an_award(office, "韩梅")
    a_sheet(office, first, state="sent")
    a_sheet(office, second, state="submitted")
    sign_in_as(client, "zhou")
    answer = client.get(f"/payments/month/{Month.of(clock.today())}")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    said = str(rows)
    (payment,) = db.session.scalars(sa.select(Payment).where(Payment.case_id == first.id))
    assert "李文" in said and "韩梅" not in said, "only released sheets"
    assert payment.account_number not in said and first.household.head.resident_id not in said
    assert [row[9] for row in rows if row[0].endswith("-S01")][:1] == [3000.0]
    assert db.session.scalars(sa.select(AccessEntry)).one().what == "download_month"
    assert client.get("/payments/month/nothing").status_code == 404


def test_only_finance_and_those_who_decide_see_payments(office: Office, client: FlaskClient) -> None:
    an_award(office)
    sign_in_as(client, "wang")
    for address in ("/payments", "/payments/waiting", "/payments/month/2026-03", "/summary", "/summary/file/xlsx"):
        assert client.get(address).status_code == 403, address
    with pytest.raises(NotAllowed):
        month_board(office.wang)


@pytest.fixture
def paid(office: Office) -> Money:
    for name in ("李文", "韩梅"):
        sheet = a_sheet(office, an_award(office, name), state="sent")
        ids = list(db.session.scalars(sa.select(Payment.id).where(Payment.sheet_id == sheet.id)))
        payments.record_success(sheet.id, version=sheet.version, payment_ids=ids, on=clock.today(), by=office.zheng)
    return Money.yuan(6000)


def test_the_summary_adds_up_by_unit_kind_and_fund(office: Office, paid: Money) -> None:
    a_sheet(office, an_award(office, "张桂兰"), state="sent")
    first, last = Month(2026, 3), Month.of(clock.today())
    it = get_summary(first, last, {}, by=office.zhou)
    (row,) = it.rows
    assert (row.unit, row.households, row.payments, row.total) == ("东风林场", 2, 2, paid)
    assert sum(row.by_kind, Money(0)) == sum(row.by_source, Money(0)) == paid
    assert [source[:2] for source in it.sources] == ["F4"]
    assert under_way(first, last, {}) == (1, Money.yuan(3000))
    assert get_summary(first, last, {"kind": "winter"}, by=office.zhou).rows == ()
    assert get_summary(Month(2026, 1), first.previous(), {}, by=office.zhou).rows == ()
    assert len(get_summary(first.previous(), last, {"unit": str(office.dongfeng.id)}, by=office.zhou).rows) == 1
    assert get_summary(first, last, {"unit": str(office.hongqi.id)}, by=office.zhou).rows == ()


@pytest.mark.usefixtures("paid")
def test_the_summary_is_taken_away_as_workbook_and_paper(office: Office, client: FlaskClient) -> None:
    sign_in_as(client, "zhou")
    month = Month.of(clock.today())
    page = client.get(f"/summary?since=2026-03&until={month}").text
    assert "东风林场" in page and "6,000.00" in page
    book = client.get(f"/summary/file/xlsx?since=2026-01&until={month}")
    rows = CalamineWorkbook.from_filelike(BytesIO(book.data)).get_sheet_by_index(0).to_python()
    assert 6000.0 in [cell for row in rows for cell in row]
    assert f"HZ-202601-{str(month).replace('-', '')}" in str(rows)
    paper = client.get("/summary/file/pdf")
    assert paper.data.startswith(b"%PDF") and paper.mimetype == "application/pdf"
    assert client.get("/summary/file/exe").status_code == 404


def test_a_case_is_named_once_however_many_of_its_months_are_blocked() -> None:
    late = [Standing(one, f"C{one}", "李文", "东风", label("Routine relief"), "F4", month, Money.yuan(400), label("Held"))
            for one in (1, 2, 3, 4, 5, 6) for month in ("2026-10", "2026-11")]  # fmt: skip
    (few,), (many,) = blocks_of(late[:4]), blocks_of(late)
    assert ([one.number for one in few.first], few.count, few.more) == (["C1", "C2"], 4, False)
    assert (len(many.first), many.count, many.more) == (5, 12, True)
