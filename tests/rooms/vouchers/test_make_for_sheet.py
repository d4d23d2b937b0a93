"""Make: one voucher per payment at release, numbered without a gap per fund and month, frozen as it was."""

from relief import clock
from relief.db import db
from relief.domain.money import Money
from relief.payments import service as payments
from relief.persons.models import Person
from relief.vouchers.freezing import frozen_papers
from relief.vouchers.papers import paper_of
from relief.vouchers.queries import list_series
from tests.rooms.households.test_list import statements
from tests.rooms.money.asking import again, all_vouchers, get, lines_of, rows_of
from tests.rooms.money.ready import a_sheet, approved, money_for


def test_numbers_follow_the_lines_of_the_sheet_and_go_on_over_sheets(world):
    fund = approved(world, 3)
    first = a_sheet(world, fund, "submit", "release", most=2)
    a_sheet(world, fund, "submit", "release")
    vouchers = all_vouchers()
    month = first.month.replace("-", "")
    assert [one.number for one in vouchers] == [f"XLGH-F4-{month}-{n:06d}" for n in (1, 2, 3)]
    assert [one.payment_id for one in vouchers[:2]] == [row.id for row in rows_of(first)]
    assert {one.state for one in vouchers} == {"made"} and len({one.token for one in vouchers}) == 3
    assert len(lines_of("voucher.make")) == 3


def test_it_prints_what_was_true_at_release(world):
    sheet = a_sheet(world, approved(world, 1), "submit", "release")
    payee = db.session.get_one(Person, rows_of(sheet)[0].payee_id)
    name, payee.name = payee.name, "改了名"
    db.session.commit()
    paper = paper_of(all_vouchers()[0])
    assert (paper.payee, paper.amount, paper.unit) == (name, Money.yuan(1_000), "东风林场工会")
    assert (paper.reviewer, paper.approver) == ("陈静", "孙德福")
    assert set(paper.handlers) == {"王秀兰", "赵敏"}
    assert paper.account.full == rows_of(sheet)[0].account_number
    assert paper.account.full not in paper.account.masked and len(paper.resident_id.full) == 18


def test_a_missing_number_is_named(world, browser):
    a_sheet(world, approved(world, 3), "submit", "release")
    assert [one.missing for one in list_series(by=world.office.feng)] == [[]]
    assert "No number is missing" in get(browser, world.office, "feng", "/vouchers/gaps").text
    db.session.delete(all_vouchers()[1])
    db.session.commit()
    assert [one.missing for one in list_series(by=world.office.feng)] == [[2]]
    assert "Numbers are missing" in get(browser, world.office, "feng", "/vouchers/gaps").text
    db.session.delete(all_vouchers()[1])
    db.session.commit()
    assert [one.missing for one in list_series(by=world.office.feng)] == [[2, 3]]


def test_the_list_filters_and_is_for_who_sees_sheets(world, browser):
    sheet = a_sheet(world, approved(world, 2), "submit", "release")
    listed = get(browser, world.office, "feng", f"/vouchers?sheet={sheet.id}&state=made&month={sheet.month}").text
    assert listed.count("XLGH-F4-") >= 2 and f"Vouchers of sheet {sheet.number}" in listed
    assert "Nothing fits these filters" in get(browser, world.office, "feng", f"/vouchers?fund={money_for(1, 'F3')}").text
    assert get(browser, world.office, "wang", "/vouchers").status_code == 403
    assert get(browser, world.office, "feng", "/vouchers?sheet=999").status_code == 404
    assert get(browser, world.office, "feng", f"/vouchers/{all_vouchers()[0].id}").status_code == 200
    assert get(browser, world.office, "feng", "/vouchers/999").status_code == 404


def test_the_case_and_the_household_tell_of_payment_and_voucher(world, browser):
    sheet = a_sheet(world, approved(world, 1), "submit", "release", "send")
    row = rows_of(sheet)[0]
    payments.record_success(
        sheet.id, version=again(sheet).version, payment_ids=[row.id], on=clock.today(), by=world.office.zheng
    )
    number = all_vouchers()[0].number
    page = get(browser, world.office, "chen", f"/cases/{row.case_id}").text
    assert f"Voucher {number}" in page and f"to the account that ends in {row.account_tail}" in page
    assert row.account_number not in page
    assert "¥1,000.00 paid" in get(browser, world.office, "chen", f"/households/{row.household_id}").text


def test_what_vouchers_say_is_read_for_all_rows_at_once(world):
    fund = approved(world, 4)
    one, three = a_sheet(world, fund, "submit", most=1), a_sheet(world, fund, "submit", most=3)
    assert reads_for(three, rows=3) == reads_for(one, rows=1)


def reads_for(sheet, rows):
    payments = rows_of(sheet)
    with statements() as sent:
        assert len(frozen_papers(payments, sheet, {})) == rows
    return len(sent)
