"""Does a test fail when something goes wrong that nobody looked at: an answer of 500, a missing file, a broken script?"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import sitting
from tests.browser.person import DESKTOP
from tests.browser.site import Site


def test_a_missing_file_is_told(chromium: Browser, site: Site) -> None:
    with (
        pytest.raises(AssertionError, match="404 NOT FOUND /static/no-such.css"),
        sitting(chromium, site, "zh-CN", DESKTOP) as screen,
    ):
        screen.open("/sign-in")
        screen.page.evaluate("() => fetch('/static/no-such.css').then(answer => answer.text())")


def test_an_answer_of_500_is_told(chromium: Browser, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(site.app.view_functions, "accounts.sign_in", lambda: 1 / 0)
    with (
        pytest.raises(AssertionError, match="500 INTERNAL SERVER ERROR /sign-in"),
        sitting(chromium, site, "zh-CN", DESKTOP) as screen,
    ):
        screen.open("/sign-in")


def test_a_broken_script_and_what_the_policy_forbids_are_told(chromium: Browser, site: Site) -> None:
    with (
        pytest.raises(AssertionError) as caught,
        sitting(chromium, site, "zh-CN", DESKTOP) as screen,
    ):
        screen.open("/sign-in")
        with screen.page.expect_event("pageerror"):
            screen.page.evaluate("() => { setTimeout(() => { throw new Error('it broke'); }); }")
        with screen.page.expect_console_message():
            screen.page.evaluate("() => document.body.setAttribute('onclick', 'alert(1)')")
    assert "script: it broke" in str(caught.value)
    assert "Content Security Policy" in str(caught.value)
