"""The pages of rosters: sent in, looked at, confirmed, left and come back to, taken away, dropped."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from relief import clock
from relief.db import db
from relief.households.models import Household
from relief.households.roster_import import stage
from relief.households.roster_models import RosterImport, RosterRow
from relief.households.roster_reading import read_roster_file
from relief.jobs.models import Job
from relief.jobs.running import run_now
from tests.build import PASSWORD, Office, an_id, an_office, sign_in
from tests.rooms.households.rosters import a_book, a_row

ENGLISH = {"Accept-Language": "en"}
MESSY = (
    a_row(1), a_row(2, "李建"), a_row(3, "王伟", 单位="西山林场"), a_row(4, "赵强", 银行卡号="6228482677354684874"),
)  # fmt: skip


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


@pytest.fixture
def wang(client: FlaskClient, office: Office) -> FlaskClient:
    sign_in(client, office, "wang")
    return client


def send(browser: FlaskClient, content: bytes, name: str = "名册.xlsx") -> TestResponse:
    return browser.post("/rosters/new", data={"file": (BytesIO(content), name)}, headers=ENGLISH)


def sent(browser: FlaskClient, *rows: list[object], members: list[list[object]] | None = None) -> str:
    """The address of the import's page."""
    answer = send(browser, a_book(list(rows or MESSY), members))
    assert answer.status_code == 303
    return answer.location


def page(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.text


def test_an_empty_list_says_how_to_begin(wang: FlaskClient) -> None:
    text = page(wang, "/rosters")
    assert "No roster was sent in yet" in text
    assert 'href="/rosters/new"' in text
    assert 'href="/rosters/template"' in page(wang, "/rosters/new")


def test_a_file_is_looked_at_before_anything_changes(wang: FlaskClient) -> None:
    address = sent(wang)
    text = page(wang, address)
    assert "Import 3 households, 1 rows stay out" in text
    assert 'There is no unit called <span lang="zh-Hans">西山林场</span>.' in text  # a name on an English page is marked
    assert text.index("Rejected households") < text.index("Households to be checked")
    assert "Nothing has changed yet" in text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Household)) == 0
    assert "名册.xlsx" in page(wang, "/rosters")


def test_it_is_confirmed_runs_in_the_background_and_shows_what_it_did(wang: FlaskClient) -> None:
    address = sent(wang)
    assert wang.post(f"{address}/confirm").location == address
    job = db.session.scalars(sa.select(Job)).one()
    text = page(wang, address)
    assert f'hx-get="/jobs/{job.id}/progress"' in text
    assert f'href="/jobs/{job.id}"' in text
    assert "Drop the file" not in text
    job = run_now(job)
    assert f'href="{address}"' in page(wang, f"/jobs/{job.id}")
    text = page(wang, address)
    assert "Files opened" in text
    assert "hx-get" not in text
    assert "/confirm" not in text
    rows = page(wang, f"{address}/rows?applied=created")
    number = db.session.scalars(sa.select(Household.number).limit(1)).one()
    assert number in rows
    assert "王伟" not in rows


def test_the_same_file_once_more_is_told(wang: FlaskClient) -> None:
    content = a_book(list(MESSY))
    address = send(wang, content).location
    assert "The very same file was imported" not in page(wang, address)
    wang.post(f"{address}/confirm")
    run_now(db.session.scalars(sa.select(Job)).one())
    assert "The very same file was imported" in page(wang, send(wang, content).location)


def test_accounts_are_not_changed_from_a_browser_that_was_left_open(wang: FlaskClient) -> None:
    address = sent(wang)
    assert f'<input type="hidden" name="back" value="{address}">' in page(wang, address)
    clock.set_shift(clock.shift() + timedelta(minutes=16))
    answer = wang.post(f"{address}/confirm", data={"back": address})
    assert answer.location == f"/confirm?next={address}"
    assert db.session.scalars(sa.select(RosterImport)).one().state == "previewed"
    assert wang.post("/confirm", data={"password": PASSWORD, "next": address}).location == address
    assert wang.post(f"{address}/confirm").location == address


