"""Is a family that lost its house helped the same day, and its file made up and ratified afterwards, in a browser?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from relief import clock
from relief.domain.workflow import State
from tests.browser.case_road import PAYEE, Road, begun
from tests.browser.conftest import Sitting
from tests.browser.person import Language, on_two_screens
from tests.browser.site import Site


@dataclass
class UrgentRoad(Road):
    """One case in the emergency lane, at one screen."""

    def ask_urgently(self) -> None:
        """The caseworker calls the chair, and lays the draft before him."""
        screen = self.screen
        screen.sign_in("wang", at=self.case)
        screen.do("ask-urgently", {"why": "房屋烧毁,无处居住", "ordered_by": "孙德福", "way": "phone"})
        self.stands("in_approval")

    def approve(self) -> None:
        """The chair finds it on his desk and names the fund."""
        self.take_up("sun")
        self.screen.step("approve")
        self.screen.page.locator("fieldset#fund label", has_text="F4").click()
        self.screen.fill({"amount": "3000", "note": "特事特办"})
        self.screen.send(sure=True)
        self.screen.accepted()
        self.stands("approved")

    def pay_at_once(self) -> None:
        """The accountant presses one button."""
        screen = self.screen
        screen.sign_in("zhou")
        screen.find_on_desk(f"{self.case}#emergency")
        with screen.page.expect_navigation():
            screen.page.click("#emergency form button")
        self.sheet = screen.path.split("?")[0]
        assert PAYEE in screen.words()

    def make_up(self) -> None:
        """Visit, papers, opinion and notice, with the usual steps; the case stays paid."""
        screen = self.screen
        screen.sign_in("wang")
        self.visit_by_two()
        self.attach_papers()
        self.take_up("li")
        screen.do("give-opinion", {
            "meeting": "new", "number": "东风工会会纪〔2026〕7号", "meeting_on": clock.today().isoformat(),
            "attendees": "李建国\n张立新", "amount": "3000", "note": "情况属实",
        })  # fmt: skip
        self.stands("paid")
        self.take_up("wang")
        screen.do("post-notice", {"place": "林场办公楼公示栏"})
        self.stands("paid")

    def ratify(self) -> None:
        """The notice ended clean; the office meeting ratifies it."""
        screen = self.screen
        screen.site.move_to(screen.site.after_working_days(6))
        self.take_up("sun")
        screen.step("ratify")
        screen.fill({
            "meeting": "new", "number": "兴林工办纪〔2026〕3号", "meeting_on": clock.today().isoformat(),
            "attendees": "孙德福\n刘志强", "outcome": "ratified",
        })  # fmt: skip
        screen.send(sure=True)
        screen.accepted()
        self.stands("paid")


@on_two_screens
def test_a_fire_is_helped_the_same_day_and_its_file_made_up_and_ratified(
    sit: Sitting, site: Site, tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    road = UrgentRoad(sit(language, size), begun(site, State.DRAFT))
    day = clock.today()
    road.ask_urgently()
    road.approve()
    road.pay_at_once()
    road.release()
    road.pay(tmp_path)
    road.stands("paid")
    assert clock.today() == day
    road.make_up()
    road.ratify()
    road.ask_and_close()
