"""Take a wrong import back: whole, with a reason, by a second person; then the right one may come in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.opening import as_json
from relief.households.models import Household
from relief.opening.models import OpeningImport
from relief.opening.service import import_file, stage
from relief.opening.taking_back import take_back
from tests.awards_book import BOOK
from tests.build import SYSTEM, Office, sign_in
from tests.rooms.opening.books import a_book, a_row, how_many, lines_of

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def wrong(office: Office, households: list[Household], tmp_path: Path) -> int:
    """The id of an import that the accountant sent and took over, beside another one."""
    book = tmp_path / "a.xlsx"
    book.write_bytes(a_book(a_row(1, batch="对的")))
    import_file(book, by=office.chen, dry_run=False)
    import_file(BOOK, by=office.zhou, dry_run=False)
    return int(db.session.scalar(sa.select(sa.func.max(OpeningImport.id))) or 0)


def test_its_awards_are_gone_and_no_others_and_the_record_tells_by_union(office: Office, wrong: int) -> None:
    before = how_many()
    take_back(wrong, why="表拿错了", by=office.chen)
    assert (before, how_many()) == (19, 1)
    opening = db.session.get_one(OpeningImport, wrong)
    assert (opening.state, json.loads(opening.report)["rows"]) == ("dropped", [])
    [line] = lines_of("opening.take_back")
    assert (line.person_id, line.changes["why"]) == (office.chen.person_id, "表拿错了")
    off = {one.union_id: one.changes for one in lines_of("opening.take_off")}
    assert off[office.hongqi.id] == {"awards": 1, "amount": {"fen": 2_500_000}}
    assert off[office.dongfeng.id]["awards"] == 17
    assert {one.unusual for one in lines_of("opening.take_off")} == {"past_awards_taken_back"}


def test_the_same_workbook_may_come_in_again_afterwards(office: Office, wrong: int) -> None:
    take_back(wrong, why="表拿错了", by=office.chen)
    report = as_json(import_file(BOOK, by=office.zhou, dry_run=False))
    assert how_many() == 1 + report["tally"]["imported"] + report["tally"]["warned"]


def test_nobody_takes_the_own_import_back_nor_without_a_reason(office: Office, wrong: int) -> None:
    with pytest.raises(NotAllowed, match="Somebody else"):
        take_back(wrong, why="表拿错了", by=office.zhou)
    with pytest.raises(RuleBroken) as refused:
        take_back(wrong, why=" ", by=office.chen)
    assert refused.value.field == "why"
    for who in ("wu", "sun", "feng", "wang"):
        with pytest.raises(NotAllowed):
            take_back(wrong, why="表拿错了", by=getattr(office, who))
    with pytest.raises(NotYours):
        take_back(999, why="表拿错了", by=office.chen)
    assert how_many() == 19


def test_only_what_was_imported_is_taken_back_and_once(office: Office, wrong: int) -> None:
    take_back(wrong, why="表拿错了", by=office.chen)
    staged = stage(BOOK, file_name="b.xlsx", by=office.zhou).id
    for import_id in (wrong, staged):
        with pytest.raises(WrongState):
            take_back(import_id, why="表拿错了", by=SYSTEM)


def test_the_page_asks_why_and_tells_it_afterwards(office: Office, wrong: int, client: FlaskClient) -> None:
    address = f"/opening/{wrong}"
    sign_in(client, office, "zhou")
    assert "take-back" not in client.get(address, headers=ENGLISH).text
    sign_in(client, office, "chen")
    assert f'href="{address}/take-back"' in client.get(address, headers=ENGLISH).text
    assert client.post(f"{address}/take-back", data={"why": ""}, headers=ENGLISH).status_code == 422
    done = client.post(f"{address}/take-back", data={"why": "表拿错了"}, headers=ENGLISH)
    assert (done.status_code, done.location) == (303, "/opening")
    text = client.get(address, headers=ENGLISH).text
    assert "This import was taken back" in text and "take-back" not in text
    assert "Taken back" in client.get("/opening", headers=ENGLISH).text