def test_an_import_that_was_cut_off_can_go_on(wang: FlaskClient, office: Office) -> None:
    roster = stage(a_book(list(MESSY)), file_name="名册.xlsx", by=office.wang)
    roster_id = roster.id
    db.session.execute(sa.update(RosterImport).values(state="applying"))
    db.session.commit()
    text = page(wang, f"/rosters/{roster_id}")
    assert "cut off before its end" in text
    wang.post(f"/rosters/{roster_id}/confirm")
    run_now(db.session.scalars(sa.select(Job)).one())
    assert db.session.get_one(RosterImport, roster_id).state == "applied"


def test_rejected_rows_are_a_workbook_under_a_plain_name(wang: FlaskClient) -> None:
    answer = wang.get(f"{sent(wang)}/rejected", headers=ENGLISH)
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert "attachment" in answer.headers["Content-Disposition"]
    [row] = read_roster_file(answer.data).rows
    assert (row.get("name"), row.get("unit")) == ("王伟", "西山林场")
    assert wang.get("/rosters/template").mimetype == answer.mimetype


def test_a_dropped_file_is_gone_with_its_rows(wang: FlaskClient) -> None:
    address = sent(wang)
    assert wang.post(f"{address}/drop", headers=ENGLISH).location == "/rosters"
    assert "No household changed" in page(wang, address)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RosterRow)) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a workbook"),
        (b"PK\x03\x04 nothing", "not a workbook"),
        (a_book([["曹明"]], header=["姓名"]), "Resident ID, Unit, Category of hardship"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_at_its_field(wang: FlaskClient, content: bytes, said: str) -> None:
    answer = send(wang, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'id="file-error"' in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RosterImport)) == 0


def test_no_file_is_a_sentence_and_so_is_a_second_one(wang: FlaskClient) -> None:
    assert "Choose the workbook." in wang.post("/rosters/new", data={}, headers=ENGLISH).text
    two = [(BytesIO(a_book([a_row(1)])), "a.xlsx"), (BytesIO(a_book([a_row(2)])), "b.xlsx")]
    assert wang.post("/rosters/new", data={"file": two}, headers=ENGLISH).status_code == 422


def test_no_page_shows_a_whole_number(wang: FlaskClient) -> None:
    address = sent(wang, a_row(1), a_row(2, 身份证号=an_id(sequence=5)[:-1] + "Y"), members=[])
    wang.post(f"{address}/confirm")
    run_now(db.session.scalars(sa.select(Job)).one())
    for path in ("/rosters", address, f"{address}/rows", f"{address}/rows?outcome=rejected"):
        assert an_id(sequence=3)[:12] not in page(wang, path)


def test_rows_are_turned_page_by_page_and_filtered(wang: FlaskClient) -> None:
    address = sent(wang, *(a_row(number, "曹明") for number in range(1, 61)), a_row(70, "王伟", 单位="西山林场"))
    first = page(wang, f"{address}/rows")
    assert 'rel="next"' in first
    assert first.count("<tr>") == 51
    only = page(wang, f"{address}/rows?outcome=rejected")
    assert only.count("<tr>") == 2
    assert "No row fits" in page(wang, f"{address}/rows?sheet=members")


@pytest.mark.parametrize("path", ["", "/rows", "/rejected", "/confirm", "/drop"])
def test_another_units_import_is_as_a_missing_one(
    app: Flask, client: FlaskClient, office: Office, path: str
) -> None:
    import_id = stage(a_book(list(MESSY)), file_name="名册.xlsx", by=office.wang).id
    sign_in(client, office, "zhao")
    ask = client.post if path in ("/confirm", "/drop") else client.get
    answers = [ask(f"/rosters/{number}{path}") for number in (import_id, import_id + 1000)]
    assert [one.status_code for one in answers] == [404, 404]
    assert "名册.xlsx" not in client.get("/rosters").text


def test_who_may_not_import_gets_no_page(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "li")
    assert client.get("/rosters").status_code == 403
    assert client.post("/rosters/new").status_code == 403
