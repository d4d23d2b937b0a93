"""Submit, return: the number is given once, totals are frozen, and the maker gets the sheet back with a sentence."""

import pytest

from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.month import Month
from relief.funds.queries import find_fund
from relief.payments import service as payments
from tests.rooms.money.asking import again, get, in_the_hands_of, lines_of, of_a_unit, post
from tests.rooms.money.ready import a_sheet, approved


def test_it_gets_the_next_number_of_its_fund_and_month(world):
    fund = approved(world, 2)
    first, second = a_sheet(world, fund, "submit", most=1), a_sheet(world, fund, "submit")
    month = first.month.replace("-", "")
    assert [first.number, second.number] == [f"XLGH-F4-{month}-S01", f"XLGH-F4-{month}-S02"]
    assert (first.state, first.row_count) == ("submitted", 1)
    assert lines_of("sheet.submit", first.id)[0].changes["number"] == first.number


def test_an_empty_sheet_is_not_submitted(world):
    sheet = payments.start_sheet(find_fund("F4").id, month=Month(2026, 3), by=world.office.zhou)
    with pytest.raises(RuleBroken, match="no rows") as refused:
        payments.submit(sheet.id, version=sheet.version, by=world.office.zhou)
    assert refused.value.field == "rows"
    assert again(sheet).number is None


def test_given_back_it_keeps_its_number_and_says_what_to_change(world):
    sheet = a_sheet(world, approved(world, 1), "submit")
    with pytest.raises(RuleBroken) as refused:
        payments.return_sheet(sheet.id, version=sheet.version, note=" ", by=world.office.wu)
    assert refused.value.field == "note"
    number = sheet.number
    payments.return_sheet(sheet.id, version=again(sheet).version, note="金额有误", by=world.office.wu)
    assert lines_of("sheet.return", sheet.id)[0].changes["note"] == "金额有误"
    payments.submit(sheet.id, version=again(sheet).version, by=world.office.zhou)
    assert (again(sheet).state, sheet.number) == ("submitted", number)


def test_whoever_put_rows_on_it_is_a_maker_whoever_submits(world):
    sheet = a_sheet(world, approved(world, 1))
    colleague = in_the_hands_of(world.office.zhou, world.office.feng.person_id)
    payments.submit(sheet.id, version=sheet.version, by=colleague)
    gatherer = in_the_hands_of(world.office.wu, world.office.zhou.person_id)
    with pytest.raises(NotAllowed, match="You made this sheet"):
        payments.release(sheet.id, version=again(sheet).version, by=gatherer)


def test_the_right_role_in_the_right_state(world):
    sheet = a_sheet(world, approved(world, 1))
    with pytest.raises(WrongState):
        payments.return_sheet(sheet.id, version=sheet.version, note="x", by=world.office.wu)
    for who in ("wu", "zheng", "feng"):
        with pytest.raises(NotAllowed):
            payments.submit(sheet.id, version=again(sheet).version, by=getattr(world.office, who))
    with pytest.raises(NotYours):
        payments.submit(sheet.id, version=again(sheet).version, by=of_a_unit(world.office.zhou, 2))
    payments.submit(sheet.id, version=again(sheet).version, by=world.office.zhou)
    with pytest.raises(WrongState):
        payments.submit(sheet.id, version=again(sheet).version, by=world.office.zhou)
    with pytest.raises(NotAllowed):
        payments.return_sheet(sheet.id, version=again(sheet).version, note="x", by=world.office.zhou)


def test_the_pages(world, browser):
    sheet = a_sheet(world, approved(world, 2))
    page = get(browser, world.office, "zhou", f"/sheets/{sheet.id}/submit").text
    assert "¥2,000.00" in page and "人民币贰仟元整" in page
    assert post(browser, world.office, "zhou", f"/sheets/{sheet.id}/submit", version=sheet.version).status_code == 303
    stale = post(browser, world.office, "wu", f"/sheets/{sheet.id}/return", version=1, note="重做")
    assert stale.status_code == 409 and "重做" in stale.text
    number = again(sheet).version
    assert post(browser, world.office, "wu", f"/sheets/{sheet.id}/return", version=number, note="重做").status_code == 303
    listed = get(browser, world.office, "feng", f"/sheets?month={sheet.month}&state=draft&fund={sheet.fund_id}").text
    assert sheet.number in listed
    assert sheet.number not in get(browser, world.office, "feng", "/sheets?state=closed").text
    assert get(browser, world.office, "wang", "/sheets").status_code == 403
    assert get(browser, world.office, "zhou", "/sheets/999").status_code == 404
