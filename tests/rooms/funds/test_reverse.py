"""Reverse: a wrong line is taken back by a line that cites it, once, and only when nothing rests on it."""

import pytest

from relief import clock
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.money import Money
from relief.funds import service as funds
from relief.funds.models import JournalEntry
from relief.funds.queries import find_fund
from relief.funds.service import balance_of
from tests.rooms.money.asking import get, lines_of, of_a_unit, post
from tests.rooms.money.books import check_books
from tests.rooms.money.ready import approved


def announced(world, yuan=5_000):
    fund = find_fund("F4").id
    by = world.office.zhou
    return funds.announce(fund, Money.yuan(yuan), document_number="3号", on=clock.today(), by=by)


def test_both_lines_stay_and_the_money_is_gone(world):
    wrong = announced(world)
    back = funds.reverse(wrong.id, note="金额记错", by=world.office.zhou)
    assert (back.movement, back.reverses_id, back.document_number) == ("announce_back", wrong.id, "3号")
    assert balance_of(wrong.fund_id).announced == Money(0)
    assert len(lines_of("fund.reverse", wrong.fund_id)) == 1
    check_books()


def test_it_happens_once_and_says_why(world):
    wrong = announced(world)
    with pytest.raises(RuleBroken) as refused:
        funds.reverse(wrong.id, note=" ", by=world.office.zhou)
    assert refused.value.field == "note"
    funds.reverse(wrong.id, note="记错", by=world.office.zhou)
    with pytest.raises(RuleBroken, match="already"):
        funds.reverse(wrong.id, note="记错", by=world.office.zhou)


def test_nothing_is_taken_back_that_awards_rest_on(world):
    approved(world, 1)
    first = db.session.scalars(db.select(JournalEntry).where(JournalEntry.movement == "announce")).one()
    award = db.session.scalars(db.select(JournalEntry).where(JournalEntry.movement == "commit")).one()
    with pytest.raises(RuleBroken, match="can still promise"):
        funds.reverse(first.id, note="记错", by=world.office.zhou)
    with pytest.raises(RuleBroken, match="Only money announced or received"):
        funds.reverse(award.id, note="记错", by=world.office.zhou)
    check_books()


def test_it_is_the_accountants_of_the_bureau(world):
    wrong = announced(world)
    with pytest.raises(NotAllowed):
        funds.reverse(wrong.id, note="记错", by=world.office.wu)
    with pytest.raises(NotYours):
        funds.reverse(wrong.id, note="记错", by=of_a_unit(world.office.zhou, 2))
    with pytest.raises(NotYours):
        funds.reverse(999_999, note="记错", by=world.office.zhou)


def test_the_journal_pages_and_filters(world, browser):
    wrong = announced(world)
    done = post(browser, world.office, "zhou", f"/funds/entries/{wrong.id}/reverse", note="记错")
    assert done.status_code == 303
    page = get(browser, world.office, "zhou", f"/funds/{wrong.fund_id}?movement=announce_back").text
    assert f"takes back line {wrong.id}" in page and "兴林工发" not in page
    for yuan in range(51):
        announced(world, 1 + yuan)
    first = get(browser, world.office, "zhou", f"/funds/{wrong.fund_id}").text
    assert 'rel="next"' in first and f'id="entry-{wrong.id}"' not in first
    after = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = get(browser, world.office, "zhou", after).text
    assert f'id="entry-{wrong.id}"' in second and 'rel="prev"' in second


def test_a_journal_that_does_not_add_up_is_told(world, browser):
    wrong = announced(world)
    db.session.execute(db.text("UPDATE fund_balance SET announced = announced + 1"))
    db.session.commit()
    assert "does not add up" in get(browser, world.office, "feng", f"/funds/{wrong.fund_id}").text
