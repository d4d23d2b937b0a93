"""Can everybody read every page? axe finds nothing, nothing scrolls sideways at 390 px, no page mixes languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Response

from relief.config import Settings
from relief.db import db
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.households.models import Household
from relief.vouchers.models import Voucher
from tests.browser.conftest import sitting
from tests.browser.look import faults, foreign, sideways
from tests.browser.person import SCREENS, Screen
from tests.browser.site import Site, moved_into
from tests.build import a_household, the_office
from tests.build_cases import a_case, a_paid_case, a_sheet

PAGES = (
    ("", "/sign-in"), ("", "/verify/{token}"), ("", "/verify/no-such-code"), ("", "/invitation"),
    ("wang", "/"), ("wang", "/households"), ("wang", "/households/{household}"), ("wang", "/households/open"),
    ("wang", "/households/{household}/edit"), ("wang", "/households/{household}/members/add"),
    ("wang", "/households/{household}/account"), ("wang", "/households/{household}/consents/add"),
    ("wang", "/search?q=zgl"), ("wang", "/visits"), ("wang", "/visits/new"),
    ("wang", "/visits/new?household={household}"), ("wang", "/promises"), ("wang", "/rosters"), ("wang", "/rosters/new"),
    ("wang", "/cases"), ("wang", "/cases/{draft}"), ("wang", "/cases/{draft}/edit"), ("wang", "/cases/{draft}/submit"),
    ("wang", "/households/{household}/cases/new"), ("wang", "/notices"), ("wang", "/account"),
    ("wang", "/cases/{on_notice}"), ("wang", "/cases/{on_notice}/withdraw"),
    ("li", "/"), ("li", "/cases/{submitted}"), ("li", "/cases/{submitted}/give-opinion"),
    ("li", "/cases/{submitted}/send-back"), ("li", "/cases/{submitted}/refuse"), ("li", "/meetings"),
    ("li", "/meetings/new"),
    ("chen", "/"), ("chen", "/cases/{forwarded}"), ("chen", "/cases/{forwarded}/review"),
    ("chen", "/cases/{closed}/follow-up"),
    ("sun", "/cases/{in_approval}"), ("sun", "/cases/{in_approval}/approve"),
    ("sun", "/"),
    ("zhou", "/"), ("zhou", "/sheets"), ("zhou", "/sheets/start"), ("zhou", "/sheets/{draft_sheet}"),
    ("zhou", "/sheets/{draft_sheet}/gather"), ("zhou", "/sheets/{draft_sheet}/submit"), ("zhou", "/funds"),
    ("zhou", "/funds/{fund}"), ("zhou", "/funds/{fund}/announce"), ("zhou", "/sheets/{sheet}/download"),
    ("wu", "/"), ("wu", "/sheets/{waiting_sheet}"), ("wu", "/sheets/{waiting_sheet}/release"), ("wu", "/confirm"),
    ("zheng", "/"), ("zheng", "/sheets/{sheet}"), ("zheng", "/sheets/{sheet}/results"), ("zheng", "/vouchers"),
    ("zheng", "/vouchers/{voucher}"), ("zheng", "/vouchers/{voucher}/sign"),
    ("wu", "/vouchers/{voucher}/void"),
    ("feng", "/"), ("feng", "/record"), ("feng", "/permissions"), ("feng", "/cases/{closed}"),
    ("chu", "/"), ("chu", "/jobs"), ("chu", "/unions"), ("wei", "/"), ("wei", "/users"), ("wei", "/users/new"),
    ("wei", "/permissions"),
)  # fmt: skip
FORMS = (("wang", "/households/{household}/cases/new"), ("wang", "/visits/new?household={household}"))
Ids = dict[str, object]


@pytest.fixture(scope="module")
def furnished(place: Site, built: Settings) -> Iterator[tuple[Site, Ids]]:
    """An office with a case at each step, sheets at each step, and a voucher."""
    with moved_into(place, built) as site:
        with site.app.app_context():
            ids = _furnish()
            db.session.remove()
        yield site, ids


def _furnish() -> Ids:
    office = the_office()
    names = iter(["马文才", "祝英台", "梁山伯", "贺知章", "陆游", "文天祥", "岳飞", "杜甫", "李白", "王维"])
    ids: Ids = {}

    def household() -> Household:
        return a_household(office, next(names), union=office.dongfeng)

    for state in (State.DRAFT, State.SUBMITTED, State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL):
        ids[state.value] = a_case(office, state, household=household()).id
    fund = find_fund("F4")
    ids["fund"] = fund.id if fund else 0
    ids["closed"] = a_paid_case(office, household=household()).id
    voucher = db.session.scalars(sa.select(Voucher)).one()
    ids |= {"voucher": voucher.id, "token": voucher.token, "sheet": voucher.sheet_id}
    for name, state in (("waiting_sheet", "submitted"), ("draft_sheet", "draft")):
        case = a_case(office, State.APPROVED, household=household(), money=False)
        ids[name] = a_sheet(office, case, state=state).id
    ids["household"] = db.session.scalars(sa.select(Household.id).order_by(Household.id)).first()
    return ids


@pytest.fixture(scope="module", params=SCREENS.values(), ids=SCREENS.keys())
def screen(request: pytest.FixtureRequest, chromium: Browser, furnished: tuple[Site, Ids]) -> Iterator[Screen]:
    """One screen for all pages of a language and a size."""
    with sitting(chromium, furnished[0], *request.param) as opened:
        yield opened


def open_as(screen: Screen, who: str, address: str) -> Response:
    """The page as this person sees it; whoever sat there before gets up."""
    if screen.who != who:
        screen.be(who)
    return screen.open(address)


def _judge(screen: Screen) -> None:
    found = [f"sideways by {sideways(screen.page)} px"] if sideways(screen.page) > 0 else []
    found += [f"other language: {text}" for text in foreign(screen.page)]
    found += faults(screen.page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("who", "address"), PAGES, ids=[f"{who} {address}" for who, address in PAGES])
def test_a_page_is_for_everybody(screen: Screen, furnished: tuple[Site, Ids], who: str, address: str) -> None:
    status = open_as(screen, who, address.format(**furnished[1])).status
    assert status == (404 if "no-such" in address else 200)
    _judge(screen)


@pytest.mark.parametrize(("who", "address"), FORMS, ids=[address for _who, address in FORMS])
def test_a_form_with_errors_is_for_everybody(
    screen: Screen, furnished: tuple[Site, Ids], who: str, address: str
) -> None:
    open_as(screen, who, address.format(**furnished[1]))
    screen.send()
    assert screen.page.locator(".error-summary").count()
    _judge(screen)


def test_axe_and_the_language_check_see_what_is_planted(screen: Screen) -> None:
    screen.open("/sign-in")
    screen.page.evaluate(
        "() => { document.querySelector('main').innerHTML += '<img src=x.png><p>Not yet translated sentence</p>"
        "<p>没有标注的中文</p>'; }".replace("x.png", "/static/mark.svg")
    )
    assert any(fault.startswith("image-alt") for fault in faults(screen.page))
    other = "没有标注的中文" if screen.language == "en-US" else "Not yet translated sentence"
    assert foreign(screen.page) == [other]
