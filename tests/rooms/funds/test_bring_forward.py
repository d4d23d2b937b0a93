"""A fund's opening balance: announced and received, once, marked in the journal, by the accountant of the bureau."""

from datetime import date, timedelta

import pytest

from relief import clock
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.money import Money
from relief.funds import service as funds
from relief.funds.opening import bring_forward, standing_opening
from relief.funds.queries import find_fund, recomputed
from relief.funds.service import balance_of
from tests.rooms.money.asking import get, lines_of, of_a_unit, post


@pytest.fixture
def fund(world):
    return find_fund("F6").id


def forward(fund, by, announced=50_000, received=20_000, **changed):
    given = {"document_number": "兴林工财〔2026〕2号", "on": clock.today(), "by": by} | changed
    return bring_forward(fund, announced=Money.yuan(announced), received=Money.yuan(received), **given)


def test_it_stands_in_balance_journal_and_record(world, fund):
    entries = forward(fund, world.office.zhou, note="旧账结转")
    assert [(entry.movement, entry.amount.fen) for entry in entries] == [("announce", 5_000_000), ("receive", 2_000_000)]
    balance = balance_of(fund)
    assert (balance.announced, balance.received) == (Money.yuan(50_000), Money.yuan(20_000))
    assert recomputed(fund) == balance
    (line,) = lines_of("fund.bring_forward", fund)
    assert line.person_id == world.office.zhou.person_id
    assert line.changes["received"] == {"fen": 2_000_000}
    assert len(standing_opening(fund)) == 2


def test_a_second_one_is_refused_with_what_stands(world, fund):
    forward(fund, world.office.zhou, on=date(2026, 1, 1))
    with pytest.raises(RuleBroken) as refused:
        forward(fund, world.office.zhou, announced=1, received=1)
    said = str(refused.value)
    assert all(part in said for part in ("50,000.00", "20,000.00", "兴林工财〔2026〕2号", "2026-01-01"))
    assert balance_of(fund).announced == Money.yuan(50_000)
    forward(find_fund("F7").id, world.office.zhou)


def test_once_its_lines_are_taken_back_it_is_entered_anew(world, fund):
    announced, received = forward(fund, world.office.zhou)
    funds.reverse(received.id, note="记错", by=world.office.zhou)
    with pytest.raises(RuleBroken, match="stands already"):
        forward(fund, world.office.zhou)
    funds.reverse(announced.id, note="记错", by=world.office.zhou)
    forward(fund, world.office.zhou, announced=7, received=0)
    assert (balance_of(fund).announced, balance_of(fund).received) == (Money.yuan(7), Money(0))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"announced": 0, "received": 0}, "announced"),
        ({"received": 50_001}, "received"),
        ({"document_number": " "}, "document_number"),
    ],
)
def test_figures_and_document_are_judged(world, fund, changed, field):
    with pytest.raises(RuleBroken) as refused:
        forward(fund, world.office.zhou, **changed)
    assert refused.value.field == field
    with pytest.raises(RuleBroken, match="future"):
        forward(fund, world.office.zhou, on=clock.today() + timedelta(days=1))
    assert standing_opening(fund) == []


def test_no_other_line_passes_itself_off_as_one(world, fund):
    with pytest.raises(RuleBroken) as refused:
        funds.announce(
            fund, Money.yuan(1), document_number="1号", on=clock.today(), note=" 期初余额", by=world.office.zhou
        )
    assert refused.value.field == "note"


def test_only_the_accountant_of_the_bureau_enters_it(world, fund):
    for who in ("wu", "zheng", "sun", "feng", "wang", "chu"):
        with pytest.raises(NotAllowed):
            forward(fund, getattr(world.office, who))
    with pytest.raises(NotYours):
        forward(fund, of_a_unit(world.office.zhou, 2))
    with pytest.raises(NotYours):
        forward(999, world.office.zhou)


def test_the_page_enters_it_and_the_journal_reads_opening_balance(world, browser, fund):
    address = f"/funds/{fund}/opening"
    assert f'href="{address}"' in get(browser, world.office, "zhou", f"/funds/{fund}").text
    typed = {"announced": "50,000", "received": "60000", "document_number": "2号", "on": str(clock.today())}
    again = post(browser, world.office, "zhou", address, **typed)
    assert again.status_code == 422 and 'value="60000"' in again.text and 'id="received-error"' in again.text
    done = post(browser, world.office, "zhou", address, **(typed | {"received": "", "note": "旧账"}))
    assert (done.status_code, done.location) == (303, f"/funds/{fund}")
    page = get(browser, world.office, "zhou", f"/funds/{fund}").text
    assert "Opening balance: money announced" in page and "旧账" in page and "期初余额:" not in page
    assert f'href="{address}"' not in page
    second = get(browser, world.office, "zhou", address).text
    assert "stands already" in second and "/reverse" in second and 'name="announced"' not in second
    assert get(browser, world.office, "wu", address).status_code == 403
