"""Is every list taken away with exactly its filters, masked as on screen, under a name that says what it is?"""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from relief import clock
from relief.audit.models import AccessEntry
from relief.db import db
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor
from relief.domain.workflow import State
from relief.web import exporting
from relief.web.exporting import Column, take_away
from relief.web.paging import AT_ONCE, Ask, every_row, page_of
from tests.build import Office, a_household, an_office
from tests.build_cases import a_case, a_sheet, a_visit
from tests.signing_in import sign_in_as

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def office() -> Office:
    return an_office()


def texts(answer: TestResponse) -> list[list[object]]:
    assert answer.status_code == 200, answer.status
    return CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()


LISTS = {
    "/households/download": ("wang", "household"),
    "/visits/download": ("wang", "visit"),
    "/promises/download": ("wang", "promise"),
    "/cases/download": ("wang", "case"),
    "/notices/download": ("wang", "notice"),
    "/meetings/download": ("wang", "meeting"),
    "/sheets/download": ("zhou", "sheet"),
    "/vouchers/download": ("zhou", "voucher"),
    "/funds/4/download": ("zhou", "fund"),
    "/record/download": ("feng", "record"),
}


@pytest.mark.parametrize("address", LISTS)
def test_every_list_is_taken_away_and_written_down(office: Office, client: FlaskClient, address: str) -> None:
    who, subject = LISTS[address]
    a_sheet(office, a_case(office, State.APPROVED), state="sent")
    sign_in_as(client, who)
    page = client.get(address.removesuffix("/download"))
    answer = client.get(address)
    assert page.status_code == 200 and len(texts(answer)) >= 2
    assert (address in page.text) == (subject != "promise"), "the page offers it where there are rows"
    assert f"_{clock.today().isoformat()}.xlsx" in answer.headers["Content-Disposition"]
    entry = db.session.scalars(db.select(AccessEntry).order_by(AccessEntry.id.desc())).first()
    assert entry is not None and (entry.what, entry.subject) == ("download_list", subject)


def test_the_filters_that_are_set_hold_for_the_file_and_stand_in_the_log(office: Office, client: FlaskClient) -> None:
    old, new = a_household(office, "李文"), a_household(office, "韩梅")
    a_visit(old, office.wang, office.li, kind="care")
    a_visit(new, office.wang, office.li)
    sign_in_as(client, "wang")
    said = str(texts(client.get("/visits/download?kind=care")))
    assert "李文" in said and "韩梅" not in said
    assert old.head.resident_id not in said and "烧煤" not in said
    entry = db.session.scalars(db.select(AccessEntry)).one()
    assert entry.reason == "kind=care"


def test_another_units_rows_are_not_in_the_file(office: Office, client: FlaskClient) -> None:
    a_visit(a_household(office, "李文"), office.wang, office.li)
    sign_in_as(client, "zhao")
    assert "李文" not in str(texts(client.get("/visits/download")))
    assert client.get("/record/download").status_code == 403


def test_a_list_of_many_pages_is_whole_and_in_its_order() -> None:
    rows = list(range(AT_ONCE * 2 + 3))

    def turn(ask: Ask) -> object:
        begin = int(str(ask.key[0])) + 1 if ask.key else 0
        return page_of(rows[begin : begin + ask.size + 1], ask, lambda row: (row,))

    assert list(every_row(turn, 1)) == rows


def test_a_list_that_is_too_long_is_refused_with_a_sentence(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    by: Actor = office.wang
    with pytest.raises(RuleBroken, match="more than 2 rows"):
        take_away("x", [Column("n", lambda row: row)], [1, 2, 3], {}, subject="case", by=by)
    assert db.session.scalars(db.select(AccessEntry)).all() == []
