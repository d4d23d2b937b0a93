"""Is a step of a list taken as it stood on the page, and not as it stands by the time of the click?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief.cases.models import Case
from relief.db import db
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.lists import service as lists
from tests.build import Office, an_office
from tests.build_cases import some_money
from tests.rooms.cases.asking import get, post
from tests.rooms.lists.bureau import Window, a_window, rows_of, to_approval


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


@pytest.fixture
def opened(office: Office) -> Window:
    opened = a_window(office)
    some_money()
    to_approval(office, opened.dongfeng)
    return opened


def _asked(opened: Window) -> dict[str, str]:
    """What the form sends, but for the rows that it was made for."""
    meeting = {"meeting": "new", "number": "兴林1", "meeting_on": "2027-01-04", "attendees": "孙德福\n刘志强"}
    return {"fund": str(find_fund("F4").id), "note": "同意", **meeting}


def _seen(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page)
    assert found, "the page says which rows it shows"
    return found[1]


def test_a_row_that_changed_meanwhile_is_looked_at_again(client: FlaskClient, office: Office, opened: Window) -> None:
    address = f"/windows/{opened.window.id}/decide"
    seen = _seen(get(client, office, "sun", address).text)
    first = rows_of(opened.dongfeng)[0]
    db.session.get_one(Case, first.id).proposed = Money.yuan(9)
    db.session.commit()
    answer = post(client, office, "sun", address, seen=seen, **_asked(opened))
    assert answer.status_code == 409
    assert "since you opened the page" in answer.text
    assert {row.state for row in rows_of(opened.dongfeng)} == {State.IN_APPROVAL}
    again = post(client, office, "sun", address, seen=_seen(answer.text), **_asked(opened))
    assert again.status_code == 303


def test_a_row_that_went_meanwhile_too(client: FlaskClient, office: Office, opened: Window) -> None:
    address = f"/windows/{opened.window.id}/decide"
    seen = _seen(get(client, office, "sun", address).text)
    lists.lift_out(rows_of(opened.dongfeng)[0].id, version=None, why="家庭情况待核实", by=office.sun)
    assert post(client, office, "sun", address, seen=seen, **_asked(opened)).status_code == 409


def test_what_is_marked_in_strange_figures_is_no_row(client: FlaskClient, office: Office, opened: Window) -> None:
    address = f"/windows/{opened.window.id}/decide"
    assert get(client, office, "sun", f"{address}?out={'９' * 5000}").status_code == 200


def test_every_other_step_asks_what_was_seen_too(client: FlaskClient, office: Office) -> None:
    opened = a_window(office)
    address = f"/lists/{opened.dongfeng.id}/submit"
    seen = _seen(get(client, office, "wang", address).text)
    first = rows_of(opened.dongfeng)[0]
    lists.take_off(opened.dongfeng.id, first.id, version=first.version, why="已迁出", by=office.wang)
    answer = post(client, office, "wang", address, seen=seen)
    assert (answer.status_code, "since you opened the page" in answer.text) == (409, True)
    assert {row.state for row in rows_of(opened.dongfeng)} == {State.DRAFT}
    assert post(client, office, "wang", address, seen=_seen(answer.text)).status_code == 303
    assert {row.state for row in rows_of(opened.dongfeng)} == {State.SUBMITTED}
    assert _seen(get(client, office, "li", f"/lists/{opened.dongfeng.id}/give-opinion").text)
