"""Can a festival of 300 households be decided in one sitting, in a browser?"""

from __future__ import annotations

import subprocess
from pathlib import Path

import sqlalchemy as sa

from relief.cases.models import Case
from relief.db import db, transaction
from relief.domain.money import Money
from relief.households.models import Account
from relief.persons.models import Person
from relief.windows.service import open_window
from tests.browser.conftest import Sitting
from tests.browser.list_road import new_meeting
from tests.browser.look import faults, foreign, sideways
from tests.browser.person import PHONE, Screen
from tests.browser.site import Site
from tests.build import the_office
from tests.build_cases import some_money
from tests.rooms.lists.bureau import FESTIVAL, JANUARY
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
    screen.fill({"why": "银行卡号待核实", "note": "同意", **new_meeting()})
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
