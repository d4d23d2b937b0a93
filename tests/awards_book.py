"""Which workbook of past awards do the tests read? Three sheets with every fault that a row can have, made anew here.

`python -m tests.awards_book` writes `tests/data/awards-2026.xlsx` and what a correct import does with it. Every person
is invented; those on file are opened by `open_files`, on 10 March 2026.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from relief.households.models import Household
from tests.build import Office, a_household, an_id

BOOK = Path(__file__).parent / "data" / "awards-2026.xlsx"
PEOPLE = ("张桂兰", "单明", "㛃小梅", "仇二", "阿卜杜拉·买买提", "李文")  # places 1 … 6 of `a_household`
EXITED = 6
LAST_YEAR = ("序号", "工作单位", "姓名", "身份证号", "救助类别", "救助金额(元)", "所属期", "资金来源", "批次号", "银行卡号", "备注")
THIS_YEAR = ("姓名", "单位", "身份证号码", "救助类别", "项目", "金额", "发放日期", "发放表号", "资金来源", "领款签字")
STANDING = ("姓名", "身份证号", "救助类别", "项目", "起始月", "截止月", "每月金额", "备注")


class Row(NamedTuple):
    """The cells of a row, and how it must end; `why` is the first reason's code."""

    cells: tuple[Any, ...]
    outcome: str = "imported"
    why: str | None = None


def id_of(place: int) -> str:
    """The resident ID of a head whom `a_household(number=place)` opens."""
    return an_id(date(1970, 1, 1), place * 2 + 1)


def spouse_of(place: int) -> str:
    """The resident ID of that household's spouse."""
    return an_id(date(1980, 12, 14), place * 2 + 1)


def open_files(office: Office) -> list[Household]:
    """The households of the people in the book; the last one's file is exited."""
    from relief.households import service as households

    opened = [
        a_household(office, name, number=place, union=office.hongqi if place == 5 else office.dongfeng)
        for place, name in enumerate(PEOPLE, 1)
    ]
    last = opened[EXITED - 1]
    households.close_file(last.id, reason="recovered", version=last.version, by=office.wang)
    return opened


def last_years_rows() -> list[Row]:
    """The old 发放表 of 2025: months, and whatever was typed into it."""
    wrong = id_of(1)[:-1] + ("0" if id_of(1)[-1] != "0" else "1")
    nobody = an_id(date(1988, 8, 8), 7)

    def row(name: str, number: Any, kind: str, amount: Any, when: Any, **more: str) -> tuple[Any, ...]:
        return (None, "东风林场", name, number, kind, amount, when, more.get("fund", "工会经费"), "2025-07批", "6228480000", "")

    return [
        Row(row("张桂兰", id_of(1), "春节救助", "1,500.00", "2025年1月")),
        Row(row("单 明", f"'{id_of(2)}", "春节慰问金", 1000, date(2025, 1, 1))),
        Row(row("㛃小梅", id_of(3), "越冬救助", "800元", "2025.09")),
        Row(row("仇二", id_of(4), "换季救助", "200", "202504", fund="省级")),
        Row(row("张桂兰", id_of(1), "医疗救助", "5000", "2025-06")),
        Row(row("张桂兰", wrong, "春节救助", "1000", "2025年1月"), "rejected", "resident-id checksum"),
        Row(row("吴名", nobody, "春节救助", "1000", "2025年1月"), "rejected", "person unknown"),
        Row(row("单明", id_of(2), "旅游", "1000", "2025年5月"), "rejected", "kind unknown"),
        Row(row("单明", id_of(2), "", "1000", "2025年5月"), "rejected", "kind missing"),
        Row(row("单明", id_of(2), "特殊救助", "约三千", "2025年5月"), "rejected", "amount is not a number"),
        Row(row("单明", id_of(2), "特殊救助", "", "2025年5月"), "rejected", "amount missing"),
        Row(row("单明", id_of(2), "特殊救助", "-200", "2025年5月"), "rejected", "amount not above zero"),
        Row(row("单明", id_of(2), "特殊救助", "3000", "去年冬天"), "rejected", "day not understood"),
        Row(row("单明", id_of(2), "特殊救助", "3000", ""), "rejected", "day missing"),
        Row(row("李文", id_of(6), "春节救助", "600", "2025年1月"), "warned", "household exited"),
        Row(row("李武", id_of(4), "春节救助", "600", "2025年1月"), "warned", "name differs from register"),
        Row(row("阿卜杜拉•买买提", id_of(5), "特殊救助", "2.5万元", "2025年7月"), "warned", "above today's standard"),
        Row(row("", "", "春节救助", "600", "2025年1月"), "rejected", "resident-id missing"),
    ]


