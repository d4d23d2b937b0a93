"""Does special relief go its whole way through six people's hands, in a browser, from a search to a closed case?"""

from __future__ import annotations

from pathlib import Path

import pytest

from relief.domain.workflow import State
from tests.browser.case_road import Road, begun
from tests.browser.conftest import Sitting
from tests.browser.person import DESKTOP, PHONE, Language
from tests.browser.site import Site


@pytest.mark.parametrize(
    ("language", "size"),
    [("zh-CN", DESKTOP), ("zh-CN", PHONE), ("en-US", DESKTOP)],
    ids=["Chinese, desktop", "Chinese, phone", "English, desktop"],
)
def test_a_case_goes_from_search_to_closed(
    sit: Sitting, site: Site, tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    road = Road(sit(language, size))
    road.hand_in()
    road.give_opinion()
    road.post_notice()
    road.review_and_approve()
    road.make_sheet()
    road.release()
    road.pay(tmp_path)
    road.ask_and_close()


def test_a_case_sent_back_is_mended_and_comes_straight_back(sit: Sitting, site: Site) -> None:
    screen = sit()
    road = Road(screen, begun(site, State.SUBMITTED))
    road.take_up("li")
    note = "请补写损失清单"
    screen.do("send-back", {"fields": "story", "reason": "R01", "note": note})
    road.stands("draft")
    road.take_up("wang")
    assert note in screen.words()
    screen.step("edit")
    assert screen.page.locator(".to-mend #story").count() == 1
    screen.fill({"story": "锅炉房起火,烧毁两间,家电全部损毁"})
    screen.send()
    screen.accepted()
    road.submit()
    road.take_up("li")
    road.stands("submitted")


def test_a_button_that_is_not_there_says_why(sit: Sitting, site: Site) -> None:
    screen = sit()
    screen.sign_in("wang", at=begun(site, State.DRAFT))
    assert screen.page.locator(".actions a[href$='/submit']").count() == 0
    why = screen.page.locator("#why-submit")
    assert why.is_visible() and len(why.inner_text()) > 5


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_wrong_input_keeps_what_was_typed_and_leads_to_the_mistake(sit: Sitting, language: Language) -> None:
    screen = sit(language)
    road = Road(screen)
    road.find_household()
    screen.page.click("main a[href*='/cases/new?kind=special']")
    screen.fill({"event_kind": "fire", "event_on": "2031-01-01", "story": "锅炉房起火", "grade": "2"})
    screen.send()
    summary = screen.page.locator(".error-summary")
    assert summary.evaluate("one => one === document.activeElement")
    assert screen.page.locator("#story").input_value() == "锅炉房起火"
    assert screen.page.locator("#event_on").input_value() == "2031-01-01"
    assert screen.page.locator("#event_on").get_attribute("aria-invalid") == "true"
    summary.locator("a[href='#event_on']").click()
    assert screen.page.locator("#event_on").evaluate("one => one === document.activeElement")
