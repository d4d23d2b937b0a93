"""How does a case go its road through everybody's hands on the pages, from the search to its end?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.demo.papers import sample_paper
from relief.domain.money import Money, in_capitals
from relief.domain.workflow import State
from relief.households.models import Household
from tests.browser.paying import make_sheet, record_all, release, saved, send
from tests.browser.person import Screen
from tests.browser.site import Site
from tests.build import the_office
from tests.build_cases import a_case

STATES = {
    "draft": ("草稿", "Draft"), "submitted": ("待初审", "Waiting for the unit's opinion"),
    "opinion_given": ("待公示", "Waiting for notice"), "on_notice": ("公示中", "On public notice"),
    "forwarded": ("待复核", "Waiting for review"), "in_approval": ("待审批", "Waiting for approval"),
    "approved": ("待发放", "Waiting for payment"), "in_payment": ("发放中", "Being paid"), "paid": ("已发放", "Paid"),
    "followed_up": ("已回访", "Followed up"), "closed": ("办结", "Closed"),
}  # fmt: skip
PAYEE, INITIALS, AMOUNT = "张桂兰", "zgl", Money.yuan(3000)


def begun(site: Site, state: State) -> str:
    """The address of a case of 张桂兰 that the services took to this state: for roads whose question begins there."""
    with site.app.app_context():
        household = db.session.scalars(sa.select(Household).order_by(Household.id)).first()
        assert household is not None and household.head.name == PAYEE
        return f"/cases/{a_case(the_office(), state, household=household).id}"


@dataclass
class Road:
    """One case on its way, at one screen."""

    screen: Screen
    case: str = ""
    sheet: str = ""
    amount: Money = AMOUNT
    papers: tuple[str, ...] = ("application", "identity", "event_proof")
    title: str = "特殊救助"
    companion: str = "张立新"
    story: str = "锅炉房起火,烧毁两间"

    def stands(self, state: str) -> None:
        """The page of the case says this state, in words."""
        if self.screen.path.split("?")[0] != self.case:
            self.screen.open(self.case)
        assert self.screen.state() == STATES[state][self.screen.language == "en-US"]

    def find_household(self) -> None:
        """The caseworker finds the household by its initials."""
        screen = self.screen
        screen.sign_in("wang")
        screen.page.fill("#search-all", INITIALS)
        screen.page.press("#search-all", "Enter")
        screen.page.wait_for_url("**/households/*")
        assert PAYEE in screen.words("h1")

    def open_case(self) -> None:
        """The caseworker opens a case, and sees the amount while typing."""
        screen = self.screen
        self.find_household()
        screen.page.click("main a[href*='/cases/new?kind=special']")
        day = clock.today().isoformat()
        screen.fill({"event_kind": "fire", "event_on": day, "story": self.story, "grade": "2"})
        screen.page.locator("#preview", has_text="3,000.00").wait_for()
        screen.send()
        screen.accepted()
        self.case = screen.path
        self.stands("draft")
        assert screen.page.locator("#gates .state-waits").count() == 4  # three papers and the visit

    def visit_by_two(self) -> None:
        """The colleague's chip, what it was for, one tap for the day: a visit is logged."""
        screen = self.screen
        screen.open(self.case)
        screen.page.click("#gates a[href*='/visits/new']")
        screen.fill({"kind": "verification"})
        screen.page.locator("label.pill", has_text=self.companion).click()
        screen.page.locator("[data-fill='on']").first.click()
        screen.page.locator("[data-fill='talked_to']").first.click()
        screen.fill({"seen_heating": "锅炉烧毁,暂用电暖气"})
        screen.send()
        screen.accepted()
        assert self.companion in screen.words() and "王秀兰" in screen.words()

    def attach_papers(self) -> None:
        """Three papers, each under its kind."""
        screen = self.screen
        screen.open(self.case)
        for kind in self.papers:
            screen.fill({"kind": kind})
            files = [{"name": f"{kind}.png", "mimeType": "image/png", "buffer": sample_paper()}]
            screen.page.set_input_files("#papers input[type=file]", files)
            with screen.page.expect_navigation():
                screen.page.click("#papers form.paper button[type=submit]")
        assert not screen.page.locator("#gates .state-waits").count(), screen.words("#gates")

    def submit(self) -> None:
        """The answers are read once more, then handed in."""
        self.screen.step("submit")
        assert self.story in self.screen.words(".answers")
        self.screen.send()
        self.screen.accepted()
        self.stands("submitted")

    def give_opinion(self) -> None:
        """The unit's chair records the meeting and the opinion in one breath."""
        self.take_up("li")
        self.screen.do("give-opinion", {
            "meeting": "new", "number": "东风工会会纪〔2026〕7号", "meeting_on": clock.today().isoformat(),
            "attendees": "李建国\n张立新", "amount": str(self.amount), "note": "情况属实,同意上报",
        })  # fmt: skip
        self.stands("opinion_given")

    def post_notice(self) -> None:
        """The caseworker hangs the notice; the days pass; its clean end forwards the case by itself."""
        self.take_up("wang")
        self.screen.do("post-notice", {"place": "林场办公楼公示栏"})
        self.stands("on_notice")
        self.screen.site.move_to(self.screen.site.after_working_days(6))
        self.take_up("chen")
        self.stands("forwarded")

    def review_and_approve(self) -> None:
        """The reviewer passes it; the chair signs and names the fund."""
        self.screen.do("review", {"amount": str(self.amount), "note": "材料齐全"})
        self.stands("in_approval")
        self.take_up("sun")
        fund = self.screen.page.locator
        self.screen.step("approve")
        fund("fieldset#fund label", has_text="F4").click()
        self.screen.fill({"amount": str(self.amount), "note": "同意"})
        self.screen.send(sure=True)
        self.stands("approved")

    def make_sheet(self) -> None:
        """The accountant makes a sheet of what waits; the case is being paid."""
        self.sheet = make_sheet(self.screen, self.title)
        self.stands("in_payment")

    def release(self) -> None:
        """The head of finance lets the money go."""
        release(self.screen, self.sheet)

    def pay(self, folder: Path) -> None:
        """The cashier sends it, prints the voucher, and records that the money arrived."""
        send(self.screen, self.sheet)
        self._print_voucher(folder)
        record_all(self.screen, self.sheet)

    def _print_voucher(self, folder: Path) -> None:
        page = self.screen.page
        page.click("main a[href*='/vouchers?']")
        page.click("main table a[href^='/vouchers/']")
        text = saved(self.screen, "form.print-form button", folder)
        assert in_capitals(self.amount) in text and PAYEE in text

    def ask_and_close(self) -> None:
        """Somebody who did not visit asks the household, and closes the case."""
        self.take_up("chen")
        self.stands("paid")
        self.screen.do("follow-up", {
            "on": clock.today().isoformat(), "way": "phone", "received_it": "yes", "satisfaction": "5",
            "words": "钱收到了,很及时",
        })  # fmt: skip
        self.stands("followed_up")
        self.screen.do("close")
        self.stands("closed")

    def take_up(self, who: str) -> None:
        """Somebody signs in and finds the case on their desk."""
        self.screen.sign_in(who)
        self.screen.find_on_desk(self.case)

    def hand_in(self) -> None:
        """Opened, visited by two, its papers attached, submitted."""
        self.open_case()
        self.visit_by_two()
        self.attach_papers()
        self.submit()
