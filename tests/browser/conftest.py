"""What does every browser test get? A screen: Chromium before an office of its own, complaining about each error."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, sync_playwright

from relief.config import Settings
from tests.browser.person import DESKTOP, Language, Screen
from tests.browser.site import Site, fill, in_folder, moved_into, served

# Chromium's own pages, paint holding and service extras cost a fifth of every page load and nobody sees them here.
UNSEEN = (
    "WebUIOmniboxPopup", "InitialWebUI", "WebUIToolbar", "WebUIReloadButton", "PaintHolding", "RenderDocument",
    "Translate", "OptimizationHints", "MediaRouter", "DialMediaRouteProvider", "GlobalMediaControls", "LensOverlay",
    "HttpsUpgrades", "ThirdPartyStoragePartitioning", "DestroyProfileOnBrowserClose",
)  # fmt: skip
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync",
    "--disable-component-update", f"--disable-features={','.join(UNSEEN)}",
)  # fmt: skip
Sitting = Callable[..., Screen]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window, a quarter cheaper than the one with, started once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built(template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small office, built once; every test works on a copy of it."""
    if not template.startswith("sqlite"):
        pytest.skip("the browser visits an office on SQLite; the rooms are tested on both")
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(template.removeprefix("sqlite:///"), folder / "relief.db")
    settings = replace(base_settings, instance=folder, database_url=f"sqlite:///{folder / 'relief.db'}")
    fill(settings)
    return settings


@pytest.fixture(scope="session")
def place(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Where the offices of this process are served, one after another."""
    with served(in_folder(built, tmp_path_factory.mktemp("place") / "office")) as place:
        yield place


@pytest.fixture
def site(place: Site, built: Settings) -> Iterator[Site]:
    """An office of this test's own, as a server runs it."""
    with moved_into(place, built) as office:
        yield office


@contextmanager
def sitting(chromium: Browser, site: Site, language: Language, size: tuple[int, int]) -> Iterator[Screen]:
    """A screen at a site; at the end nothing may have gone wrong unseen."""
    width, height = size
    context = chromium.new_context(
        locale=language, viewport={"width": width, "height": height}, has_touch=width < 600, accept_downloads=True
    )
    context.set_default_timeout(20_000)
    screen = Screen(site, context, context.new_page(), language)
    screen.watch()
    yield screen
    context.close()
    assert not screen.troubles + site.door.troubles, screen.troubles + site.door.troubles


@pytest.fixture
def sit(chromium: Browser, site: Site) -> Iterator[Sitting]:
    """Sit down at a screen of the site, in a language and a size."""
    with ExitStack() as open_screens:

        def down(language: Language = "zh-CN", size: tuple[int, int] = DESKTOP) -> Screen:
            return open_screens.enter_context(sitting(chromium, site, language, size))

        yield down
