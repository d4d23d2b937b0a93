"""Release, send: by other hands, against frozen totals and cash that is there; vouchers and papers follow."""

from datetime import timedelta

import pytest

from relief import clock
from relief.accounts import sessions
from relief.cases import service as cases
from relief.cases.models import Case
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.money import Money
from relief.funds import service as funds
from relief.funds.models import JournalEntry
from relief.funds.service import balance_of
from relief.households.models import Account
from relief.jobs.models import Job
from relief.payments import service as payments
from relief.persons.service import declare_relative
from tests.build import SYSTEM
from tests.rooms.money.asking import (
    again,
    all_vouchers,
    get,
    in_the_hands_of,
    lines_of,
    of_a_unit,
    post,
    rows_of,
)
from tests.rooms.money.books import check_books
from tests.rooms.money.ready import a_sheet, approved


def release(sheet, by):
    return payments.release(sheet.id, version=again(sheet).version, by=by)


def test_the_money_is_on_its_way_and_each_payment_has_its_voucher(world):
    sheet = a_sheet(world, approved(world, 2), "submit")
    release(sheet, world.office.wu)
    assert {row.state for row in rows_of(sheet)} == {"released"}
    balance = balance_of(sheet.fund_id)
    assert (balance.released, balance.left_to_release) == (Money.yuan(2_000), Money(0))
    assert [one.sequence for one in all_vouchers()] == [1, 2]
    assert len(again(sheet).record_head) == 64
    (line,) = lines_of("sheet.release", sheet.id)
    assert (line.person_id, line.changes["total"]) == (world.office.wu.person_id, {"fen": 200_000})
    journal = db.session.scalars(db.select(JournalEntry).where(JournalEntry.movement == "release")).all()
    assert {entry.document_number for entry in journal} == {sheet.number}
    check_books()


def test_its_papers_are_asked_for_once(world):
    a_sheet(world, approved(world, 1), "submit", "release")
    assert [job.kind for job in db.session.scalars(db.select(Job))] == ["sheet.issue"]


@pytest.mark.parametrize(("hand", "why"), [
    ("zhou", "You made this sheet"), ("wang", "You entered this case"), ("chen", "You reviewed this case"),
    ("sun", "You approved this case"),
])  # fmt: skip
def test_every_hand_that_had_a_part_is_barred(world, hand, why):
    sheet = a_sheet(world, approved(world, 1), "submit")
    person = getattr(world.office, hand).person_id
    with pytest.raises(NotAllowed, match=why):
        release(sheet, in_the_hands_of(world.office.wu, person))
    check_books()


def test_nobody_releases_to_a_relative(world):
    sheet = a_sheet(world, approved(world, 1), "submit")
    declare_relative(world.office.wu.person_id, rows_of(sheet)[0].payee_id, "sibling", by=world.office.wu)
    with pytest.raises(NotAllowed, match="near"):
        release(sheet, world.office.wu)


@pytest.mark.parametrize("step", ["send", "record"])
def test_who_released_or_approved_does_not_pay(world, step):
    sheet = a_sheet(world, approved(world, 1), "submit", "release", *(["send"] if step == "record" else []))
    for hand, why in (("wu", "You released this sheet"), ("sun", "You approved this case")):
        payer = in_the_hands_of(world.office.zheng, getattr(world.office, hand).person_id)
        with pytest.raises(NotAllowed, match=why):
            if step == "send":
                payments.send(sheet.id, version=again(sheet).version, by=payer)
            else:
                ids = [row.id for row in rows_of(sheet)]
                payments.record_success(
                    sheet.id, version=again(sheet).version, payment_ids=ids, on=clock.today(), by=payer
                )


def test_what_changed_since_is_seen(world):
    sheet = a_sheet(world, approved(world, 2), "submit")
    with transaction():
        rows_of(sheet)[0].account_tail = "9999"
    with pytest.raises(RuleBroken, match="An account on the sheet"):
        release(sheet, world.office.wu)
    check_books()


def test_an_account_that_changed_after_gathering_is_not_paid(world):
    """Also when a second person confirmed the new one: the row pays the old one."""
    sheet = a_sheet(world, approved(world, 1), "submit")
    with transaction():
        account = db.session.scalars(
            db.select(Account).where(Account.household_id == rows_of(sheet)[0].household_id)
        ).one()
        account.number_index = "e" * 64
        account.entered_by, account.confirmed_by = world.office.wang.person_id, world.office.li.person_id
    with pytest.raises(RuleBroken, match="must be decided anew"):
        release(sheet, world.office.wu)


