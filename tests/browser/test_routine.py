"""Does living aid run month by month in a browser, wait for its re-check, go on, and end as a closed case?"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator

from relief import clock
from relief.domain.money import Money
from relief.domain.month import Month
from tests.browser.case_road import PAYEE, Road
from tests.browser.conftest import Sitting
from tests.browser.paying import make_sheet, record_all, release, send

MONTHS, RATE = 4, Money.yuan(400)


@dataclass
class LivingRoad(Road):
    """One award of living aid, at one screen."""

    amount: Money = RATE * MONTHS
    papers: tuple[str, ...] = ("application", "identity", "income")
    title: str = "日常救助"
    story: str = "长期患病,无固定收入"
    due: Locator | None = None

    def open_case(self) -> None:
        """The caseworker applies for living aid; the amount shows while the months are typed."""
        screen = self.screen
        self.find_household()
        screen.page.click("main a[href*='/cases/new?kind=routine']")
        screen.fill({"item": "living", "months": str(MONTHS), "story": self.story})
        screen.page.locator("#preview", has_text=str(self.amount)).wait_for()
        screen.send()
        screen.accepted()
        self.case = screen.path
        self.stands("draft")

    def pay_month(self, number: int) -> None:
        """The month has come by itself to what waits; a sheet takes it to the household."""
        sheet = make_sheet(self.screen, f"日常救助{Month.of(clock.today())}")
        assert f"第{number}期" in self.screen.words("#rows"), self.screen.words("#rows")
        release(self.screen, sheet)
        send(self.screen, sheet)
        record_all(self.screen, sheet)

    def next_month(self) -> None:
        """A month passes; everybody signs in anew."""
        self.screen.site.move_to(Month.of(clock.today()).next().first_day.replace(day=10))

    def waits_for_its_re_check(self) -> None:
        """The accountant sees why the fourth month does not go; the caseworker finds on the desk whom to visit."""
        screen = self.screen
        screen.sign_in("zhou", at="/payments/waiting")
        assert "满3个月的复查尚未进行" in screen.words()
        screen.sign_in("wang")
        screen.page.click("main a[href^='/visits/due']")
        self.due = screen.page.locator("main tbody tr", has_text=PAYEE)
        assert "生活救助复查" in self.due.inner_text()

    def visit_again(self) -> None:
        """The same two go again; the household is no longer due, and the aid goes on."""
        screen = self.screen
        assert self.due
        self.due.locator("a[href*='/visits/new']").click()
        screen.fill({"kind": "verification", "unchanged": "yes"})
        screen.page.locator("label.pill", has_text="张立新").click()
        screen.page.locator("[data-fill='on']").first.click()
        screen.page.locator("[data-fill='talked_to']").first.click()
        screen.send()
        screen.accepted()
        screen.open("/visits/due")
        assert PAYEE not in screen.words()


def test_living_aid_goes_from_application_over_its_months_to_closed(sit: Sitting) -> None:
    road = LivingRoad(sit())
    road.hand_in()
    road.give_opinion()
    road.post_notice()
    road.review_and_approve()
    for number in range(1, MONTHS):
        road.pay_month(number)
        road.stands("in_payment")
        road.next_month()
    road.waits_for_its_re_check()
    road.visit_again()
    road.pay_month(MONTHS)
    road.ask_and_close()
