"""How does a list go its road through everybody's hands on the pages, from the window to the last closed case?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from relief import clock
from relief.domain.money import Money, in_capitals
from tests.browser.paying import make_sheet, print_vouchers, record_all, release, saved, send
from tests.browser.person import Screen


def new_meeting(number: str = "兴林工办纪〔2027〕1号", attendees: str = "孙德福\n刘志强") -> dict[str, str]:
    """A meeting of today, as the form asks for it."""
    return {"meeting": "new", "number": number, "meeting_on": clock.today().isoformat(), "attendees": attendees}


@dataclass
class ListRoad:
    """One unit's list in one window, at one screen."""

    screen: Screen
    window: str = ""
    made: str = ""
    cases: list[str] = field(default_factory=list)

    def open_window(self, kind: str, code: str) -> None:
        """The reviewer opens the window that the policy computed."""
        screen = self.screen
        screen.sign_in("chen", at="/windows")
        row = screen.page.locator("#coming form", has=screen.page.locator(f"[value='{kind}/{code}']"))
        with screen.page.expect_navigation():
            row.locator("button").click()
        self.window = screen.path

    def make(self, names: Sequence[str], off: Mapping[str, str]) -> None:
        """The unit's caseworker makes the list of every household, and takes some off with the reason."""
        screen = self.screen
        screen.sign_in("wang", at=self.window)
        with screen.page.expect_navigation():
            screen.page.select_option("#union", label="东风林场")
            screen.page.click("#units form button.btn-primary")
        self.made = screen.path
        for name, why in off.items():
            row = screen.page.locator("#rows tbody tr", has_text=name)
            row.locator("a[href$='/take-off']").click()
            screen.fill({"why": why})
            screen.send()
            screen.accepted()
            assert why in screen.page.locator("#left-out tbody tr", has_text=name).inner_text()
        for name in names:
            row = screen.page.locator("#rows tbody tr", has_text=name)
            self.cases.append(row.locator("a[href^='/cases/']").get_attribute("href") or "")

    def hand_in(self, behind: str, lacks: str) -> None:
        """The list is handed in; who lacks something stays behind, and the page says what."""
        screen = self.screen
        assert "1户暂不能办理" in screen.words(".next")
        screen.page.click(".next a[href$='/submit']")
        assert lacks in screen.page.locator("#behind tbody tr", has_text=behind).inner_text()
        screen.send()
        screen.accepted()

    def step(self, verb: str, given: dict[str, str] | None = None) -> None:
        """One step of the whole list, from its button to the list again."""
        screen = self.screen
        if screen.path != self.made:
            screen.open(self.made)
        screen.page.click(f".next a[href$='/{verb}']")
        screen.fill(given or {})
        screen.send()
        screen.accepted()
        assert screen.path == self.made

    def to_the_board(self) -> None:
        """Decided on by the unit's meeting, hung out; the days pass and its clean end forwards it."""
        self.screen.sign_in("li", at=self.made)
        self.step("give-opinion", {**new_meeting("东风会纪1号", "李建国\n王秀兰"), "note": "情况属实"})
        self.screen.sign_in("wang", at=self.made)
        self.step("post-notice", {"place": "林场公示栏"})
        self.screen.site.move_to(self.screen.site.after_working_days(6))

    def decide(self, who: str, *, meeting: bool = False) -> None:
        """Reviewed by the bureau, decided with one signature; the numbers stand there before."""
        screen = self.screen
        screen.sign_in("chen", at=self.made)
        self.step("review", {"note": "同意"})
        screen.sign_in(who)
        screen.page.click(f"main a[href^='{self.window}']")
        with screen.page.expect_navigation():
            screen.page.click("form.sitting button.btn-primary")
        if meeting:
            screen.fill(new_meeting())
        screen.page.locator("form.paper label", has_text="F4").first.click()
        screen.send(sure=True)
        screen.accepted()

    def pay(self, amount: Money, folder: Path) -> None:
        """Money goes by transfer: one sheet, its vouchers, the bank's answer."""
        screen = self.screen
        sheet = make_sheet(screen, "名单发放")
        assert in_capitals(amount) in screen.words(".control")
        release(screen, sheet)
        send(screen, sheet)
        assert print_vouchers(screen, sheet, folder).count("领款单") >= len(self.cases)
        record_all(screen, sheet)
        self._close_sheet(sheet)

    def hand_over(self, amount: Money, folder: Path) -> None:
        """Goods go out with the sheet on which each household signs; who signed is ticked afterwards."""
        screen = self.screen
        sheet = make_sheet(screen, "慰问品发放", way="goods")
        assert in_capitals(amount) in screen.words(".control")
        release(screen, sheet)
        send(screen, sheet)
        screen.page.click(f"main a[href='{sheet}/download']")
        screen.fill({"copy": "masked", "file_format": "pdf", "language": "zh_Hans_CN"})
        assert "签" in saved(screen, "main form.paper .btn-primary", folder)
        record_all(screen, sheet)
        self._close_sheet(sheet)

    def bring(self) -> None:
        """The caseworker brings it to each door, and logs the visit from the case that asks for it."""
        screen = self.screen
        screen.be("wang")
        for case in self.cases:
            screen.open(case)
            screen.page.click("#gates a[href*='/visits/new']")
            screen.fill({"kind": "care", "unchanged": "yes"})
            screen.page.locator("[data-fill='on']").first.click()
            screen.page.locator("[data-fill='talked_to']").first.click()
            screen.send()
            screen.accepted()

    def _close_sheet(self, sheet: str) -> None:
        self.screen.sign_in("zhou", at=sheet)
        self.screen.do("close")

    def ask_and_close(self) -> None:
        """Somebody who did not visit asks each household; each case is closed, and then the window."""
        screen = self.screen
        screen.be("chen")
        for case in self.cases:
            screen.open(case)
            screen.do("follow-up", {"way": "phone", "received_it": "yes", "satisfaction": "5", "words": "收到了"})
            screen.do("close")
        screen.open(self.window)
        with screen.page.expect_navigation():
            screen.page.click("#days form button")
            screen.page.click("#relief-confirm button[value=yes]")

    def all_stand(self, state: str) -> None:
        """The window's page says of the unit that all its rows are in this state."""
        self.screen.open(self.window)
        assert f"{state} {len(self.cases)}" in self.screen.words("#units")