def test_a_case_put_on_hold_stops_its_sheet(world):
    sheet = a_sheet(world, approved(world, 2), "submit")
    case = db.session.get_one(Case, world.case_ids[0])
    cases.hold(case.id, version=case.version, note="核实", by=SYSTEM)
    with pytest.raises(RuleBroken, match=f"{case.number}: The case is on hold"):
        release(sheet, world.office.wu)
    assert all_vouchers() == []
    check_books()


def test_a_revoked_row_leaves_its_submitted_sheet_which_no_longer_adds_up(world):
    sheet = a_sheet(world, approved(world, 2), "submit")
    case = db.session.get_one(Case, world.case_ids[0])
    cases.revoke(case.id, version=case.version, reason="X02", note="误批", by=world.office.sun)
    with pytest.raises(RuleBroken, match="2 rows were submitted, there are 1"):
        release(sheet, world.office.wu)
    payments.return_sheet(sheet.id, version=again(sheet).version, note="减一户", by=world.office.wu)
    payments.submit(sheet.id, version=again(sheet).version, by=world.office.zhou)
    release(sheet, world.office.wu)
    assert again(sheet).total == Money.yuan(1_000)
    check_books()


@pytest.mark.parametrize(("cash", "is_enough"), [(2_000, True), (1_999, False)])
def test_the_cash_must_be_there(world, cash, is_enough):
    fund = approved(world, 2)
    receipt = db.session.scalars(db.select(JournalEntry).where(JournalEntry.movement == "receive")).one()
    funds.reverse(receipt.id, note="未到账", by=SYSTEM)
    funds.receive(fund, Money.yuan(cash), document_number="回单2", on=clock.today(), by=SYSTEM)
    sheet = a_sheet(world, fund, "submit")
    if is_enough:
        assert release(sheet, world.office.wu).state == "released"
        return
    with pytest.raises(RuleBroken, match="in cash that is free") as refused:
        release(sheet, world.office.wu)
    assert refused.value.field == "amount" and all_vouchers() == []
    check_books()


def test_the_right_role_state_version_and_sight(world):
    sheet = a_sheet(world, approved(world, 1))
    with pytest.raises(WrongState):
        release(sheet, world.office.wu)
    payments.submit(sheet.id, version=again(sheet).version, by=world.office.zhou)
    for who in ("zhou", "zheng", "sun", "feng"):
        with pytest.raises(NotAllowed):
            release(sheet, getattr(world.office, who))
    with pytest.raises(NotYours):
        release(sheet, of_a_unit(world.office.wu, 2))
    with pytest.raises(Stale):
        payments.release(sheet.id, version=1, by=world.office.wu)
    release(sheet, world.office.wu)
    with pytest.raises(WrongState):
        release(sheet, world.office.wu)
    for who in ("zhou", "wu"):
        with pytest.raises(NotAllowed):
            payments.send(sheet.id, version=again(sheet).version, by=getattr(world.office, who))
    payments.send(sheet.id, version=again(sheet).version, by=world.office.zheng)
    assert {row.state for row in rows_of(sheet)} == {"sent"}
    assert again(sheet).sent_by == world.office.zheng.person_id
    assert len(lines_of("sheet.send", sheet.id)) == 1


def test_the_page_shows_the_numbers_first_and_asks_for_the_password(world, browser, monkeypatch):
    sheet = a_sheet(world, approved(world, 2), "submit")
    page = get(browser, world.office, "wu", f"/sheets/{sheet.id}/release").text
    for figure in ("¥2,000.00", "人民币贰仟元整", "Free before", "Free after", "Nothing stands in the way"):
        assert figure in page
    monkeypatch.setattr(sessions, "CONFIRMED_FOR", timedelta(seconds=-1))
    asked = post(browser, world.office, "wu", f"/sheets/{sheet.id}/release", version=sheet.version)
    assert asked.status_code == 303 and "/confirm" in asked.location and again(sheet).state == "submitted"
    monkeypatch.undo()
    assert post(browser, world.office, "wu", f"/sheets/{sheet.id}/release", version=sheet.version).status_code == 303
    twice = post(browser, world.office, "wu", f"/sheets/{sheet.id}/release", version=sheet.version)
    assert twice.status_code == 409
    assert balance_of(sheet.fund_id).released == Money.yuan(2_000)
    sent = post(browser, world.office, "zheng", f"/sheets/{sheet.id}/send", version=again(sheet).version)
    assert sent.status_code == 303


def test_the_page_names_what_stands_in_the_way(world, browser):
    sheet = a_sheet(world, approved(world, 1), "submit")
    case = db.session.get_one(Case, world.case_ids[0])
    cases.hold(case.id, version=case.version, note="核实", by=SYSTEM)
    page = get(browser, world.office, "wu", f"/sheets/{sheet.id}/release").text
    assert "This stands in the way" in page and f"{case.number}: The case is on hold." in page
