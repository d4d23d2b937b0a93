"""Can an office start in March on its pages: balances, old sheets with their faults, limits that bind from then on?"""

from __future__ import annotations

import json

from tests.awards_book import BOOK, id_of, open_files
from tests.browser.conftest import Sitting
from tests.browser.look import faults, foreign, sideways
from tests.browser.person import Language, Screen, on_two_screens
from tests.browser.site import Site
from tests.build import the_office

# What the timeline says of a past award, and the line that cuts a new one.
WORDS = {"zh-CN": ("系统启用前", "限额"), "en-US": ("before Relief", "yearly limit leaves")}


def brought_forward(screen: Screen) -> None:
    """The accountant follows the page of the start to the fund, and enters what the old books left."""
    screen.sign_in("zhou", at="/opening")
    screen.page.click("main ol a[href='/funds']")
    screen.page.locator("main a[href^='/funds/']", has_text="F5").first.click()
    screen.page.click("main a[href$='/opening']")
    screen.fill({"announced": "80000", "received": "60000", "document_number": "兴林工财〔2026〕2号"})
    screen.page.fill("[name=on]", "2026-03-01")
    screen.send()
    screen.accepted()
    assert "80,000.00" in screen.words() and "60,000.00" in screen.words()


def looked_at(screen: Screen) -> str:
    """The old sheets are sent as they are; each row that stays out says why, and nothing has changed."""
    screen.open("/opening")
    screen.page.locator("main a[href='/opening/new']").first.click()
    screen.page.set_input_files("main form.paper input[type=file]", BOOK)
    screen.send()
    screen.accepted()
    address = screen.path
    assert not faults(screen.page) + foreign(screen.page) and sideways(screen.page) <= 0
    screen.page.locator("main a[href*='/rows']").first.click()
    screen.page.select_option("select[name=outcome]", "rejected")
    with screen.page.expect_navigation():
        screen.page.click("form.filters button")
    said = screen.page.locator("main tbody tr td:last-child").all_inner_texts()
    assert all(said) and len(said) == json.loads(BOOK.with_suffix(".expected.json").read_text())["tally"]["rejected"]
    assert not faults(screen.page) + foreign(screen.page) and sideways(screen.page) <= 0
    return address


def taken_over(screen: Screen, address: str) -> None:
    """Confirmed; the worker takes the rows over, and the page tells what it did."""
    screen.open(address)
    with screen.page.expect_navigation():
        screen.page.click(f"form[action='{address}/confirm'] button")
    screen.site.work()
    screen.open(address)
    assert not screen.page.locator("form[action$='/confirm']").count()
    assert not faults(screen.page) + foreign(screen.page) and sideways(screen.page) <= 0


def bound(screen: Screen, before: str, leaves: str) -> None:
    """The household's page tells what was before, and a new request is cut to what the year leaves."""
    screen.sign_in("wang")
    screen.page.fill("#search-all", id_of(1))
    screen.page.press("#search-all", "Enter")
    screen.page.wait_for_url("**/households/*")
    assert screen.words().count(before) == 6
    screen.page.click("main a[href*='/cases/new?kind=routine']")
    screen.fill({"item": "medical", "cost": "10000", "story": "住院两次"})
    screen.page.locator("#preview", has_text="2,000.00").wait_for()
    assert leaves in screen.words("#preview")


@on_two_screens
def test_an_office_starts_in_march(sit: Sitting, site: Site, language: Language, size: tuple[int, int]) -> None:
    with site.app.app_context():
        open_files(the_office())
    screen = sit(language, size)
    brought_forward(screen)
    taken_over(screen, looked_at(screen))
    bound(screen, *WORDS[language])
