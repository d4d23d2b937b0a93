"""The rejected rows are taken away, mended and sent again: those rows come in, and none of their reasons."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
import xlsxwriter
from flask import Flask
from python_calamine import CalamineWorkbook

from relief.audit.models import AccessEntry
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.roster import Outcome
from relief.households.membership import list_members
from relief.households.roster_import import import_file
from relief.households.roster_models import RosterImport
from relief.households.roster_reading import read_roster_file
from relief.households.roster_workbooks import HOUSEHOLD_HEADING, empty_roster, rejected_rows
from tests.build import SYSTEM, Office, a_household, an_id, an_office
from tests.rooms.households.rosters import SHARED, UNITS, a_book, a_row, an_office_of, household_of

WRONG = an_id(sequence=51)[:-1] + ("1" if an_id(sequence=51)[-1] != "1" else "2")


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


@pytest.fixture(autouse=True)
def chinese(app: Flask):
    """Somebody reads these sheets in Chinese."""
    with app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        yield


def send(folder: Path, content: bytes, office: Office) -> int:
    book = folder / "名册.xlsx"
    book.write_bytes(content)
    import_file(book, by=office.wang, dry_run=False)
    return db.session.scalars(sa.select(RosterImport.id).order_by(RosterImport.id.desc()).limit(1)).one()


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def book_of(tables: dict[str, list[list[object]]]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        for name, rows in tables.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return content.getvalue()


def test_each_row_comes_back_as_it_was_with_its_reason_last(office: Office, tmp_path: Path) -> None:
    rows = [a_row(1), a_row(2, "李建", 身份证号="230126198001010"), a_row(3, "王伟", 单位="西山林场")]
    members = [[an_id(sequence=7), "王英", "妻子", an_id(sequence=60), None]]
    tables = sheets(rejected_rows(send(tmp_path, a_book(rows, members), office), by=office.wang))
    assert list(tables) == ["困难职工", "家庭成员"]
    heading, *returned = tables["困难职工"]
    assert (heading[0], heading[-1]) == ("姓名", "未导入原因")
    assert [(row[0], row[1], row[2]) for row in returned] == [
        ("李建", "230126198001010", "东风林场"), ("王伟", an_id(sequence=7), "西山林场"),
    ]  # fmt: skip
    assert all(row[-1] for row in returned)
    assert [row[1] for row in tables["家庭成员"][1:]] == ["王英"]


def test_mended_it_comes_in_with_its_members_and_without_its_reasons(office: Office, tmp_path: Path) -> None:
    rows = [a_row(1), a_row(3, "王伟", 单位="西山林场")]
    members = [
        [an_id(sequence=7), "王英", "妻子", an_id(sequence=60), None],
        [an_id(sequence=3), "曹强", "儿子", WRONG, None],
    ]
    tables = sheets(rejected_rows(send(tmp_path, a_book(rows, members), office), by=office.wang))
    tables["困难职工"][1][2] = "东风林场"
    next(row for row in tables["家庭成员"] if row[1] == "曹强")[3] = an_id(sequence=51)
    again = send(tmp_path, book_of(tables), office)
    mended = household_of(an_id(sequence=7))
    assert [one.person.name for one in list_members(mended.id)] == ["王伟", "王英"]
    assert [one.person.name for one in list_members(household_of(an_id(sequence=3)).id)] == ["曹明", "曹强"]
    assert mended.remark is None
    applied = db.session.get_one(RosterImport, again).tally["applied"]
    assert applied == {"households": {"created": 1}, "members": {"created": 2}}


def test_only_members_can_be_mended_too(office: Office, tmp_path: Path) -> None:
    members = [[an_id(sequence=3), "曹强", "儿子", WRONG, None]]
    tables = sheets(rejected_rows(send(tmp_path, a_book([a_row(1)], members), office), by=office.wang))
    assert len(tables["困难职工"]) == 1
    tables["家庭成员"][1][3] = an_id(sequence=51)
    send(tmp_path, book_of(tables), office)
    assert [one.person.name for one in list_members(household_of(an_id(sequence=3)).id)] == ["曹明", "曹强"]


def test_what_is_rejected_once_more_comes_back_with_one_reason(office: Office, tmp_path: Path) -> None:
    first = rejected_rows(send(tmp_path, a_book([a_row(3, 单位="西山林场")]), office), by=office.wang)
    [heading, row] = sheets(rejected_rows(send(tmp_path, first, office), by=office.wang))["困难职工"]
    assert heading.count("未导入原因") == 1
    assert str(row[-1]).count("西山林场") == 1


def test_the_shared_rosters_rejected_rows_are_rejected_again_unless_the_first_of_two_is_on_file(app: Flask) -> None:
    an_office_of(set(UNITS))
    first = import_file(SHARED, by=SYSTEM, dry_run=False)
    path = app.extensions["relief"].instance / "again.xlsx"
    path.write_bytes(rejected_rows(1, by=SYSTEM))
    again = import_file(path, by=SYSTEM, dry_run=True)
    why = [verdict.why for verdict in first.rows if verdict.outcome is Outcome.REJECTED]
    assert [verdict.outcome is Outcome.REJECTED for verdict in again.rows] == [
        code != "duplicate resident-id in file" for code in why
    ]


def test_the_empty_roster_is_read_as_one_when_it_is_filled_in(office: Office, tmp_path: Path) -> None:
    tables = sheets(empty_roster())
    said = {"*姓名": "曹明", "*身份证号": an_id(), "*单位": "东风林场", "*困难类别": "深度困难", "取暖方式": "烧煤"}
    tables["困难职工"].append([said.get(heading, "") for heading in HOUSEHOLD_HEADING])
    tables["家庭成员"].append([an_id(), "王英", "配偶", "", "", "", "", "", ""])
    file = read_roster_file(book_of(tables))
    assert set(file.rows[0].cells) >= {"name", "resident_id", "unit", "category", "card", "income12", "opened_on"}
    send(tmp_path, book_of(tables), office)
    assert [one.person.name for one in list_members(household_of(an_id()).id)] == ["曹明", "王英"]


def test_whoever_takes_them_away_is_on_the_record_and_another_unit_gets_none(office: Office, tmp_path: Path) -> None:
    a_household(office)
    import_id = send(tmp_path, a_book([a_row(3, 单位="西山林场")]), office)
    rejected_rows(import_id, by=office.wang)
    entry = db.session.scalars(sa.select(AccessEntry)).one()
    assert (entry.actor, entry.what, entry.subject, entry.subject_id) == ("王秀兰", "download", "roster", import_id)
    with pytest.raises(NotYours):
        rejected_rows(import_id, by=office.zhao)
