"""Is a decision on paper written over with its photo, compared by a second person, and counted as its signer's?"""

from __future__ import annotations

from relief import clock
from relief.demo.papers import sample_paper
from relief.domain.workflow import State
from tests.browser.case_road import Road, begun
from tests.browser.conftest import Sitting
from tests.browser.site import Site


def test_a_paper_opinion_is_written_over_and_compared(sit: Sitting, site: Site) -> None:
    screen = sit()
    road = Road(screen, begun(site, State.SUBMITTED))
    _write_over(road)
    road.stands("submitted")
    assert "等待核对" in screen.words()
    paper = _compare(road)
    road.stands("opinion_given")
    assert "李建国" in screen.words("#opinion") and "情况属实" in screen.words("#opinion")
    screen.open(paper)
    assert "已核对并生效" in screen.words(".title-row")


def _write_over(road: Road) -> None:
    """The caseworker types what stands on the paper that the unit's chair signed."""
    screen = road.screen
    screen.sign_in("wang", at=road.case)
    screen.page.click(f".beside a[href='{road.case}/paper']")
    screen.page.click(f".actions a[href='{road.case}/paper/give_opinion']")
    screen.page.set_input_files(
        "main form.paper input[type=file]", [{"name": "决定.png", "mimeType": "image/png", "buffer": sample_paper()}]
    )
    signer = screen.page.locator("main form.paper [name=signer]")
    signer.select_option(label=signer.locator("option", has_text="李建国").inner_text())
    screen.fill({
        "signed_on": clock.today().isoformat(), "amount": "3000", "minutes_number": "东风工会会纪〔2026〕7号",
        "attendees": "李建国\n张立新", "note": "情况属实,同意上报",
    })  # fmt: skip
    screen.send()
    screen.accepted()


def _compare(road: Road) -> str:
    """The bureau's reviewer finds it on the desk, sees the photo beside the values, and applies it."""
    screen = road.screen
    screen.sign_in("chen")
    screen.page.click("main a.wait[href^='/transcripts/']")
    address = screen.path
    photo = screen.page.locator("img.paper-photo")
    assert photo.evaluate("one => one.complete && one.naturalWidth > 100")
    assert "3,000.00" in screen.words("#typed") and "东风工会会纪〔2026〕7号" in screen.words("#typed")
    screen.page.click("main form.paper .form-end button.btn-primary")
    assert screen.page.locator("#same-error").count() == 1
    screen.fill({"same": "y"})
    screen.send()
    screen.accepted()
    return address
