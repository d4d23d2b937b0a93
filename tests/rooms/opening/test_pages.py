"""The pages of past awards: sent in, looked at, confirmed, come back to, taken away, mended, dropped."""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from relief.audit.models import AccessEntry
from relief.db import db
from relief.domain.errors import NotAllowed, WrongState
from relief.households.models import Household
from relief.jobs.models import Job
from relief.jobs.running import run_now
from relief.opening import service
from relief.opening.reading import read_award_file
from tests.awards_book import BOOK, id_of
from tests.build import Office, sign_in
from tests.rooms.opening.books import a_book, a_row, a_running, how_many, lines_of

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def zhou(client: FlaskClient, office: Office, households: list[Household]) -> FlaskClient:
    sign_in(client, office, "zhou")
    return client


def send(browser: FlaskClient, content: bytes, name: str = "发放表.xlsx") -> TestResponse:
    return browser.post("/opening/new", data={"file": (BytesIO(content), name)}, headers=ENGLISH)


def sent(browser: FlaskClient, content: bytes | None = None) -> str:
    """The address of the import's page."""
    answer = send(browser, content or a_book(a_row(1), a_row(2), a_row(3, "旅游"), running=(a_running(1),)))
    assert answer.status_code == 303
    return answer.location


def page(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.text


def test_an_empty_list_says_how_to_begin(zhou: FlaskClient) -> None:
    text = page(zhou, "/opening")
    assert "No past award was taken over yet" in text
    assert 'href="/opening/new"' in text and 'href="/opening/sample"' in text and 'href="/funds"' in text
    assert 'href="/opening/sample"' in page(zhou, "/opening/new")
    assert 'href="/opening"' in page(zhou, "/")


def test_a_file_is_looked_at_before_anything_changes(zhou: FlaskClient) -> None:
    text = page(zhou, sent(zhou))
    assert "Take over 3 rows, 1 stay out" in text
    assert '<span lang="zh-Hans">旅游</span> is no kind of aid that is known here.' in text
    assert "Nothing has changed yet" in text
    assert "¥2,000.00" in text
    assert how_many() == 0
    assert "发放表.xlsx" in page(zhou, "/opening")


def test_it_is_confirmed_runs_in_the_background_and_shows_what_it_did(zhou: FlaskClient) -> None:
    content = a_book(a_row(1), a_row(2), running=(a_running(1),))
    address = sent(zhou, content)
    assert zhou.post(f"{address}/confirm").location == address
    assert zhou.post(f"{address}/confirm").location == address
    job = db.session.scalars(sa.select(Job)).one()
    text = page(zhou, address)
    assert f'hx-get="/jobs/{job.id}/progress"' in text
    assert "/confirm" not in text and "/drop" not in text
    assert "Being imported" in page(zhou, "/opening")
    run_now(job)
    assert f'href="{address}"' in page(zhou, f"/jobs/{job.id}")
    text = page(zhou, address)
    assert "New past awards" in text and "hx-get" not in text
    assert how_many() == 3
    assert len(lines_of("opening.confirm")) == 1
    assert "The very same file was imported" not in text
    assert "The very same file was imported" in page(zhou, sent(zhou, content))


def test_what_is_through_or_dropped_is_not_confirmed_again(zhou: FlaskClient, office: Office) -> None:
    address = sent(zhou)
    number = int(address.rsplit("/", 1)[1])
    zhou.post(f"{address}/confirm")
    with pytest.raises(WrongState):
        service.drop(number, by=office.zhou)
    run_now(db.session.scalars(sa.select(Job)).one())
    for verb in (service.confirm, service.drop):
        with pytest.raises(WrongState):
            verb(number, by=office.zhou)
        with pytest.raises(NotAllowed):
            verb(number, by=office.wu)


def test_a_dropped_file_is_gone_with_its_rows(zhou: FlaskClient, office: Office) -> None:
    address = sent(zhou)
    assert zhou.post(f"{address}/drop", headers=ENGLISH).location == "/opening"
    text = page(zhou, address)
    assert "Nothing was taken over from it" in text and "旅游" not in text
    assert len(lines_of("opening.drop")) == 1
    with pytest.raises(WrongState):
        service.confirm(int(address.rsplit("/", 1)[1]), by=office.zhou)
    assert how_many() == 0


def test_rejected_rows_come_back_with_why_are_mended_and_taken(zhou: FlaskClient) -> None:
    address = sent(zhou, a_book(a_row(1), a_row(3, "旅游"), running=(a_running(2, last="长期"),)))
    answer = zhou.get(f"{address}/rejected", headers=ENGLISH)
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert id_of(3) not in answer.headers["Content-Disposition"]
    paid, running = read_award_file(answer.data)
    assert (paid.sheet, running.sheet) == ("2026年发放表", "持续救助")
    [row], [standing] = paid.rows, running.rows
    assert (row.get("resident_id"), row.get("kind"), row.get("returned")) == (
        id_of(3), "旅游", "旅游 is no kind of aid that is known here.",
    )  # fmt: skip
    assert standing.get("returned") == "长期 is no month."
    assert db.session.scalars(sa.select(AccessEntry.what)).all() == ["download"]


def test_rows_are_filtered_and_turned_page_by_page(zhou: FlaskClient) -> None:
    address = sent(zhou, a_book(*(a_row(1, batch=f"第{number}批") for number in range(60)), a_row(2, "旅游")))
    first = page(zhou, f"{address}/rows")
    assert 'rel="next"' in first and "旅游" not in first
    after = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = page(zhou, after)
    assert "旅游" in second and 'rel="prev"' in second
    rejected = page(zhou, f"{address}/rows?outcome=rejected")
    assert rejected.count("<tr>") == 2 and "旅游" in rejected
    assert "No row fits these filters" in page(zhou, f"{address}/rows?outcome=warned")


def test_no_page_shows_a_whole_number(zhou: FlaskClient) -> None:
    address = sent(zhou, BOOK.read_bytes())
    for path in ("/opening", address, f"{address}/rows", f"{address}/rows?outcome=rejected"):
        assert id_of(1)[:12] not in page(zhou, path)


def test_the_sample_is_read_and_its_rows_are_nobodys(zhou: FlaskClient) -> None:
    answer = zhou.get("/opening/sample")
    tables = read_award_file(answer.data)
    assert [table.form for table in tables] == ["paid", "paid", "standing"]
    text = page(zhou, sent(zhou, answer.data))
    assert "Take over" not in text and "3" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "not a workbook"), (a_book(("张桂兰",), header=("姓名",)), "Resident ID, Kind of aid, Amount")],
)
def test_a_file_that_cannot_be_taken_is_refused_at_its_field(zhou: FlaskClient, content: bytes, said: str) -> None:
    answer = send(zhou, content)
    assert answer.status_code == 422
    assert said in answer.text and 'id="file-error"' in answer.text
    assert "Choose the workbook." in zhou.post("/opening/new", data={}, headers=ENGLISH).text


def test_the_pages_are_the_accountants_and_the_reviewers(client: FlaskClient, office: Office) -> None:
    for who, status in (("zhou", 200), ("chen", 200), ("wu", 403), ("wang", 403), ("feng", 403), ("chu", 403)):
        sign_in(client, office, who)
        assert client.get("/opening").status_code == status
        assert client.get("/opening/new").status_code == status
        assert client.get("/opening/999").status_code == (404 if status == 200 else 403)
