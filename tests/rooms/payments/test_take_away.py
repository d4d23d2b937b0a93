"""Taking a sheet away: masked for readers, in full for a reason that is logged, the same bytes once it is released."""

from __future__ import annotations

import io
from urllib.parse import unquote

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from relief.audit.models import AccessEntry
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.files.models import IssuedDocument
from relief.jobs.models import Job
from relief.jobs.running import run_now
from relief.payments.issuing import prepare_file, take_away
from relief.persons.models import Person
from tests.rooms.money.asking import get, of_a_unit, post, rows_of
from tests.rooms.money.ready import a_sheet, approved

FULL = {"copy": "archive", "language": "zh_Hans_CN", "reason": "pay"}
MASKED = {"copy": "masked", "language": "zh_Hans_CN", "reason": None}


def taken(sheet, by, **asked):
    prepare_file(sheet.id, **asked, by=by)
    return take_away(sheet.id, **asked, by=by)


def cells(content):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [str(cell) for row in rows for cell in row]


def text_of(content):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace(" ", "")


@pytest.fixture
def released(world):
    return a_sheet(world, approved(world, 2), "submit", "release")


def test_the_archive_workbook_holds_full_numbers_as_text_and_the_total(world, released):
    file = taken(released, world.office.zhou, file_format="xlsx", **FULL)
    assert file.file_name == f"发放明细表_{released.number}_归档版.xlsx"
    row = rows_of(released)[0]
    payee = db.session.get_one(Person, row.payee_id)
    found = cells(file.content)
    assert row.account_number in found and payee.resident_id in found and payee.phone in found
    assert any("人民币贰仟元整" in cell for cell in found) and "2000.0" in found


def test_the_masked_copy_holds_none_of_them(world, released):
    row = rows_of(released)[0]
    secret = (row.account_number, db.session.get_one(Person, row.payee_id).resident_id)
    for file_format, read in (("xlsx", lambda content: "".join(cells(content))), ("pdf", text_of)):
        said = read(taken(released, world.office.feng, file_format=file_format, **MASKED).content)
        assert not any(number in said for number in secret) and row.account_tail in said
    assert db.session.scalars(db.select(AccessEntry).where(AccessEntry.what == "sheet.archive")).all() == []


def test_an_archive_copy_needs_the_right_and_a_reason_and_leaves_a_line(world, released):
    with pytest.raises(NotAllowed):
        taken(released, world.office.sun, file_format="pdf", **FULL)
    with pytest.raises(RuleBroken) as refused:
        taken(released, world.office.zhou, file_format="pdf", **(FULL | {"reason": "because"}))
    assert refused.value.field == "reason"
    with pytest.raises(NotYours):
        taken(released, of_a_unit(world.office.zhou, 2), file_format="pdf", **FULL)
    file = taken(released, world.office.zhou, file_format="pdf", **FULL)
    said = text_of(file.content)
    assert "周会" in said and rows_of(released)[0].account_number in said
    (line,) = db.session.scalars(db.select(AccessEntry).where(AccessEntry.what == "sheet.archive"))
    assert (line.actor, line.subject_id, line.reason) == ("周会", released.id, "pay")


def test_once_released_the_same_bytes_are_served_for_ever(world, released):
    first = taken(released, world.office.zhou, file_format="xlsx", **FULL)
    payee = db.session.get_one(Person, rows_of(released)[0].payee_id)
    payee.phone_masked = "139****0000"
    db.session.commit()
    assert taken(released, world.office.wu, file_format="xlsx", **FULL).content == first.content
    kept = db.session.scalars(db.select(IssuedDocument).where(IssuedDocument.kind == "sheet")).all()
    assert [(one.copy, one.language) for one in kept] == [("archive", "zh_Hans_CN")]


def test_the_background_renders_all_papers_of_a_released_sheet(world, released):
    job = db.session.scalars(db.select(Job)).one()
    assert run_now(job).state == "done"
    kept = db.session.scalars(db.select(IssuedDocument).where(IssuedDocument.subject_id == released.id)).all()
    assert {(one.copy, one.media_type.split("/")[1][:3]) for one in kept} == {
        ("archive", "vnd"), ("archive", "pdf"), ("masked", "vnd"), ("masked", "pdf"),
    }  # fmt: skip
    assert {one.file_name.rsplit("_", 1)[1] for one in kept} == {"归档版.xlsx", "归档版.pdf", "脱敏版.xlsx", "脱敏版.pdf"}


def test_a_draft_says_so_and_is_not_kept(world):
    sheet = a_sheet(world, approved(world, 1), "submit")
    file = taken(sheet, world.office.zhou, file_format="pdf", **MASKED)
    assert "未放款" in text_of(file.content) and file.file_name.endswith("脱敏版_草稿未放款.pdf")
    assert db.session.scalars(db.select(IssuedDocument)).all() == []


def test_the_form_leads_to_the_file(world, browser, released):
    address = f"/sheets/{released.id}/download"
    asked = {"copy": "archive", "file_format": "xlsx", "language": "zh_Hans_CN"}
    without = post(browser, world.office, "zhou", address, **asked)
    assert without.status_code == 422 and "Say why the full numbers are needed" in without.text
    done = post(browser, world.office, "zhou", address, reason="audit", **asked)
    assert done.status_code == 303
    file = get(browser, world.office, "zhou", done.location)
    assert f"发放明细表_{released.number}_归档版.xlsx" in unquote(file.headers["Content-Disposition"])
    assert file.headers["Cache-Control"] == "no-store"
    assert get(browser, world.office, "sun", done.location).status_code == 403
    assert get(browser, world.office, "zhou", f"/sheets/{released.id}/file?copy=all").status_code == 404
    assert get(browser, world.office, "wang", address).status_code == 403