def this_years_rows() -> list[Row]:
    """The sheets of 2026 before the office started here: days of payment, items."""

    def row(name: str, number: str, kind: str, item: str, amount: Any, day: Any, batch: str) -> tuple[Any, ...]:
        return (name, "东风林场", number, kind, item, amount, day, batch, "本级工会经费", "已签")

    return [
        Row(row("张桂兰", id_of(1), "日常救助", "医疗", 6000, date(2026, 1, 20), "2026-01")),
        Row(row("张桂兰", id_of(1), "日常救助", "生活", "400", "2026.01.10", "2026-02")),
        Row(row("张桂兰", id_of(1), "日常救助", "生活", "400", "2026.02.10", "2026-04")),
        Row(row("单丽", spouse_of(2), "特殊救助", "", 18500, date(2026, 2, 3), "2026-03")),
        Row(row("㛃小梅", id_of(3), "春节救助", "", 1000, "2026年2月6日", "2026-03")),
        Row(row("㛃小梅", id_of(3), "春节救助", "", 1000, "2026年2月6日", "2026-03"), "warned", "same row twice in file"),
        Row(row("仇二", id_of(4), "日常救助", "装修", 300, "2026年2月25日", "2026-05")),
        Row(row("仇二", id_of(4), "日常救助", "生活", 300, date(2026, 3, 11), "2026-06"), "rejected", "day to come"),
    ]


def standing_rows() -> list[Row]:
    """Awards that still run when the office starts."""
    return [
        Row(("张桂兰", id_of(1), "日常救助", "生活", "2025年12月", "2026年5月", 400, "局党委会定")),
        Row(("单明", id_of(2), "", "生活救助", "2025-09", "2026-02", "300", "")),
        Row(("仇二", id_of(4), "日常救助", "生活", "2026-01", "2026-06", 900, ""), "warned", "above today's standard"),
        Row(("㛃小梅", id_of(3), "日常救助", "", "2026-01", "2026-06", 300, ""), "rejected", "item missing"),
        Row(("㛃小梅", id_of(3), "日常救助", "生活", "", "2026-06", 300, ""), "rejected", "first month missing"),
        Row(("㛃小梅", id_of(3), "日常救助", "生活", "2026-01", "长期", 300, ""), "rejected", "last month not understood"),
        Row(("㛃小梅", id_of(3), "日常救助", "生活", "2026-06", "2026-01", 300, ""), "rejected", "last month before the first"),
        Row(("㛃小梅", id_of(3), "日常救助", "生活", "2026-04", "2026-06", 300, ""), "rejected", "day to come"),
    ]


def make_book() -> tuple[bytes, dict[str, Any]]:
    """The workbook, and what a correct import does with each of its rows."""
    sheets: list[tuple[str, Sequence[str], list[Row]]] = [
        ("2025年发放表", LAST_YEAR, last_years_rows()), ("2026年1-3月", THIS_YEAR, this_years_rows()),
        ("持续救助", STANDING, standing_rows()),
    ]  # fmt: skip
    book, told = BytesIO(), []
    with xlsxwriter.Workbook(book, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, heading, rows in sheets:
            first = _write(workbook.add_worksheet(name), name, heading, rows, day)
            told += [
                {"sheet": name, "row": first + place, "outcome": row.outcome, "why": row.why}
                for place, row in enumerate(rows)
            ]
        workbook.add_worksheet("填表说明").write_string(0, 0, "身份证号请按文本填写")
    counted = {end: sum(row["outcome"] == end for row in told) for end in ("imported", "warned", "rejected")}
    return book.getvalue(), {"rows": told, "tally": counted}


def _write(sheet: Any, name: str, heading: Sequence[str], rows: list[Row], day: Any) -> int:
    """A title, the heading, the rows and a footer; the number of the first row as Excel counts."""
    sheet.merge_range(0, 0, 0, len(heading) - 1, f"兴隆林业局工会{name}")
    for column, words in enumerate(heading):
        sheet.write_string(2, column, words)
    for at, row in enumerate(rows, 3):
        for column, cell in enumerate(row.cells):
            if isinstance(cell, date):
                sheet.write_datetime(at, column, cell, day)
            elif cell not in (None, ""):
                sheet.write(at, column, cell) if isinstance(cell, int) else sheet.write_string(at, column, cell)
    sheet.write_string(len(rows) + 3, 0, "合计")
    sheet.write_number(len(rows) + 3, 5, 12345)
    sheet.write_string(len(rows) + 4, 0, "制表人:         审核人:")
    return 4


if __name__ == "__main__":
    content, expected = make_book()
    BOOK.write_bytes(content)
    BOOK.with_suffix(".expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")
