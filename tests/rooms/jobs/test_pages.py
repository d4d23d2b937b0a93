"""Can long work be watched, left and come back to, with and without JavaScript?"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief.jobs import running
from relief.jobs.running import run_now
from relief.jobs.service import ask
from tests.build import Office, an_office, sign_in
from tests.rooms.jobs import works  # noqa: F401 - registers the works


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def test_a_running_job_asks_for_itself_each_second_and_has_a_link_for_those_without_script(
    app: Flask, client: FlaskClient, office: Office
) -> None:
    job = ask("test.count", "k", {"to": 9}, by=office.wang)
    running._claim(job.id).progress(9, 9)
    sign_in(client, office, "wang")
    page = client.get(f"/jobs/{job.id}", headers={"Accept-Language": "en"}).text
    assert f'hx-get="/jobs/{job.id}/progress" hx-trigger="every 1s"' in page
    assert f'href="/jobs/{job.id}"' in page
    assert "9 / 9" in page


def test_a_finished_job_leads_to_its_result_and_asks_no_more(app: Flask, client: FlaskClient, office: Office) -> None:
    job = run_now(ask("test.count", "k", {"to": 1}, by=office.wang))
    sign_in(client, office, "wang")
    part = client.get(f"/jobs/{job.id}/progress").text
    assert "hx-get" not in part
    assert 'href="/account"' in part


def test_a_failed_job_says_why_and_can_be_started_again(app: Flask, client: FlaskClient, office: Office) -> None:
    job = run_now(ask("test.refuse", "k", {}, by=office.wang))
    sign_in(client, office, "wang")
    assert "3 rows too many" in client.get(f"/jobs/{job.id}", headers={"Accept-Language": "en"}).text
    answer = client.post(f"/jobs/{job.id}/again")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/jobs/{job.id}")
    assert client.post(f"/jobs/{job.id}/again").status_code == 409


def test_the_list_holds_my_jobs_and_nobody_elses(app: Flask, client: FlaskClient, office: Office) -> None:
    mine = ask("test.count", "mine", {"to": 1}, by=office.wang)
    other = ask("test.count", "other", {"to": 1}, by=office.zhao, union_id=office.hongqi.id)
    sign_in(client, office, "wang")
    page = client.get("/jobs").text
    assert f"/jobs/{mine.id}" in page
    assert f"/jobs/{other.id}" not in page
    assert client.get(f"/jobs/{other.id}").status_code == 404
    assert client.get(f"/jobs/{other.id}/progress").status_code == 404
    assert client.post(f"/jobs/{other.id}/again").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    for address in ("/jobs", "/jobs/1", "/jobs/1/progress"):
        assert client.get(address).status_code == 303
