"""Can somebody who mistypes, who tried too often, or who never had a password get in, in a browser?"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from relief.accounts import invitations, service
from relief.domain.permissions import Role
from tests.browser.conftest import Sitting
from tests.browser.look import faults, foreign, sideways
from tests.browser.person import DESKTOP, PHONE, Language, Screen
from tests.browser.site import Site
from tests.build import PASSWORD, the_office

WRONG, NEW = "wrong horse battery", "大雪压青松青松挺且直"
FOCUSED = "() => document.activeElement.className"


@dataclass(frozen=True)
class Words:
    """What the pages say in one language."""

    language: Language
    size: tuple[int, int]
    mistyped: str
    locked: str
    differ: str
    done: str
    gone: str


CHINESE = Words(
    "zh-CN", DESKTOP, "用户名或密码不正确。", "登录失败次数过多，请于 2026年", "两次输入的密码不一致。",
    "密码已设置，请登录。", "链接",
)  # fmt: skip
ENGLISH = Words(
    "en-US", PHONE, "User name and password do not fit together.", "Too many failed tries. You can try again from",
    "The two passwords differ.", "Your password is set. Sign in with it now.", "link",
)  # fmt: skip
both = pytest.mark.parametrize("words", [CHINESE, ENGLISH], ids=lambda words: words.language)


def attempt(screen: Screen, username: str, password: str) -> None:
    screen.fill({"username": username, "password": password})
    screen.send()


def refused(screen: Screen, sentence: str) -> None:
    """The page says why above the form, whoever cannot see is led there, and nothing is wrong with it."""
    assert sentence in screen.words(".error-summary")
    assert screen.page.evaluate(FOCUSED) == "error-summary"
    assert not faults(screen.page) and not foreign(screen.page) and not sideways(screen.page)


@both
def test_a_wrong_password_keeps_the_name(sit: Sitting, words: Words) -> None:
    screen = sit(words.language, words.size)
    screen.open("/households")
    assert screen.path.startswith("/sign-in")
    attempt(screen, "wang", WRONG)
    refused(screen, words.mistyped)
    assert (screen.page.input_value("#username"), screen.page.input_value("#password")) == ("wang", "")
    screen.fill({"password": PASSWORD})
    screen.send()
    assert screen.path == "/households", "where the person wanted to go"


@both
def test_five_wrong_passwords_lock_that_name_for_a_while(sit: Sitting, site: Site, words: Words) -> None:
    screen = sit(words.language, words.size)
    screen.open("/sign-in")
    for _ in range(5):
        attempt(screen, "wang", WRONG)
        assert words.mistyped in screen.words(".error-summary")
    attempt(screen, "wang", PASSWORD)
    refused(screen, words.locked)
    sit(words.language, words.size).sign_in_by_page("chen")
    site.wait_minutes(16)
    attempt(screen, "wang", PASSWORD)
    assert screen.path == "/"


@both
def test_one_leaves_by_the_account_menu_and_another_signs_in(sit: Sitting, words: Words) -> None:
    screen = sit(words.language, words.size)
    for username, name in (("wang", "王秀兰"), ("chen", "陈静")):
        screen.sign_in_by_page(username)
        assert name in (screen.page.locator("details.account > summary").text_content() or "")


@both
def test_a_link_leads_to_a_first_password_and_in(sit: Sitting, site: Site, words: Words) -> None:
    link = an_invitation(site)
    screen = sit(words.language, words.size)
    screen.open(link)
    assert "shanxiaoming" in screen.words()
    assert not faults(screen.page) and not foreign(screen.page) and not sideways(screen.page)
    screen.fill({"password": NEW, "again": NEW[:-1]})
    screen.send()
    refused(screen, words.differ)
    screen.fill({"password": NEW, "again": NEW})
    screen.send()
    assert screen.path == "/sign-in"
    assert words.done in screen.words("body")
    attempt(screen, "shanxiaoming", NEW)
    assert screen.path == "/"
    response = screen.open(link)
    assert response.status == 410
    assert words.gone in screen.words()


def an_invitation(site: Site) -> str:
    """The address of a fresh link for somebody who has no password yet."""
    with site.app.app_context():
        office = the_office()
        user = service.add_user(
            name="单晓明", resident_id="230126199003030073", union_id=office.hongqi.id, roles=(Role.CASEWORKER,),
            by=office.wei,
        )  # fmt: skip
        return f"/invitation/{invitations.invite(user.id, by=office.wei).code}"
