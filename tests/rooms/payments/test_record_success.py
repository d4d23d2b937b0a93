"""Record success, book, close: what arrived consumes the promise once; a sheet ends when every answer is in."""

from datetime import timedelta

import pytest

from relief import clock
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.service import balance_of
from relief.payments import service as payments
from tests.rooms.money.asking import again, get, lines_of, of_a_unit, post, rows_of
from tests.rooms.money.books import check_books
from tests.rooms.money.ready import a_sheet, approved


def arrived(sheet, by, rows=None, on=None):
    ids = [row.id for row in (rows_of(sheet) if rows is None else rows)]
    return payments.record_success(
        sheet.id, version=again(sheet).version, payment_ids=ids, on=on or clock.today(), bank_number="N01", by=by
    )


def test_rows_arrive_one_by_one_until_the_sheet_is_reconciled(world):
    sheet = a_sheet(world, approved(world, 2), "submit", "release", "send")
    first, second = rows_of(sheet)
    arrived(sheet, world.office.zheng, [first])
    assert (again(sheet).state, again(first).state, first.bank_number) == ("sent", "succeeded", "N01")
    assert db.session.get_one(Case, first.case_id).state == State.PAID
    arrived(sheet, world.office.zheng, [second])
    assert again(sheet).state == "reconciled"
    balance = balance_of(sheet.fund_id)
    assert (balance.committed, balance.released, balance.paid) == (Money(0), Money(0), Money.yuan(2_000))
    assert len(lines_of("payment.succeed")) == 2 and len(lines_of("sheet.reconcile", sheet.id)) == 1
    check_books()


def test_it_is_recorded_once(world):
    sheet = a_sheet(world, approved(world, 1), "submit", "release", "send")
    version, ids = sheet.version, [row.id for row in rows_of(sheet)]
    payments.record_success(sheet.id, version=version, payment_ids=ids, on=clock.today(), by=world.office.zheng)
    with pytest.raises(Stale):
        payments.record_success(sheet.id, version=version, payment_ids=ids, on=clock.today(), by=world.office.zheng)
    with pytest.raises(WrongState):
        arrived(sheet, world.office.zheng)
    assert balance_of(sheet.fund_id).paid == Money.yuan(1_000)
    check_books()


def test_the_day_lies_between_sending_and_today(world):
    sheet = a_sheet(world, approved(world, 1), "submit", "release", "send")
    for days, why in ((1, "future"), (-1, "before the sheet went")):
        with pytest.raises(RuleBroken, match=why) as refused:
            arrived(sheet, world.office.zheng, on=clock.today() + timedelta(days=days))
        assert refused.value.field == "on"


def test_rows_of_this_sheet_only(world):
    fund = approved(world, 2)
    sheet, other = a_sheet(world, fund, "submit", "release", "send", most=1), a_sheet(world, fund)
    with pytest.raises(NotYours):
        arrived(sheet, world.office.zheng, rows_of(other))
    with pytest.raises(RuleBroken, match="Tick"):
        arrived(sheet, world.office.zheng, [])


def test_only_the_cashier_once_it_is_sent(world):
    sheet = a_sheet(world, approved(world, 1), "submit", "release")
    with pytest.raises(WrongState):
        arrived(sheet, world.office.zheng)
    payments.send(sheet.id, version=again(sheet).version, by=world.office.zheng)
    for who in ("zhou", "wu", "feng", "sun"):
        with pytest.raises(NotAllowed):
            arrived(sheet, getattr(world.office, who))
    with pytest.raises(NotYours):
        arrived(sheet, of_a_unit(world.office.zheng, 2))


def test_numbers_are_booked_until_the_sheet_is_closed(world):
    sheet = a_sheet(world, approved(world, 1), "submit")
    given = {"subject_code": "50401 ", "ledger_number": "记-12", "bank_number": "", "by": world.office.zhou}
    with pytest.raises(WrongState):
        payments.book(sheet.id, version=again(sheet).version, **given)
    payments.release(sheet.id, version=again(sheet).version, by=world.office.wu)
    payments.book(sheet.id, version=again(sheet).version, **given)
    assert (again(sheet).subject_code, sheet.ledger_number, sheet.bank_number) == ("50401", "记-12", None)
    assert lines_of("sheet.book", sheet.id)[0].changes["ledger_number"] == [None, "记-12"]
    with pytest.raises(NotAllowed):
        payments.book(sheet.id, version=again(sheet).version, **(given | {"by": world.office.wu}))


def test_a_sheet_is_closed_when_every_answer_is_in(world):
    sheet = a_sheet(world, approved(world, 1), "submit", "release", "send")
    with pytest.raises(WrongState):
        payments.close(sheet.id, version=again(sheet).version, by=world.office.zhou)
    arrived(sheet, world.office.zheng)
    with pytest.raises(NotAllowed):
        payments.close(sheet.id, version=again(sheet).version, by=world.office.zheng)
    payments.close(sheet.id, version=again(sheet).version, by=world.office.zhou)
    assert again(sheet).state == "closed" and len(lines_of("sheet.close", sheet.id)) == 1
    row = rows_of(sheet)[0]
    with pytest.raises(WrongState):
        payments.record_bounce(
            sheet.id, row.id, version=again(sheet).version, reason="B01", on=clock.today(), by=world.office.zheng
        )


def test_the_page_takes_all_at_once_or_those_ticked(world, browser):
    sheet = a_sheet(world, approved(world, 3), "submit", "release", "send")
    first = rows_of(sheet)[0]
    address, given = f"/sheets/{sheet.id}/results", {"on": str(clock.today()), "bank_number": "N9"}
    assert get(browser, world.office, "zheng", address).text.count('name="rows"') == 3
    nothing = post(browser, world.office, "zheng", address, version=sheet.version, **given)
    assert nothing.status_code == 422 and "Tick the rows" in nothing.text
    ticked = post(browser, world.office, "zheng", address, version=sheet.version, rows=[first.id], **given)
    assert ticked.status_code == 303 and again(first).state == "succeeded"
    rest = post(browser, world.office, "zheng", address, version=again(sheet).version, everything="yes", **given)
    assert rest.status_code == 303 and again(sheet).state == "reconciled"
    assert get(browser, world.office, "zhou", address).status_code == 403
    booked = post(
        browser, world.office, "zhou", f"/sheets/{sheet.id}/book", version=again(sheet).version, subject_code="50401"
    )
    closed = post(browser, world.office, "zhou", f"/sheets/{sheet.id}/close", version=again(sheet).version)
    assert (booked.status_code, closed.status_code, again(sheet).state) == (303, 303, "closed")
