"""Does the demo let a newcomer in by a click, change person, and move the day; and is none of it there otherwise?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from relief import clock, create_app
from relief.audit.service import record
from relief.config import Settings
from relief.db import transaction
from relief.demo.people import BUILDER, PLAYERS, build_office
from tests.browser.conftest import Sitting, sitting
from tests.browser.look import faults, foreign, sideways
from tests.browser.person import SCREENS, Language, Screen
from tests.browser.site import Site, at_work, served
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def demo(template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo's office without its year of cases, as `run demo` serves it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(template.removeprefix("sqlite:///"), folder / "relief.db")
    address = f"sqlite:///{folder / 'relief.db'}"
    settings = replace(base_settings, demo=True, instance=folder, database_url=address)
    with clock.moved_to(TODAY):
        with at_work(create_app(settings)):
            build_office()
            with transaction():
                record("demo.loaded", "union", None, by=BUILDER, changes={"stories": {"recovered": "/households"}})
        with served(settings) as site:
            yield site


@pytest.fixture(params=SCREENS.values(), ids=SCREENS.keys())
def visitor(request: pytest.FixtureRequest, chromium: Browser, demo: Site) -> Iterator[Screen]:
    """A newcomer before the demo."""
    with sitting(chromium, demo, *request.param) as screen:
        yield screen


def test_sign_in_is_one_card_per_person_of_the_office(visitor: Screen) -> None:
    visitor.open("/sign-in")
    assert visitor.page.locator(".demo-cards:not(.demo-stories) .demo-card").count() == len(PLAYERS)
    assert not faults(visitor.page) + foreign(visitor.page) and sideways(visitor.page) <= 0
    visitor.page.click("form[action$='/become/wang'] .demo-card")
    assert "王秀兰" in visitor.page.locator("details.account > summary").text_content()
    assert visitor.path == "/"


def test_a_story_opens_where_it_is_told(visitor: Screen) -> None:
    visitor.open("/sign-in")
    visitor.page.click(".demo-stories .demo-card")
    assert "王秀兰" in visitor.page.locator("details.account > summary").text_content()
    assert visitor.path == "/households"


def test_one_click_changes_person(visitor: Screen) -> None:
    visitor.open("/sign-in")
    visitor.page.click("form[action$='/become/wang'] .demo-card")
    visitor.page.click(".demo-bar details:has([action*='/become/']) > summary")
    assert not faults(visitor.page) + foreign(visitor.page) and sideways(visitor.page) <= 0
    visitor.page.click(".demo-bar form[action$='/become/chen'] button")
    assert "陈静" in visitor.page.locator("details.account > summary").text_content()


def test_the_next_working_day_moves_the_day(visitor: Screen) -> None:
    visitor.open("/sign-in")
    visitor.page.click("form[action$='/become/wang'] .demo-card")
    before = visitor.words(".demo-day")
    visitor.page.click(".demo-bar form[action$='/next-day'] button")
    after = visitor.words(".demo-day")
    assert after != before and after in visitor.words(".messages")
    assert "王秀兰" in visitor.page.locator("details.account > summary").text_content()


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_none_of_it_is_there_without_the_demo(sit: Sitting, language: Language) -> None:
    screen = sit(language)
    screen.open("/sign-in")
    assert not screen.page.locator(".demo-card, .demo-bar").count()
    screen.sign_in("wang")
    assert not screen.page.locator(".demo-bar").count()
    for path in ("/demo/become/wang", "/demo/next-day"):
        assert screen.context.request.post(screen.site.url + path).status == 404
    assert screen.context.request.get(screen.site.url + "/demo/paper.png").status == 404
