"""Announce and receive: a document behind each, never more received than announced, only by who may."""

from datetime import timedelta

import pytest

from relief import clock
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.money import Money
from relief.funds import service as funds
from relief.funds.queries import find_fund, recomputed
from relief.funds.service import balance_of
from tests.rooms.money.asking import get, lines_of, of_a_unit, post


@pytest.fixture
def fund(world):
    return find_fund("F4").id


def enter(verb, fund, yuan, by, **changed):
    given = {"document_number": "兴林工发〔2026〕3号", "on": clock.today(), "by": by} | changed
    return verb(fund, Money.yuan(yuan), **given)


def test_money_announced_can_be_promised_and_stands_in_journal_and_record(world, fund):
    entry = enter(funds.announce, fund, 5_000, world.office.zhou)
    assert (entry.movement, entry.document_number, entry.month) == ("announce", "兴林工发〔2026〕3号", f"{clock.today():%Y-%m}")
    balance = balance_of(fund)
    assert (balance.left_to_promise, balance.left_to_release) == (Money.yuan(5_000), Money(0))
    assert recomputed(fund) == balance
    (line,) = lines_of("fund.announce", fund)
    assert (line.person_id, line.changes["amount"]) == (world.office.zhou.person_id, {"fen": 500_000})


@pytest.mark.parametrize(("yuan", "is_enough"), [(5_000, True), (5_001, False)])
def test_never_more_is_received_than_was_announced(world, fund, yuan, is_enough):
    enter(funds.announce, fund, 5_000, world.office.zhou)
    if is_enough:
        enter(funds.receive, fund, yuan, world.office.zhou)
        assert balance_of(fund).left_to_release == Money.yuan(5_000)
        return
    with pytest.raises(RuleBroken, match="Enter the announcement first") as refused:
        enter(funds.receive, fund, yuan, world.office.zhou)
    assert refused.value.field == "amount"
    assert lines_of("fund.receive") == []


def test_day_document_and_amount_are_judged(world, fund):
    for field, changed in (
        ("on", {"on": clock.today() + timedelta(days=1)}), ("document_number", {"document_number": " "}),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            enter(funds.announce, fund, 1, world.office.zhou, **changed)
        assert refused.value.field == field
    with pytest.raises(RuleBroken, match="above zero"):
        enter(funds.announce, fund, 0, world.office.zhou)


def test_only_the_accountant_of_the_bureau_enters_money(world, fund):
    for who in ("wu", "zheng", "sun", "feng", "wang", "chu"):
        with pytest.raises(NotAllowed):
            enter(funds.announce, fund, 1, getattr(world.office, who))
    with pytest.raises(NotYours):
        enter(funds.announce, fund, 1, of_a_unit(world.office.zhou, 2))
    with pytest.raises(NotYours):
        enter(funds.announce, 999, 1, world.office.zhou)


def test_the_form_enters_it_and_gives_back_what_was_typed(world, browser, fund):
    typed = {"amount": "1e9", "document_number": "3号", "on": str(clock.today())}
    again = post(browser, world.office, "zhou", f"/funds/{fund}/announce", **typed)
    assert again.status_code == 422 and 'value="1e9"' in again.text
    done = post(browser, world.office, "zhou", f"/funds/{fund}/announce", **(typed | {"amount": "1,234.50"}))
    assert (done.status_code, done.location) == (303, f"/funds/{fund}")
    page = get(browser, world.office, "zhou", f"/funds/{fund}")
    assert "¥1,234.50" in page.text and "The journal and the balance agree" in page.text


def test_the_pages_are_for_who_sees_funds(world, browser, fund):
    for who, status in (("feng", 200), ("sun", 200), ("wang", 403), ("chu", 403)):
        assert get(browser, world.office, who, "/funds").status_code == status
    assert get(browser, world.office, "feng", f"/funds/{fund}/announce").status_code == 403
    assert get(browser, world.office, "zhou", "/funds/999").status_code == 404
