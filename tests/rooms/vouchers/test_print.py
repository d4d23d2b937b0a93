"""Print: each printing is counted, the second says 补打, a void one is red, and the page itself never changes."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.files.models import IssuedDocument
from relief.jobs.models import Job
from relief.jobs.running import run_now
from relief.vouchers import printing
from relief.vouchers import service as vouchers
from tests.rooms.money.asking import again, all_vouchers, get, lines_of, of_a_unit, post
from tests.rooms.money.ready import a_sheet, approved

ASKED = {"copy": "archive", "language": "zh_Hans_CN"}


@pytest.fixture
def sheet(world):
    return a_sheet(world, approved(world, 2), "submit", "release")


@pytest.fixture
def voucher(sheet):
    return all_vouchers()[0]


def text_of(content):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace(" ", "")


def test_each_printing_is_counted_and_recorded(world, voucher):
    vouchers.print_voucher(voucher.id, by=world.office.zhou)
    assert (again(voucher).state, voucher.printed) == ("printed", 1)
    vouchers.print_voucher(voucher.id, by=world.office.zheng)
    assert (again(voucher).state, voucher.printed) == ("printed", 2)
    assert [len(lines_of(f"voucher.{verb}", voucher.id)) for verb in ("print", "reprint")] == [1, 1]


def test_the_second_copy_says_that_it_is_a_reprint_over_the_same_page(world, browser, voucher):
    address = f"/vouchers/{voucher.id}/print"
    first = post(browser, world.office, "zhou", address, **ASKED)
    assert (first.status_code, first.mimetype) == (200, "application/pdf")
    said = text_of(first.data)
    assert voucher.number in said and "人民币壹仟元整" in said and "补打" not in said
    second = text_of(post(browser, world.office, "zhou", address, **ASKED).data)
    assert "补打第1次" in second and "周会" in second
    kept = db.session.scalars(db.select(IssuedDocument).where(IssuedDocument.kind == "voucher")).one()
    assert (kept.subject_id, kept.file_name) == (voucher.id, f"领款单_{voucher.number}_归档版.pdf")


def test_the_masked_copy_hides_id_and_account(world, browser, voucher):
    full = text_of(post(browser, world.office, "zhou", f"/vouchers/{voucher.id}/print", **ASKED).data)
    masked = post(browser, world.office, "zhou", f"/vouchers/{voucher.id}/print", **(ASKED | {"copy": "masked"}))
    account = db.session.get_one(type(voucher.payment), voucher.payment_id).account_number
    assert account in full and account not in text_of(masked.data)


def test_role_sight_and_method(world, browser, voucher):
    for who in ("feng", "sun", "wang"):
        with pytest.raises(NotAllowed):
            vouchers.print_voucher(voucher.id, by=getattr(world.office, who))
    with pytest.raises(NotYours):
        vouchers.print_voucher(voucher.id, by=of_a_unit(world.office.zhou, 3))
    assert get(browser, world.office, "zhou", f"/vouchers/{voucher.id}/print").status_code == 405
    assert post(browser, world.office, "feng", f"/vouchers/{voucher.id}/print", **ASKED).status_code == 403
    assert post(browser, world.office, "zhou", f"/vouchers/{voucher.id}/print", copy="all").status_code == 422
    assert again(voucher).printed == 0


def test_a_character_without_a_glyph_refuses_that_one_voucher_and_the_rest_go_on(world, browser, sheet):
    first, second = all_vouchers()
    with transaction():
        first.paper = first.paper.replace("张", "\U0003134a")
    with pytest.raises(RuleBroken, match="cannot be printed"):
        vouchers.print_voucher(first.id, by=world.office.zhou)
    assert again(first).printed == 0
    done = post(browser, world.office, "zhou", f"/vouchers/sheets/{sheet.id}/print", **ASKED)
    assert len(PdfReader(io.BytesIO(done.data)).pages) == 1 and again(second).printed == 1
    assert first.number in get(browser, world.office, "zhou", "/vouchers").text


def test_a_sheet_is_printed_in_one_file_and_each_page_equals_the_single_one(world, browser, sheet):
    together = post(browser, world.office, "zhou", f"/vouchers/sheets/{sheet.id}/print", **ASKED)
    pages = PdfReader(io.BytesIO(together.data)).pages
    assert len(pages) == 2 and [one.printed for one in all_vouchers()] == [1, 1]
    alone = printing.printed([all_vouchers()[1]], "archive", "zh_Hans_CN", by=world.office.zhou)
    assert PdfReader(io.BytesIO(alone)).pages[0].extract_text() == pages[1].extract_text()


def test_many_are_made_in_the_background_and_counted_once(world, browser, sheet, monkeypatch):
    monkeypatch.setattr(printing, "PRINTED_AT_ONCE", 1)
    asked = post(browser, world.office, "zhou", f"/vouchers/sheets/{sheet.id}/print", **ASKED)
    assert asked.status_code == 303 and "/jobs/" in asked.location
    job = db.session.scalars(db.select(Job).where(Job.kind == "vouchers.print")).one()
    assert "not ready yet" in get(browser, world.office, "zhou", f"/vouchers/prints/{job.id}").text
    done = run_now(job)
    assert (done.state, done.result) == ("done", {"url": f"/vouchers/prints/{job.id}"})
    assert "2 vouchers, a page each" in get(browser, world.office, "zhou", f"/vouchers/prints/{job.id}").text
    file = get(browser, world.office, "zhou", f"/vouchers/prints/{job.id}/file")
    assert len(PdfReader(io.BytesIO(file.data)).pages) == 2
    assert get(browser, world.office, "zheng", f"/vouchers/prints/{job.id}/file").status_code == 404
    assert [one.printed for one in all_vouchers()] == [1, 1]


def test_a_void_copy_is_marked_and_only_of_a_void_voucher(world, browser, voucher):
    with pytest.raises(WrongState):
        vouchers.print_void_copy(voucher.id, by=world.office.zhou)
    vouchers.void(voucher.id, version=again(voucher).version, reason="V01", note="卡纸", by=world.office.wu)
    with pytest.raises(WrongState):
        vouchers.print_voucher(voucher.id, by=world.office.zhou)
    copy = post(browser, world.office, "zhou", f"/vouchers/{voucher.id}/void-copy", **ASKED)
    said = text_of(copy.data)
    assert "作废" in said and "吴才" in said and voucher.number in said
