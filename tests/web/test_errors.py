"""Do errors answer calmly, alike, in both languages, and with the same headers as every page?"""

from __future__ import annotations

import errno

import pytest
from flask.testing import FlaskClient

from relief.web.errors import PAGES, status_of_fault

MISSING = ("/nope", "/form/../../etc", "/refused/missing", "/static/nope.css")


@pytest.mark.parametrize("client", ["zh", "en"])
def test_every_404_has_the_same_body(client: str, request: pytest.FixtureRequest) -> None:
    browser: FlaskClient = request.getfixturevalue(client)
    bodies = {browser.get(address).get_data() for address in MISSING}
    assert len(bodies) == 1
    assert {browser.get(address).status_code for address in MISSING} == {404}


@pytest.mark.parametrize(
    ("what", "status"), [("rule", 422), ("state", 409), ("hands", 403), ("stale", 409), ("missing", 404)]
)
def test_a_refusal_outside_a_form_is_its_page(zh: FlaskClient, what: str, status: int) -> None:
    answer = zh.get(f"/refused/{what}")
    assert answer.status_code == status
    assert "<h1>" in answer.get_data(as_text=True)


def test_each_status_has_words_in_both_languages(zh: FlaskClient, en: FlaskClient) -> None:
    assert set(PAGES) >= {400, 403, 404, 405, 413, 429, 500, 503, 507}
    assert "没有找到这个页面" in zh.get("/nope").get_data(as_text=True)
    assert "This page was not found" in en.get("/nope").get_data(as_text=True)


def test_405_says_which_ways_are_open(zh: FlaskClient) -> None:
    answer = zh.delete("/form")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_too_large_is_413(zh: FlaskClient) -> None:
    assert zh.post("/form", data={"words": "x" * 2_100_000}).status_code == 413


@pytest.mark.parametrize(("number", "status"), [(errno.EIO, 500), (errno.ENOSPC, 507)])
def test_a_fault_is_a_page_without_its_inside(zh: FlaskClient, number: int, status: int) -> None:
    answer = zh.get(f"/broken?errno={number}")
    assert answer.status_code == status
    assert "broken on purpose" not in answer.get_data(as_text=True)


def test_a_database_that_is_gone_is_503() -> None:
    from sqlalchemy.exc import OperationalError

    assert status_of_fault(OperationalError("select 1", {}, Exception("database is locked"))) == 503
    assert status_of_fault(OperationalError("insert", {}, Exception("database or disk is full"))) == 507


@pytest.mark.parametrize("address", ["/", "/form", "/nope", "/broken", "/refused/hands", "/static/css/ground.css"])
def test_the_headers_stand_on_everything(zh: FlaskClient, address: str) -> None:
    headers = zh.get(address, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/form", "/nope", "/broken", "/static/nope.css"])
def test_pages_and_errors_are_kept_by_no_cache(zh: FlaskClient, address: str) -> None:
    assert zh.get(address).headers["Cache-Control"] == "no-store"


def test_hsts_only_over_https(zh: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in zh.get("/").headers
    assert "max-age=31536000" in zh.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]


def test_pages_hold_no_style_attribute_and_no_inline_script(zh: FlaskClient) -> None:
    for address in ("/", "/form", "/nope"):
        page = zh.get(address).get_data(as_text=True)
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<script>" not in page
