"""Gather, remove: what may go goes on with its payee frozen; what may not says why, and nothing is half gathered."""

import pytest

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Case
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.workflow import State
from relief.households.bank import find_account
from relief.households.models import Account
from relief.payments import service as payments
from relief.payments.facts import list_waiting
from tests.build import SYSTEM
from tests.rooms.money.asking import again, get, lines_of, of_a_unit, post, rows_of
from tests.rooms.money.books import check_books
from tests.rooms.money.ready import a_sheet, approved, money_for


def a_draft(world, fund):
    return payments.start_sheet(fund, month=Month.of(clock.today()), by=world.office.zhou)


def waiting(fund):
    return [one.instalment.id for one in list_waiting(fund)]


def gather(sheet, ids, by):
    return payments.gather(sheet.id, version=sheet.version, instalment_ids=ids, by=by)


def test_rows_are_numbered_and_payee_and_account_are_frozen(world):
    fund = approved(world, 3)
    sheet = gather(a_draft(world, fund), waiting(fund), world.office.zhou)
    rows = rows_of(sheet)
    assert [row.line for row in rows] == [1, 2, 3]
    account = find_account(rows[0].household_id)
    assert (rows[0].payee_name, rows[0].account_index) == (account.holder, account.number_index)
    assert (sheet.row_count, sheet.household_count, sheet.total) == (3, 3, Money.yuan(3_000))
    assert sheet.tails == sum(int(row.account_tail) for row in rows)
    assert db.session.get_one(Case, world.case_ids[0]).state == State.IN_PAYMENT
    assert lines_of("sheet.gather", sheet.id)[0].changes == {"rows": 3, "total": {"fen": 300_000}}
    assert waiting(fund) == []
    check_books()


def test_one_row_that_may_not_go_stops_all(world):
    fund = approved(world, 2)
    case = db.session.get_one(Case, world.case_ids[1])
    cases.hold(case.id, version=case.version, note="核实", by=world.office.chen)
    sheet = a_draft(world, fund)
    with pytest.raises(RuleBroken, match=f"{case.number}: The case is on hold"):
        gather(sheet, waiting(fund), world.office.zhou)
    assert rows_of(again(sheet)) == []
    check_books()


def test_a_changed_account_waits_for_a_second_person(world):
    fund = approved(world, 1)
    with transaction():
        account = db.session.scalars(db.select(Account).order_by(Account.id)).first()
        account.number_index, account.confirmed_by = "f" * 64, None
    with pytest.raises(RuleBroken, match="must be decided anew"):
        gather(a_draft(world, fund), waiting(fund), world.office.zhou)
    with transaction():
        account = again(account)
        account.entered_by, account.confirmed_by = world.office.wang.person_id, world.office.li.person_id
    gather(a_draft(world, fund), waiting(fund), world.office.zhou)
    check_books()


def test_a_row_is_on_one_sheet_only(world):
    fund = approved(world, 1)
    ids = waiting(fund)
    gather(a_draft(world, fund), ids, world.office.zhou)
    with pytest.raises(RuleBroken, match="on another sheet meanwhile"):
        gather(a_draft(world, fund), ids, world.office.zhou)


def test_a_sheet_holds_one_fund(world):
    ids = waiting(approved(world, 1))
    with pytest.raises(RuleBroken):
        gather(a_draft(world, money_for(1, "F3")), ids, world.office.zhou)


def test_only_the_accountant_and_only_a_draft(world):
    fund = approved(world, 2)
    sheet = a_draft(world, fund)
    ids = waiting(fund)
    for who in ("wu", "zheng", "feng", "sun"):
        with pytest.raises(NotAllowed):
            gather(sheet, ids, getattr(world.office, who))
    with pytest.raises(NotYours):
        gather(sheet, ids, of_a_unit(world.office.zhou, 2))
    with pytest.raises(RuleBroken, match="Tick the rows"):
        gather(again(sheet), [], world.office.zhou)
    sheet = gather(again(sheet), ids[:1], world.office.zhou)
    with pytest.raises(Stale):
        payments.gather(sheet.id, version=sheet.version - 1, instalment_ids=ids[1:], by=world.office.zhou)
    payments.submit(sheet.id, version=again(sheet).version, by=world.office.zhou)
    with pytest.raises(WrongState):
        gather(again(sheet), ids[1:], world.office.zhou)


def test_a_row_that_is_taken_off_waits_again(world):
    fund = approved(world, 2)
    sheet = a_sheet(world, fund)
    first, second = rows_of(sheet)
    payments.remove_row(sheet.id, first.id, version=sheet.version, by=world.office.zhou)
    assert (again(first).state, first.sheet_id, again(second).line) == ("planned", None, 1)
    assert again(sheet).total == Money.yuan(1_000)
    assert waiting(fund) == [first.instalment_id]
    assert len(lines_of("sheet.remove_row", sheet.id)) == 1
    with pytest.raises(NotYours):
        payments.remove_row(sheet.id, first.id, version=sheet.version, by=world.office.zhou)
    with pytest.raises(NotAllowed):
        payments.remove_row(sheet.id, second.id, version=sheet.version, by=world.office.wu)
    check_books()


def test_the_page_shows_who_may_go_and_why_not_and_takes_all_that_may(world, browser):
    fund = approved(world, 3)
    held = db.session.get_one(Case, world.case_ids[2])
    cases.hold(held.id, version=held.version, note="核实", by=SYSTEM)
    sheet = a_draft(world, fund)
    page = get(browser, world.office, "zhou", f"/sheets/{sheet.id}/gather").text
    assert page.count('name="rows"') == 2 and "The case is on hold." in page and held.number in page
    nothing = post(browser, world.office, "zhou", f"/sheets/{sheet.id}/gather", version=sheet.version)
    assert nothing.status_code == 422 and "Tick the rows" in nothing.text
    done = post(browser, world.office, "zhou", f"/sheets/{sheet.id}/gather", version=sheet.version, everything="yes")
    assert done.status_code == 303 and again(sheet).row_count == 2
    off = post(
        browser, world.office, "zhou", f"/sheets/{sheet.id}/rows/{rows_of(sheet)[0].id}/remove", version=sheet.version
    )
    assert off.status_code == 303 and again(sheet).row_count == 1
    assert get(browser, world.office, "wu", f"/sheets/{sheet.id}/gather").status_code == 403
