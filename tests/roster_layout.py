"""How may a union lay out a roster? Titles, headers of one row or two, columns in any order, blanks, footers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from random import Random
from typing import Any, Protocol

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

WORDINGS: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号"),
    "unit": ("单位", "工作单位", "所在单位", "单位名称", "*工作单位"),
    "name": ("姓名", "户主姓名", "姓 名", "职工姓名", "*姓名"),
    "sex": ("性别", "性 别"),
    "born": ("出生日期", "出生年月日", "生日"),
    "resident_id": ("身份证号", "身份证号码", "公民身份号码", "身份证", "身份证号(18位)", "身份证\n号码"),
    "phone": ("联系电话", "手机", "手机号码", "联系方式"),
    "address": ("家庭住址", "家庭地址", "住址"),
    "size": ("家庭人口", "家庭人口数", "家庭人口(人)"),
    "income12": ("近12个月总收入", "家庭年总收入(元)", "年收入"),
    "rigid": ("刚性支出", "家庭刚性支出(元)"),
    "monthly_net": ("月人均收入", "家庭月人均收入"),
    "category": ("困难类别", "类别", "困难职工类别:"),
    "cause": ("主要致困原因", "致困原因"),
    "heating": ("取暖方式", "供暖方式"),
    "bank": ("开户银行", "开户行"),
    "card": ("银行卡号", "账号", "卡号", "银行账号"),
    "politics": ("政治面貌",),
    "remark": ("备注",),
}
MEMBER_WORDINGS: dict[str, tuple[str, ...]] = {
    "head_id": ("户主身份证号", "户主身份证号码", "职工身份证号"),
    "name": ("成员姓名", "姓名", "家庭成员姓名"),
    "relation": ("与户主关系", "关系"),
    "resident_id": ("身份证号", "成员身份证号", "公民身份号码"),
    "born": ("出生日期", "出生年月日"),
    "monthly_income": ("月收入(元)", "月收入"),
}
GROUPED = ("income12", "rigid", "monthly_net")
DROPPABLE = ("number", "sex", "address", "cause", "heating", "bank", "politics", "remark")


class Row(Protocol):
    """What the layout needs of a row: its cells by field; it says where the row was written."""

    cells: dict[str, Any]
    row: int


def write_workbook(dice: Random, rows: Sequence[Row], members: Sequence[Row]) -> bytes:
    """The rows as a workbook; `row` of each is set to the number that Excel shows."""
    book = BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as workbook:
        names = ["困难职工", "成员", "填表说明"]
        dice.shuffle(names)
        sheets = {name: workbook.add_worksheet(dice.choice((name, f"{name}表"))) for name in names}
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        _write_households(sheets["困难职工"], day, dice, rows)
        _write_members(sheets["成员"], day, dice, members)
        sheets["填表说明"].write_string(0, 0, "身份证号请按文本填写,姓名与身份证一致")
    return book.getvalue()


def _write_households(sheet: Worksheet, day: Any, dice: Random, rows: Sequence[Row]) -> None:
    fields = _columns(dice)
    at = _write_titles(sheet, dice, len(fields))
    at = _write_header(sheet, dice, at, fields)
    for number, row in enumerate(rows, 1):
        at += dice.random() < 0.03  # a blank row now and then
        row.row = at + 1
        for column, field in enumerate(fields):
            _write(sheet, at, column, number if field == "number" else row.cells.get(field), day)
        at += 1
    for words in dice.sample(("合计", "填表人:", "注:以上情况属实", "审核人:        工会(盖章)"), k=dice.randrange(4)):
        sheet.write_string(at, dice.randrange(len(fields)), words)
        at += 1


def _columns(dice: Random) -> list[str]:
    """The fields in the order of this file; the three of the group stay side by side."""
    blocks = [[field] for field in WORDINGS if field not in GROUPED and not _dropped(dice, field)]
    blocks.append(list(GROUPED))
    dice.shuffle(blocks)
    return [field for block in blocks for field in block]


def _dropped(dice: Random, field: str) -> bool:
    return field in DROPPABLE and dice.random() < 0.3


def _write_titles(sheet: Worksheet, dice: Random, width: int) -> int:
    titles = ["兴隆林业局工会困难职工花名册", "填报单位:兴隆林业局工会    金额单位:元", ""][: dice.randrange(4)]
    for at, title in enumerate(titles):
        sheet.merge_range(at, 0, at, width - 1, title)
    return len(titles)


def _write_header(sheet: Worksheet, dice: Random, at: int, fields: list[str]) -> int:
    """One row of headers, or two with the group 家庭情况 merged over its three and the rest merged downwards."""
    two_rows = dice.random() < 0.6
    for column, field in enumerate(fields):
        words = dice.choice(WORDINGS[field])
        if not two_rows:
            sheet.write_string(at, column, words)
        elif field in GROUPED:
            sheet.write_string(at + 1, column, words)
        else:
            sheet.merge_range(at, column, at + 1, column, words)
    if two_rows:
        first = fields.index(GROUPED[0])
        sheet.merge_range(at, first, at, first + 2, "家庭情况")
    return at + 1 + two_rows


def _write_members(sheet: Worksheet, day: Any, dice: Random, members: Sequence[Row]) -> None:
    fields = list(MEMBER_WORDINGS)
    dice.shuffle(fields)
    at = dice.randrange(2)
    if at:
        sheet.merge_range(0, 0, 0, len(fields) - 1, "困难职工家庭成员情况表")
    for column, field in enumerate(fields):
        sheet.write_string(at, column, dice.choice(MEMBER_WORDINGS[field]))
    for row in members:
        at += 1
        row.row = at + 1
        for column, field in enumerate(fields):
            _write(sheet, at, column, row.cells.get(field), day)


def _write(sheet: Worksheet, at: int, column: int, value: object, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(at, column, value, day)
    elif isinstance(value, (int, float)):
        sheet.write_number(at, column, value)
    elif value:
        sheet.write_string(at, column, str(value))
