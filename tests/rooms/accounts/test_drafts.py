"""Is what was typed still there after the page went away, and only for its writer?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from relief.accounts import drafts
from relief.accounts.forms import UserForm
from relief.accounts.models import Draft
from relief.db import db, transaction
from relief.domain.errors import RuleBroken
from tests.build import Office, sign_in
from tests.rooms.accounts.record import lines

Later = Callable[..., None]
TYPED = {"seen": ["墙面开裂，炉子坏了"], "needs": ["fuel", "repair"]}
SCRIPT = Path(__file__).parents[3] / "relief" / "static" / "js" / "drafts.js"


def test_what_the_browser_sends_is_what_the_form_gets_back(client: FlaskClient, office: Office) -> None:
    sign_in(client, office, "wang")
    answer = client.post("/drafts/visit-new-12", data=TYPED, content_type="multipart/form-data")
    assert (answer.status_code, answer.data) == (204, b"")
    found = drafts.find_draft(office.wang, "visit-new-12")
    assert found == TYPED
    assert drafts.find_draft(office.users["wang"], "visit-new-12") == TYPED


def test_the_script_speaks_the_same_way() -> None:
    """The browser's half: same address, form fields, token in the header, and no redirect taken for an answer."""
    script = SCRIPT.read_text(encoding="utf-8")
    assert "fetch(`/drafts/${encodeURIComponent(form.dataset.draft)}`" in script
    for spoken in ('method: "POST"', "body: lines(form)", '"X-CSRFToken": token', 'redirect: "error"'):
        assert spoken in script
    kept_back = re.search(r'\[("[^\]]+)\]\.forEach\(\(name\) => kept\.delete', script)
    assert kept_back is not None
    assert set(re.findall(r'"(\w+)"', kept_back[1])) == drafts.NEVER_KEPT


def test_a_form_takes_it_as_it_is(app: Flask, office: Office) -> None:
    drafts.save_draft("user-new", {"name": ["单晓明"], "roles": ["caseworker", "cashier"]}, by=office.wei)
    with app.test_request_context("/users/new"):
        form = UserForm(MultiDict(drafts.find_draft(office.wei, "user-new")))
        assert form.name.data == "单晓明"
        assert [role.value for role in form.roles.data] == ["caseworker", "cashier"]


def test_the_later_one_stands(office: Office, later: Later) -> None:
    drafts.save_draft("visit", {"seen": ["a"]}, by=office.wang)
    first = drafts.find_draft(office.wang, "visit")
    later(minutes=1)
    drafts.save_draft("visit", {"seen": ["b"]}, by=office.wang)
    second = drafts.find_draft(office.wang, "visit")
    assert second == {"seen": ["b"]}
    assert second.saved_at > first.saved_at
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 1


def test_it_is_its_writers_alone(client: FlaskClient, office: Office) -> None:
    drafts.save_draft("visit", TYPED, by=office.wang)
    assert drafts.find_draft(office.li, "visit") is None
    sign_in(client, office, "li")
    assert client.delete("/drafts/visit").status_code == 204
    assert drafts.find_draft(office.wang, "visit") == TYPED


def test_it_is_sealed_where_it_lies(office: Office) -> None:
    drafts.save_draft("visit", TYPED, by=office.wang)
    assert "炉子" not in db.session.execute(sa.text("SELECT body FROM form_draft")).scalar_one()


def test_passwords_and_tokens_are_never_kept(office: Office) -> None:
    drafts.save_draft(
        "x", {"csrf_token": ["t"], "version": ["3"], "new_password": ["p"], "seen": ["a"]}, by=office.wang
    )
    assert drafts.find_draft(office.wang, "x") == {"seen": ["a"]}


def test_a_verb_throws_it_away_with_its_own_transaction(office: Office) -> None:
    drafts.save_draft("visit", TYPED, by=office.wang)
    with pytest.raises(RuntimeError), transaction():
        drafts.drop_draft("visit", office.wang)
        raise RuntimeError
    assert drafts.find_draft(office.wang, "visit") == TYPED
    drafts.drop_draft("visit", office.wang)
    drafts.drop_draft("visit", office.wang)
    assert drafts.find_draft(office.wang, "visit") is None


@pytest.mark.parametrize("key", ["", "-x", "a b", "a/b", "x" * 81, "表"])
def test_a_key_is_a_short_plain_name(office: Office, key: str) -> None:
    with pytest.raises(RuleBroken):
        drafts.save_draft(key, TYPED, by=office.wang)


def test_more_than_any_form_takes_is_refused(office: Office) -> None:
    drafts.save_draft("long", {"seen": ["字" * 190_000]}, by=office.wang)
    with pytest.raises(RuleBroken):
        drafts.save_draft("long", {"seen": ["字" * 200_000]}, by=office.wang)


def test_what_nobody_came_back_to_is_gone_after_a_month(office: Office, later: Later) -> None:
    drafts.save_draft("old", TYPED, by=office.wang)
    later(days=31)
    drafts.save_draft("new", TYPED, by=office.wang)
    assert drafts.find_draft(office.wang, "old") is None


def test_a_draft_leaves_no_line_and_a_stranger_none_at_all(app: Flask, client: FlaskClient, office: Office) -> None:
    before = lines("draft.save")
    assert client.post("/drafts/visit", data=TYPED).status_code == 303
    drafts.save_draft("visit", TYPED, by=office.wang)
    assert lines("draft.save") == before == 0


def test_it_needs_its_token(app: Flask, office: Office) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    sign_in(browser, office, "wang")
    assert browser.post("/drafts/visit", data=TYPED).status_code == 400
    page = browser.get("/account").get_data(as_text=True)
    token = re.search(r'<meta name="csrf-token" content="([^"]+)"', page)
    assert token is not None
    assert browser.post("/drafts/visit", data=TYPED, headers={"X-CSRFToken": token[1]}).status_code == 204
