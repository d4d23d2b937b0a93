"""How does a browser get a paper: under which name, with which headers, and with which line in the access log?"""

from __future__ import annotations

from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from relief.audit.models import AccessEntry
from relief.db import db
from relief.files.models import Attachment
from relief.files.service import attach
from relief.web.downloads import safe_name
from tests.build import Office, an_office, sign_in
from tests.rooms.files.papers import a_photo, a_scan


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def kept(office: Office, upload: object, kind: str = "identity") -> int:
    return attach(
        upload, subject="case", subject_id=5, household_id=None, union_id=office.dongfeng.id, kind=kind, by=office.wang
    ).id


def test_it_comes_as_an_attachment_under_a_name_of_ours(client: FlaskClient, office: Office) -> None:
    number = kept(office, a_scan("230126198001010011 张三.pdf"))
    sign_in(client, office, "wang")
    answer = client.get(f"/files/{number}", headers={"Accept-Language": "zh"})
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert f"-{number}.pdf" in disposition and "230126" not in disposition and quote("张三") not in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert answer.data == a_scan().content


def test_who_took_it_away_is_in_the_access_log(client: FlaskClient, office: Office) -> None:
    number = kept(office, a_scan())
    sign_in(client, office, "wang")
    client.get(f"/files/{number}")
    line = db.session.scalars(sa.select(AccessEntry)).one()
    assert (line.subject, line.subject_id, line.what, line.actor) == ("attachment", number, "download", "王秀兰")


def test_a_photo_has_a_small_picture_and_a_pdf_has_none(client: FlaskClient, office: Office) -> None:
    photo, scan = kept(office, a_photo()), kept(office, a_scan())
    sign_in(client, office, "wang")
    assert client.get(f"/files/{photo}/small").mimetype == "image/jpeg"
    assert client.get(f"/files/{scan}/small").status_code == 404


def test_others_get_the_answer_of_a_missing_page(client: FlaskClient, office: Office) -> None:
    number = kept(office, a_photo(), "diagnosis")
    sign_in(client, office, "zhao")
    for ending in ("", "/small", "/remove"):
        theirs, missing = client.get(f"/files/{number}{ending}"), client.get(f"/files/999999{ending}")
        assert (theirs.status_code, theirs.data) == (404, missing.data)
    sign_in(client, office, "zhou")
    assert client.get(f"/files/{number}").status_code == 404


def test_taking_off_asks_why_and_goes_back(client: FlaskClient, office: Office) -> None:
    number = kept(office, a_scan())
    sign_in(client, office, "wang")
    assert client.get(f"/files/{number}/remove?back=/cases/5").status_code == 200
    assert client.post(f"/files/{number}/remove", data={"back": "/cases/5"}).status_code == 422
    gone = client.post(f"/files/{number}/remove", data={"back": "/cases/5", "reason": "wrong person"})
    assert (gone.status_code, gone.headers["Location"]) == (303, "/cases/5")
    assert db.session.get(Attachment, number).removed_at is not None
    assert client.get(f"/files/{number}").status_code == 404


@pytest.mark.parametrize(
    "name, safe",
    [
        ("领款单 2026/02:3.pdf", "领款单-2026-02-3.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ('a"b\r\nX: y.pdf', "a-b-X-y.pdf"),
        (".pdf", "pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
