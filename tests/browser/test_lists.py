"""Can a festival of 300 households be decided in one sitting, and does each kind of list go its road in a browser?"""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from relief.cases.models import Case
from relief.db import db, transaction
from relief.domain.money import Money
from relief.households.models import Account
from relief.persons.models import Person
from relief.windows.models import AidWindow
from relief.windows.service import open_window
from tests.browser.conftest import Sitting
from tests.browser.look import faults, foreign, sideways
from tests.browser.person import PHONE, Screen
from tests.browser.site import Site
from tests.build import the_office
from tests.build_cases import some_money
from tests.rooms.lists.bureau import FESTIVAL, JANUARY, ready_household
from tests.rooms.lists.many import festival

UNITS, EACH, ODD, OUT = 12, 25, 9, 7
# The categories in turn: in each unit seven deep, six each of relative, accident and bureau; a kit of 200 for each.
SPRING_FESTIVAL = Money.yuan(7 * 1_500 + 12 * 1_000 + 6 * 600 + EACH * 200) * UNITS


def a_festival(site: Site) -> int:
    """The window with its lists at the point where the chair decides, nine cards in doubt; the window's number."""
    site.move_to(JANUARY)
    with site.app.app_context():
        office = the_office()
        some_money("F4", 500_000)
        window = open_window(*FESTIVAL, by=office.chen)
        number = window.id
        festival(office, window, UNITS, EACH)
        with transaction():
            some = sa.select(Account).where(Account.household_id.in_(sa.select(Case.household_id)))
            for account in db.session.scalars(some.order_by(Account.id).limit(ODD)).all():
                account.passes_luhn = False
        return number


def new_meeting(day: date) -> dict[str, str]:
    return {"meeting": "new", "number": "兴林办纪1号", "meeting_on": str(day), "attendees": "孙德福\n刘志强"}


def test_a_festival_of_300_households_is_decided_in_one_sitting(sit: Sitting, site: Site, tmp_path: Path) -> None:
    window = a_festival(site)
    screen = sit()
    screen.sign_in("sun")
    for part in ("12个单位", "300户", "9户异常", "公示最迟日"):
        assert part in screen.words(f"#window-{window}")
    screen.page.click(f"#window-{window} a[href$='#exceptions']")
    assert screen.page.locator("#exceptions tbody tr").count() == ODD
    assert not faults(screen.page) and not foreign(screen.page)
    _paper_names_everybody(screen, site, tmp_path)
    taken = _take_out(screen, OUT)
    assert {"293", "7"} <= set(screen.words().split())
    day = site.after_working_days(0)
    screen.fill({"why": "银行卡号待核实", "note": "同意", **new_meeting(day)})
    fund = screen.page.locator("form.paper .choice, form.paper label", has_text="F4").first
    fund.click()
    screen.send(sure=True)
    screen.accepted()
    with site.app.app_context():
        passed = db.session.scalars(sa.select(Case).where(Case.state == "approved")).all()
        out = db.session.scalars(sa.select(Case).where(Case.id.in_(taken))).all()
        assert [len(passed), {(row.state, row.lifted) for row in out}] == [293, {("in_approval", True)}]
        amount = sum((row.approved for row in passed), start=Money(0))
        assert amount + sum((row.proposed for row in out), start=Money(0)) == SPRING_FESTIVAL
    assert f"已批准293户，¥{amount}" in screen.words()
    _on_a_phone(sit, window)


def _paper_names_everybody(screen: Screen, site: Site, folder: Path) -> None:
    with screen.page.expect_download() as coming:
        screen.page.click("main a[href$='/paper']")
    paper = folder / "paper.pdf"
    coming.value.save_as(paper)
    text = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    with site.app.app_context():
        wanted = sa.select(Person.name).join(Case, Case.applicant_id == Person.id)
        names = set(db.session.scalars(wanted))
    assert len(names) == UNITS * EACH
    assert not {name for name in names if name not in text}


def _take_out(screen: Screen, number: int) -> list[int]:
    """Mark rows among the exceptions, and go on to the numbers."""
    boxes = screen.page.locator("#exceptions input[name=out]")
    taken = []
    for place in range(number):
        boxes.nth(place).check()
        taken.append(int(boxes.nth(place).get_attribute("value") or 0))
    with screen.page.expect_navigation():
        screen.page.click("form.sitting button.btn-primary")
    return taken


def _on_a_phone(sit: Sitting, window: int) -> None:
    phone = sit(size=PHONE)
    phone.sign_in("sun")
    with phone.site.app.app_context():
        made = db.session.scalar(sa.select(sa.func.min(Case.list_id)))
    for path in ("/", f"/windows/{window}", f"/lists/{made}", "/windows"):
        phone.open(path)
        assert (sideways(phone.page), faults(phone.page)) == (0, []), path


# kind, code, the day on which it is worked, who decides
KINDS = (
    ("seasonal", "2026-spring", date(2026, 3, 11), "liu"),
    ("winter", "2026-winter", date(2026, 8, 5), "liu"),
    ("spring_festival", "2027-festival", JANUARY, "sun"),
)


@pytest.mark.parametrize(("kind", "code", "day", "decides"), KINDS, ids=[kind[0] for kind in KINDS])
def test_each_kind_of_list_goes_its_road(
    sit: Sitting, site: Site, kind: str, code: str, day: date, decides: str
) -> None:  # fmt: skip
    site.move_to(day)
    with site.app.app_context():
        office = the_office()
        for name in ("贺一", "贺二"):
            ready_household(office, name)
    screen = sit()
    screen.sign_in("chen")
    screen.open("/windows")
    with screen.page.expect_navigation():
        screen.page.locator("#coming form", has=screen.page.locator(f"[value='{kind}/{code}']")).locator("button").click()
    window = screen.path
    made = _list_through_notice(screen, window)
    site.move_to(site.after_working_days(6))
    screen.sign_in("chen")
    step(screen, made, "review", {"note": "同意"})
    screen.sign_in(decides)
    screen.open(window)
    with screen.page.expect_navigation():
        screen.page.click("form.sitting button.btn-primary")
    if decides == "sun":
        screen.fill(new_meeting(site.after_working_days(0)))
    screen.page.locator("form.paper label", has_text="F4").first.click()
    screen.send(sure=True)
    screen.accepted()
    with site.app.app_context():
        kept = db.session.scalars(sa.select(Case).where(Case.window_id == sa.select(AidWindow.id).scalar_subquery()))
        rows = kept.all()
        assert len(rows) >= 2
        assert {row.state for row in rows if row.state != "draft"} == {"approved"}


def _list_through_notice(screen: Screen, window: str) -> str:
    """The unit makes its list and takes it to the board; the list's address."""
    screen.sign_in("wang")
    screen.open(window)
    with screen.page.expect_navigation():
        screen.page.select_option("#union", label="东风林场")
        screen.page.click("#units form button.btn-primary")
    made = screen.path
    step(screen, made, "submit", {})
    screen.sign_in("li")
    meeting = {"meeting": "new", "number": "东风会纪1号", "attendees": "李建国\n王秀兰"}
    step(screen, made, "give-opinion", {**meeting, "note": "情况属实"})
    screen.sign_in("wang")
    step(screen, made, "post-notice", {"place": "林场公示栏"})
    return made


def step(screen: Screen, made: str, verb: str, given: dict[str, str]) -> None:
    """One step of the whole list, from its button to the list again."""
    screen.open(made)
    screen.page.click(f".next a[href$='/{verb}']")
    screen.fill(given)
    screen.send()
    screen.accepted()
    assert screen.path == made
