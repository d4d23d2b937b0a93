"""Is a printed visit sheet typed by keyboard alone, an unchanged household in at most forty keys, a slip mended?"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from relief import clock
from relief.db import db
from relief.domain.visit_codes import Aspect
from relief.files.models import Attachment
from relief.households.models import Household
from relief.visits.given import VisitorGiven
from relief.visits.models import Promise, Visit
from relief.visits.observations import seen_in
from relief.visits.service import log_visit
from relief.visits.sheet_models import VisitSheet
from tests.browser.conftest import Sitting
from tests.browser.look import faults, sideways
from tests.browser.person import DESKTOP, PHONE, Language, Screen
from tests.browser.site import Site, at_work
from tests.build import the_office

MOST_KEYS = 40


@dataclass
class Keys:
    """A keyboard that counts; no mouse."""

    screen: Screen
    pressed: int = 0

    def type(self, text: str) -> None:
        """Each character is a key."""
        self.pressed += len(text)
        self.screen.page.keyboard.type(text)

    def enter(self, times: int = 1) -> None:
        """Go on, or keep the row."""
        for _ in range(times):
            self.pressed += 1
            self.screen.page.keyboard.press("Enter")

    def chord(self, keys: str) -> None:
        """Two keys at once."""
        self.pressed += 2
        self.screen.page.keyboard.press(keys)


def seen_before(site: Site) -> None:
    """Both households were visited once."""
    with at_work(site.app):
        office = the_office()
        for place, household in enumerate(db.session.scalars(sa.select(Household).order_by(Household.id))):
            log_visit(
                household.id, client_uuid=f"00000000-0000-4000-8000-00000000000{place}", kind="care",
                on=clock.today(), visitors=[VisitorGiven(office.wang.person_id)],
                seen={Aspect.HOUSING: "砖房", Aspect.HEATING: "烧煤", Aspect.FOOD: "够吃"}, by=office.wang,
            )  # fmt: skip


def new_sheet(screen: Screen) -> str:
    """王秀兰 and 张立新 go to both households; the code of the sheet."""
    screen.sign_in("wang", at="/visits/sheets/new")
    page = screen.page
    page.fill("[name=find]", "单雄信")
    page.click("button[name=look]")
    page.fill("[name=find]", "张桂兰")
    page.check("li:has-text('单雄信') input[name=households]")
    page.click("button[name=look]")
    page.check("li:has-text('张桂兰') input[name=households]")
    page.check("label:has-text('张立新') input[name=visitors]")
    screen.send()
    screen.accepted()
    return screen.words("h1").split()[-1]


def focused(screen: Screen) -> str:
    """The name of the field that has the focus."""
    return str(screen.page.evaluate("document.activeElement.name"))


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_a_sheet_is_typed_by_keyboard_alone(site: Site, sit: Sitting, language: Language) -> None:
    seen_before(site)
    screen = sit(language, DESKTOP)
    code = new_sheet(screen)
    screen.open(f"/visits/sheets/{code}")
    assert focused(screen) == "row1-result"
    unchanged(screen)
    assert focused(screen) == "row2-result"
    changed(screen)
    screen.page.locator("#sheet-progress .state-good").wait_for()
    kept(site, code)
    photos(site, screen, code)


def unchanged(screen: Screen) -> None:
    """One figure says it all; Enter goes through the rest, as on the paper."""
    keys = Keys(screen)
    keys.type("1")
    keys.enter()
    assert focused(screen) == "row1-hands"
    while focused(screen) != "row1-next":
        assert not focused(screen).startswith("row1-seen")
        keys.enter()
    keys.type("3")
    keys.enter()
    screen.page.locator("#row-1 .state-good").wait_for()
    assert keys.pressed <= MOST_KEYS // 2


def changed(screen: Screen) -> None:
    """What differs is written; a slip is shown at its field, and all that was typed is still there."""
    keys, page = Keys(screen), screen.page
    keys.type("2")
    keys.enter(5)
    assert focused(screen) == "row2-seen_housing"
    keys.type("1")
    keys.enter()
    keys.type("炉子坏了")
    keys.enter(5)
    assert focused(screen) == "row2-themes"
    keys.type("3x")
    keys.enter()
    keys.type("想修炉子")
    keys.enter()
    keys.type("联系修炉子")
    keys.enter()
    keys.type("0320")
    keys.chord("Control+Enter")
    page.locator("#row2-themes-error").wait_for()
    assert focused(screen) == "row2-themes"
    assert page.input_value("[name=row2-note]") == "想修炉子"
    assert page.input_value("[name=row2-seen_heating]") == "炉子坏了"
    keys.type("3")
    keys.chord("Control+Enter")
    page.locator("#row-2 .state-good").wait_for()


def kept(site: Site, code: str) -> None:
    """Two visits, as they were typed."""
    with at_work(site.app):
        sheet = db.session.scalars(sa.select(VisitSheet).where(VisitSheet.code == code)).one()
        first, second = (db.session.get_one(Visit, row.visit_id) for row in sheet.rows)
        assert first.unchanged
        assert seen_in(second) == {Aspect.HOUSING: "砖房", Aspect.HEATING: "炉子坏了"}
        promise = db.session.scalars(sa.select(Promise)).one()
        assert (promise.visit_id, promise.text) == (second.id, "联系修炉子")


def photos(site: Site, screen: Screen, code: str) -> None:
    """Dropped at once, each finds its row by its name or by being chosen."""
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "JPEG")
    named = {"name": f"{code}-2.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    Image.new("RGB", (8, 8), "black").save(picture := io.BytesIO(), "JPEG")
    unnamed = {"name": "IMG_7.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    page = screen.page
    page.set_input_files("[name=photos]", files=[named, unnamed])
    selects = page.locator(".row-of select")
    assert selects.nth(0).input_value() == "2"
    assert selects.nth(1).input_value() == ""
    selects.nth(1).select_option("1")
    with page.expect_navigation():
        page.click(".batch .form-end button")
    assert not page.locator(".batch .error-summary").count()
    with at_work(site.app):
        sheet = db.session.scalars(sa.select(VisitSheet).where(VisitSheet.code == code)).one()
        rows = {row.visit_id: row.place for row in sheet.rows}
        held = db.session.execute(sa.select(Attachment.subject_id, Attachment.name)).all()
        assert {(rows[visit], name) for visit, name in held} == {(2, f"{code}-2.jpg"), (1, "IMG_7.jpg")}


def test_a_row_is_skipped_with_one_figure_and_the_paper_comes_down(site: Site, sit: Sitting, tmp_path: Path) -> None:
    screen = sit("zh-CN", DESKTOP)
    code = new_sheet(screen)
    with screen.page.expect_download() as coming:
        screen.page.click("a[href$='/paper']")
    paper = tmp_path / "paper.pdf"
    coming.value.save_as(paper)
    assert paper.read_bytes().startswith(b"%PDF")
    screen.open(f"/visits/sheets?code={code.replace('-', '').lower()}")
    keys = Keys(screen)
    keys.type("3")
    keys.enter()
    screen.page.locator("#row-1 .state-waits").wait_for()
    assert keys.pressed == 2
    assert focused(screen) == "row2-result"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_the_pages_fit_and_are_accessible(site: Site, sit: Sitting, language: Language, size: tuple[int, int]) -> None:
    seen_before(site)
    screen = sit(language, size)
    code = new_sheet(screen)
    for path in (f"/visits/sheets/{code}", "/visits/sheets", "/visits/sheets?code=K7M4P2", "/visits/sheets/new"):
        screen.open(path)
        assert sideways(screen.page) <= 0, path
        assert not faults(screen.page), path
