"""Start, discard: a sheet of one fund; a draft without a number leaves no trace but the record."""

import pytest

from relief import clock
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.month import Month
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.payments import service as payments
from relief.payments.models import Payment, Sheet
from tests.rooms.money.asking import again, lines_of, of_a_unit, post
from tests.rooms.money.books import check_books
from tests.rooms.money.ready import a_sheet, approved


def start(by, fund=None):
    return payments.start_sheet(fund or find_fund("F4").id, month=Month.of(clock.today()), title=" 特殊救助 ", by=by)


def test_a_draft_has_no_number_yet(world):
    sheet = start(world.office.zhou)
    assert (sheet.state, sheet.number, sheet.title) == ("draft", None, "特殊救助")
    assert sheet.makers == [world.office.zhou.person_id]
    assert lines_of("sheet.start", sheet.id)[0].changes["fund"] == "F4"


def test_only_the_accountant_of_the_bureau_makes_sheets(world):
    for who in ("wu", "zheng", "sun", "feng", "li"):
        with pytest.raises(NotAllowed):
            start(getattr(world.office, who))
    with pytest.raises(NotYours):
        start(of_a_unit(world.office.zhou, 2))
    with pytest.raises(RuleBroken):
        start(world.office.zhou, fund=999)


def test_discarding_lets_the_rows_wait_for_another_sheet(world):
    sheet = a_sheet(world, approved(world, 2))
    payments.discard(sheet.id, version=sheet.version, by=world.office.zhou)
    assert db.session.scalars(db.select(Sheet)).all() == []
    assert {one.state for one in db.session.scalars(db.select(Payment))} == {"planned"}
    assert db.session.get_one(Case, world.case_ids[0]).state == State.APPROVED
    assert len(lines_of("sheet.discard", sheet.id)) == 1
    check_books()


def test_a_number_once_given_is_not_thrown_away(world):
    sheet = a_sheet(world, approved(world, 1), "submit")
    with pytest.raises(WrongState):
        payments.discard(sheet.id, version=sheet.version, by=world.office.zhou)
    payments.return_sheet(sheet.id, version=sheet.version, note="重做", by=world.office.wu)
    with pytest.raises(RuleBroken, match="has a number"):
        payments.discard(sheet.id, version=sheet.version, by=world.office.zhou)
    with pytest.raises(Stale):
        payments.discard(sheet.id, version=again(sheet).version - 1, by=world.office.zhou)


def test_the_form_starts_one_and_reads_the_month(world, browser):
    fund = find_fund("F4").id
    wrong = post(browser, world.office, "zhou", "/sheets/start", fund=fund, month="next", title="")
    assert wrong.status_code == 422 and "such as 2026-02" in wrong.text
    done = post(browser, world.office, "zhou", "/sheets/start", fund=fund, month="2026-02", title="春节")
    assert done.status_code == 303 and done.location.endswith("/gather")
    assert db.session.scalars(db.select(Sheet.month)).one() == "2026-02"
