"""Does the gallery look and behave in a real browser? Both languages, desk and phone, without a complaint of axe."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

AXE = (Path(__file__).parents[1] / "browser/vendor/axe.min.js").read_text(encoding="utf-8")
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
VIEWS = [pytest.param((language, size), id=f"{language}-{size['width']}")
         for language in ("zh-CN", "en") for size in (DESK, PHONE)]  # fmt: skip


@pytest.fixture(params=VIEWS)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A page in one of four views; whatever the browser complains of fails the test."""
    language, size = request.param
    yield from _opened(chromium, language, size)


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    yield from _opened(chromium, "en", DESK)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    yield from _opened(chromium, "zh-CN", PHONE)


def _opened(chromium: Browser, language: str, size: dict[str, int]) -> Iterator[Page]:
    context = chromium.new_context(locale=language, viewport=size)  # type: ignore[arg-type]
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" and "status of" not in said.text else None,
    )
    yield page
    context.close()
    assert complaints == []


def findings(page: Page, within: str = "html") -> list[str]:
    """What axe says against the page; it is run past the page's own policy, which would not let it in."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE})
    found = page.evaluate("(part) => axe.run(part, {resultTypes: ['violations']})", within)
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_axe_sees_a_planted_fault(desk: Page, address: str) -> None:
    desk.goto(f"{address}/form")
    desk.evaluate("document.querySelector('label[for=amount]').remove()")
    assert any(one.startswith("label") for one in findings(desk))


@pytest.mark.parametrize("path", ["/?state=paid", "/form?signed_out=1&large=1", "/nope"])
def test_pages_fit_and_axe_finds_nothing(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    assert findings(page) == []
    assert fits(page)


def test_a_form_with_errors_fits_and_axe_finds_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/form")
    page.fill("#amount", "１２３")
    page.click("main button[type=submit]")
    expect(page.locator(".error-summary")).to_be_focused()
    assert findings(page) == []
    assert fits(page)
    page.click(".error-summary a[href='#amount']")
    expect(page.locator("#amount")).to_be_focused()
    expect(page.locator("#amount")).to_have_value("１２３")


def test_open_menus_fit_and_axe_finds_nothing(page: Page, address: str) -> None:
    page.goto(address)
    for summary in page.locator("summary:visible").all():
        summary.click()
        assert findings(page, "details[open]") == []
        assert fits(page)
        page.keyboard.press("Escape")


def test_the_menu_is_at_the_side_or_at_the_foot(desk: Page, phone: Page, address: str) -> None:
    desk.goto(address)
    phone.goto(address)
    assert desk.locator(".sidebar").is_visible() and not desk.locator(".phone-bar").is_visible()
    assert phone.locator(".phone-bar").is_visible() and not phone.locator(".sidebar").is_visible()


def test_a_step_of_consequence_asks_first(desk: Page, address: str) -> None:
    desk.goto(address)
    desk.click("text=结案")
    expect(desk.locator("#relief-confirm")).to_be_visible()
    assert findings(desk) == []
    desk.click("#relief-confirm [value=no]")
    expect(desk.locator("#relief-confirm")).to_be_hidden()
    desk.click("text=结案")
    with desk.expect_request(lambda asked: asked.method == "POST"):
        desk.click("#relief-confirm [value=yes]")


def test_two_clicks_send_once(desk: Page, address: str) -> None:
    sent = []
    desk.goto(f"{address}/form")
    desk.on(
        "request",
        lambda asked: sent.append(asked.url) if asked.method == "POST" and "drafts" not in asked.url else None,
    )
    desk.route("**/form", lambda route: (desk.wait_for_timeout(300), route.continue_()))
    desk.evaluate(
        "() => { const b = document.querySelector('main button[type=submit]'); b.click(); b.click(); b.click(); }"
    )
    expect(desk.locator(".error-summary")).to_be_visible()
    assert len(sent) == 1


def test_a_draft_saves_itself_after_a_pause(desk: Page, address: str) -> None:
    desk.goto(f"{address}/form")
    with desk.expect_request("**/drafts/event%3A1") as asked:
        desk.fill("#words", "屋顶漏雨")
    assert "屋顶漏雨" in (asked.value.post_data or "")
    assert "csrf_token" not in (asked.value.post_data or "")
    assert asked.value.headers["x-csrftoken"]
    expect(desk.locator("[data-draft-state]")).to_contain_text("Draft saved")


def test_without_a_connection_the_draft_says_so(desk: Page, address: str) -> None:
    desk.goto(f"{address}/form")
    desk.route("**/drafts/**", lambda route: route.fulfill(status=503))
    desk.fill("#words", "x")
    expect(desk.locator("[data-draft-state]")).to_contain_text("Draft not saved")


def test_one_tap_fills_what_is_unchanged(phone: Page, address: str) -> None:
    phone.goto(f"{address}/form")
    phone.click("[data-fill=words]")
    expect(phone.locator("#words")).to_have_value("屋顶漏雨")


def test_the_words_for_other_show_when_other_is_picked(desk: Page, address: str) -> None:
    desk.goto(f"{address}/form")
    expect(desk.locator("#cause_other")).to_be_hidden()
    desk.check("input[name=cause][value=other]")
    expect(desk.locator("#cause_other")).to_be_visible()


def test_a_large_photo_leaves_smaller(phone: Page, address: str) -> None:
    picture = BytesIO()
    Image.effect_noise((3000, 1500), 90).convert("RGB").save(picture, "JPEG", quality=95)
    phone.goto(f"{address}/form")
    phone.set_input_files("#photos", {"name": "屋.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()})
    expect(phone.locator(".chosen-files li")).to_contain_text("照片已压缩")
    size = phone.evaluate(
        "createImageBitmap(document.querySelector('#photos').files[0]).then((one) => [one.width, one.height])"
    )
    assert size == [2000, 1000]


def test_a_job_asks_for_itself_until_it_is_done(desk: Page, address: str) -> None:
    desk.goto(address)
    expect(desk.locator("#job-done")).to_be_visible()


def test_the_language_is_changed_from_the_account(desk: Page, address: str) -> None:
    desk.goto(f"{address}/?state=paid")
    desk.click(".account summary")
    desk.click(".account button[value=zh_Hans_CN]")
    expect(desk.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert desk.url == f"{address}/?state=paid"


def test_focus_is_seen(desk: Page, address: str) -> None:
    desk.goto(f"{address}/form")
    desk.focus("#amount")
    assert desk.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_topbar_stays_while_reading(desk: Page, address: str) -> None:
    desk.goto(address)
    desk.evaluate("window.scrollTo(0, 900)")
    assert desk.evaluate("document.querySelector('.topbar').getBoundingClientRect().top") == 0


def test_it_prints_without_menus(desk: Page, address: str) -> None:
    desk.goto(address)
    desk.emulate_media(media="print")
    for part in (".topbar", ".sidebar", ".demo-bar", ".actions", ".filters"):
        assert not desk.locator(part).first.is_visible()
    assert desk.locator(".story").first.is_visible()
