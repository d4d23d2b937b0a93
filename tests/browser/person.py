"""What does somebody at a screen do? Sign in, read the state of what is open, follow a step, fill its form, send it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, TimeoutError

from tests.browser.site import Site
from tests.build import PASSWORD

Language = Literal["zh-CN", "en-US"]
DESKTOP, PHONE = (1280, 900), (390, 844)
SCREENS: dict[str, tuple[Language, tuple[int, int]]] = {
    "Chinese, desktop": ("zh-CN", DESKTOP),
    "English, phone": ("en-US", PHONE),
}
on_two_screens = pytest.mark.parametrize(("language", "size"), SCREENS.values(), ids=SCREENS.keys())
REFUSED = "Failed to load resource: the server responded with a status of 4"  # a refused form; the test looks at it


@dataclass
class Screen:
    """A browser at the site, one person at a time; what goes wrong in it gathers in `troubles`."""

    site: Site
    context: BrowserContext
    page: Page
    language: Language
    troubles: list[str] = field(default_factory=list)
    who: str = ""

    def watch(self) -> None:
        """Note what a person would not see: errors of scripts and of the page's policy."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REFUSED):
            self.troubles.append(f"console: {message.text}")

    def open(self, path: str) -> Response:
        """Go to an address of the site."""
        response = self.page.goto(self.site.url + path)
        assert response is not None
        return response

    def sign_in(self, username: str, at: str = "/") -> None:
        """Be this person, on their desk or `at` another page: a session is begun without the pages that ask for it."""
        self.be(username)
        self.open(at)
        assert self.path == at, self.words()

    def be(self, username: str) -> None:
        """From the next page on this browser is this person's; nobody's when there is no name."""
        self.context.clear_cookies()
        self.who = username
        if username:
            cookie = {"name": self.site.app.config["SESSION_COOKIE_NAME"], "value": self.site.session_of(username)}
            self.context.add_cookies([{**cookie, "url": self.site.url}])

    def sign_in_by_page(self, username: str) -> None:
        """Leave by the account menu if somebody is there, then sign in with user name and password."""
        if self.page.locator("details.account").count():
            self.page.click("details.account > summary")
            self.page.click("form[action='/sign-out'] button")
        self.open("/sign-in")
        self.page.fill("#username", username)
        self.page.fill("#password", PASSWORD)
        self.send()
        assert self.path == "/", self.words()
        self.who = username

    @property
    def path(self) -> str:
        """Where the browser stands, without the site."""
        return "/" + self.page.url.removeprefix(self.site.url).lstrip("/")

    def words(self, selector: str = "main") -> str:
        """What can be read there."""
        return self.page.locator(selector).first.inner_text(timeout=5_000)

    def state(self) -> str:
        """The state in words beside the title."""
        return self.words(".title-row .state")

    def find_on_desk(self, address: str) -> None:
        """Go from the desk to what waits there."""
        if self.path != "/":
            self.open("/")
        self.page.click(f"main a.wait[href='{address}']")

    def step(self, verb: str) -> None:
        """Press the button of a step on the page of a case, sheet or voucher; a missing one tells why it is not there."""
        button = self.page.locator(f".actions a[href$='/{verb}']")
        try:
            button.wait_for(timeout=10_000)
        except TimeoutError:
            pytest.fail(f"{self.who} finds no way to {verb} on {self.path}: {self.words('.actions')}")
        button.click()

    def fill(self, given: Mapping[str, str]) -> None:
        """Fill fields by their names: text, a choice of a list, a radio."""
        for name, value in given.items():
            one = self.page.locator(f"main form.paper [name='{name}']")
            if one.first.get_attribute("type") in ("radio", "checkbox"):
                self.page.check(f"main form.paper [name='{name}'][value='{value}']")
            elif one.first.evaluate("field => field.tagName") == "SELECT":
                one.select_option(value)
            else:
                one.fill(value)

    def send(self, *, sure: bool = False) -> None:
        """Press the main button of the form; `sure` says yes to the question that comes first."""
        with self.page.expect_navigation():
            self.page.click("main form.paper .form-end button.btn-primary")
            if sure:
                self.page.click("#relief-confirm button[value=yes]")

    def accepted(self) -> None:
        """What was sent was not refused."""
        summary = self.page.locator(".error-summary")
        assert not summary.count(), summary.inner_text()

    def do(self, verb: str, given: Mapping[str, str] | None = None, *, sure: bool = False) -> None:
        """A step from its button to the page that it leads to; it must not be refused."""
        self.step(verb)
        self.fill(given or {})
        self.send(sure=sure)
        self.accepted()
