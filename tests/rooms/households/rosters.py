"""Which office and which workbooks do the tests of imports use? The shared roster's units, and small books."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import xlsxwriter

from relief.accounts import service as accounts
from relief.accounts.models import Union
from relief.db import db, transaction
from relief.households.models import Household
from relief.households.roster_models import RosterRow
from relief.persons.service import find_by_resident_id
from tests.build import SYSTEM, Office, an_id, an_office

SHARED = Path(__file__).parents[2] / "data" / "roster-2026.xlsx"
UNITS = (
    "青峰林场", "第一中学", "木材加工厂", "太平经营所", "局机关", "职工医院", "前进林场", "汽车运输处", "红旗林场",
    "贮木场", "双丫山林场", "东风林场",
)  # fmt: skip
HEADER = [
    "姓名",
    "身份证号",
    "单位",
    "困难类别",
    "家庭人口",
    "取暖方式",
    "开户银行",
    "银行卡号",
    "联系电话",
    "家庭住址",
    "备注",
]
MEMBER_HEADER = ["户主身份证号", "成员姓名", "与户主关系", "身份证号", "月收入"]
BANK = "中国农业银行兴隆支行"


def an_office_of(names: set[str]) -> Office:
    """The usual office, with further units below the bureau so that a roster knows them all."""
    office = an_office()
    have = {"东风林场", "红旗林场", "局机关"}
    with transaction():
        for place, name in enumerate(sorted(names - have)):
            accounts.create_union(
                name=f"{name}工会", short_name=name, code=f"U{place}", parent_id=office.bureau.id, by=SYSTEM
            )
    return office


def a_row(number: int, name: str = "曹明", **said: Any) -> list[Any]:
    """A good household row of 东风林场; `said` replaces cells by header."""
    cells = {
        "姓名": name, "身份证号": an_id(sequence=number * 2 + 1), "单位": "东风林场", "困难类别": "深度困难职工",
        "取暖方式": "烧煤",
    }  # fmt: skip
    return [(cells | said).get(header) for header in HEADER]


def a_book(rows: list[list[Any]], members: list[list[Any]] | None = None, header: list[str] | None = None) -> bytes:
    """A workbook of a roster, and of members when there are any."""
    book = BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        _write(workbook.add_worksheet("困难职工"), header or HEADER, rows)
        if members is not None:
            _write(workbook.add_worksheet("家庭成员"), MEMBER_HEADER, members)
    return book.getvalue()


def _write(sheet: Any, header: list[str], rows: list[list[Any]]) -> None:
    for at, row in enumerate([header, *rows]):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(at, column, cell)


def household_of(resident_id: str) -> Household:
    """The one file that this person heads."""
    person = find_by_resident_id(resident_id)
    assert person is not None
    return db.session.scalars(sa.select(Household).where(Household.head_id == person.id)).one()


def rows_of(import_id: int, sheet: str = "households") -> dict[int, RosterRow]:
    """The rows of an import by their number."""
    rows = sa.select(RosterRow).where(RosterRow.import_id == import_id, RosterRow.sheet == sheet)
    return {row.row: row for row in db.session.scalars(rows.execution_options(populate_existing=True))}


def counts() -> dict[str, int]:
    """How many rows each table has."""
    tables = sorted(db.metadata.tables.values(), key=lambda table: table.name)
    return {
        table.name: db.session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables
    }


def unit(short_name: str) -> Union:
    return db.session.scalars(sa.select(Union).where(Union.short_name == short_name)).one()
