"""How do accountant, head of finance and cashier take a sheet from its start to its last signature, on the pages?"""

from __future__ import annotations

import subprocess
from pathlib import Path

from relief import clock
from tests.browser.person import Screen
from tests.build import PASSWORD


def make_sheet(screen: Screen, title: str, way: str = "transfer", fund: str = "F4") -> str:
    """The accountant starts a sheet of the fund, gathers all that may go on it, and submits it; its address."""
    screen.sign_in("zhou")
    screen.page.click("main a[href='/sheets/start']")
    number = screen.page.locator("#fund option", has_text=fund).get_attribute("value") or ""
    screen.fill({"fund": number, "way": way, "month": clock.today().strftime("%Y-%m"), "title": title})
    screen.send()
    screen.accepted()
    with screen.page.expect_navigation():
        screen.page.click("button[name=everything]")
    sheet = screen.path.split("?")[0]
    before = screen.words(".control .capitals")
    screen.do("submit")
    assert screen.words(".control .capitals") == before
    return sheet


def release(screen: Screen, sheet: str) -> None:
    """The head of finance finds the sheet on the desk, shows who he is once more, and lets the money go."""
    screen.sign_in("wu")
    screen.site.wait_minutes(20)
    screen.find_on_desk(sheet)
    screen.step("release")
    assert screen.path.startswith("/confirm")
    screen.fill({"password": PASSWORD})
    screen.send()
    assert screen.page.locator(".control .capitals").count()
    screen.send(sure=True)
    assert screen.state() == ("Released" if screen.language == "en-US" else "已放款")


def send(screen: Screen, sheet: str) -> None:
    """The cashier takes it to the bank, or out with the goods."""
    screen.sign_in("zheng", at=sheet)
    screen.do("send")


def record_all(screen: Screen, sheet: str) -> None:
    """Every row arrived at its account, or was signed for."""
    if screen.path != sheet:
        screen.open(sheet)
    screen.step("results")
    screen.page.fill("[name=on]", clock.today().isoformat())
    with screen.page.expect_navigation():
        screen.page.click("button[name=everything]")
    screen.accepted()


def saved(screen: Screen, button: str, folder: Path) -> str:
    """What stands on the paper that the button brings."""
    with screen.page.expect_download() as coming:
        screen.page.click(button)
    paper = folder / coming.value.suggested_filename
    coming.value.save_as(paper)
    assert paper.read_bytes().startswith(b"%PDF")
    read = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True)
    return read.stdout


def print_vouchers(screen: Screen, sheet: str, folder: Path) -> str:
    """The cashier prints all vouchers of the sheet in one go; their text."""
    screen.open(sheet)
    screen.page.click("main a[href*='/vouchers?']")
    return saved(screen, "form.print-form button", folder)
