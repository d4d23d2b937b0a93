"""Does a unit of two people, chair and caseworker who visited together, take a case through in a browser?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from relief import clock
from tests.browser.case_road import Road
from tests.browser.conftest import Sitting
from tests.browser.person import Language, on_two_screens
from tests.browser.site import Site


@dataclass
class RoadOfTwo(Road):
    """A case of a unit whose only two people visited it."""

    companion: str = "李建国"

    def pass_opinions(self) -> None:
        """The chair knows that he will visit too, and names the neighbours beforehand."""
        screen = self.screen
        screen.sign_in("li", at="/opinions")
        screen.page.locator("main a[href$='/opinions']", has_text="东风").first.click()
        screen.page.locator("label", has_text="红旗林场工会").click()
        screen.fill({"why": "只有两个人,走访都要去"})
        screen.send()
        screen.accepted()
        assert "红旗林场工会" in screen.words()

    def is_not_for_the_own_chair(self) -> None:
        """It does not wait on his desk, and the page says why he has no button and who has it."""
        screen = self.screen
        screen.sign_in("li")
        assert not screen.page.locator(f"main a[href='{self.case}']").count()
        screen.open(self.case)
        assert not screen.page.locator(".actions a[href$='/give-opinion']").count()
        assert "红旗林场工会" in screen.words()

    def give_opinion(self) -> None:
        """The neighbours' chair finds it on his desk; their meeting decides in the unit's place."""
        self.take_up("he")
        self.screen.do("give-opinion", {
            "meeting": "new", "number": "红旗工会会纪〔2026〕3号", "meeting_on": clock.today().isoformat(),
            "attendees": "何伟\n赵敏", "amount": str(self.amount), "note": "情况属实,同意上报",
        })  # fmt: skip
        self.screen.sign_in("wang")
        self.stands("opinion_given")


@on_two_screens
def test_two_people_who_visited_together_are_not_stuck(
    sit: Sitting, site: Site, tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    road = RoadOfTwo(sit(language, size))
    road.pass_opinions()
    road.hand_in()
    road.is_not_for_the_own_chair()
    road.give_opinion()
    road.post_notice()
    road.review_and_approve()
    if language == "en-US":
        return
    road.make_sheet()
    road.release()
    road.pay(tmp_path)
    road.ask_and_close()
