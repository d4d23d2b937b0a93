"""Which small workbooks of past awards do the tests send, and what do they ask of the database?"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import sqlalchemy as sa
import xlsxwriter

from relief.audit.models import AuditEntry
from relief.db import db
from relief.opening.models import PastAward
from tests.awards_book import id_of

HEADER = ("姓名", "身份证号", "救助类别", "项目", "救助金额(元)", "日期", "批次号", "备注")
STANDING = ("姓名", "身份证号", "项目", "起始月", "截止月", "每月金额")


def a_row(place: int = 1, kind: str = "春节救助", amount: str = "1000", on: str = "2026-02-06", **more: str) -> tuple[str, ...]:
    """A good row of the head of household `place`."""
    name, item, batch = more.get("name", ""), more.get("item", ""), more.get("batch", "2026-03")
    return (name, id_of(place), kind, item, amount, on, batch, more.get("remark", ""))


def a_running(place: int = 1, first: str = "2026-01", last: str = "2026-06", monthly: str = "400") -> tuple[str, ...]:
    """Living aid that still runs."""
    return ("", id_of(place), "生活", first, last, monthly)


def a_book(*rows: tuple[str, ...], running: tuple[tuple[str, ...], ...] = (), header: tuple[str, ...] = HEADER) -> bytes:
    """A workbook of a sheet that was paid, and of standing awards where there are any."""
    book = BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        sheets = [("2026年发放表", (header, *rows))] + ([("持续救助", (STANDING, *running))] if running else [])
        for name, lines in sheets:
            sheet = workbook.add_worksheet(name)
            for at, line in enumerate(lines):
                for column, cell in enumerate(line):
                    sheet.write_string(at, column, cell)
    return book.getvalue()


def awards_of(household_id: int) -> list[PastAward]:
    """The past awards of a household, in the order of their days."""
    rows = sa.select(PastAward).where(PastAward.household_id == household_id).order_by(PastAward.on, PastAward.id)
    return list(db.session.scalars(rows))


def lines_of(verb: str) -> list[AuditEntry]:
    """The lines of the record about one verb."""
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == verb).order_by(AuditEntry.id)))


def how_many() -> int:
    return int(db.session.scalar(sa.select(sa.func.count()).select_from(PastAward)) or 0)


def found(**cells: Any) -> PastAward:
    """The one past award with these values."""
    return db.session.scalars(sa.select(PastAward).filter_by(**cells)).one()
