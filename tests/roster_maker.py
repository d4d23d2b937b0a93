"""Which other rosters would unions send? Workbooks made by a seed, each with what a correct import does with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.roster_layout import write_workbook
from tests.roster_numbers import a_card, a_resident_id, full_width, passes_luhn, wrong_card, wrong_check

UNITS = ("双丫山林场", "前进林场", "东风林场", "太平经营所", "贮木场", "局机关", "职工医院", "第一中学")
SURNAMES = ("王", "李", "张", "单", "仇", "曾", "解", "欧阳", "阿依古丽·")
GIVEN = ("淑兰", "建华", "伟", "桂芝", "喆", "堃", "𠅤", "䶮", "婷婷", "志强", "买买提")
CATEGORIES = ("深度困难职工", "相对困难职工", "意外致困职工", "局级困难职工", "边缘困难职工")
CAUSES = ("子女上学", "患重特大疾病", "无劳动能力", "遭受自然灾害", "其他")
HEATINGS = ("集中供热", "电采暖", "烧煤", "烧柴")
REJECTING = {
    "checksum": "resident-id checksum",
    "number": "resident-id lost digits as a number",
    "missing": "resident-id missing",
    "second": "duplicate resident-id in file",
    "name": "name missing",
    "unit": "unit unknown",
    "income": "income is not a number",
}
WARNING = {
    "born": "birth date differs from resident-id",
    "luhn": "bank card fails Luhn",
    "shared": "bank card used by another household",
}


@dataclass
class MadeRow:
    """A row as meant, the cells that stand for it, and how it must end; `row` is set when it is written."""

    meant: dict[str, Any]
    cells: dict[str, Any]
    outcome: str = "imported"
    why: str | None = None
    row: int = 0


@dataclass
class MadeRoster:
    """A workbook and what a correct import does with each of its rows."""

    rows: list[MadeRow] = field(default_factory=list)
    members: list[MadeRow] = field(default_factory=list)
    content: bytes = b""


def make_roster(seed: int, households: int = 60, mess: int = 25) -> MadeRoster:
    """The roster of a seed; about `mess` households in a hundred have something wrong with them."""
    dice = Random(seed)
    made = MadeRoster()
    for _ in range(households):
        row = _household(dice)
        if dice.randrange(100) < mess:
            _spoil(dice, row, [one for one in made.rows if one.outcome != "rejected"])
        made.rows.append(row)
        made.members += _members(dice, row)
    made.content = write_workbook(dice, made.rows, made.members)
    return made


def _household(dice: Random) -> MadeRow:
    born = date(1957, 1, 1) + timedelta(days=dice.randrange(16_000))
    male = dice.random() < 0.5
    net = dice.randrange(0, 90_000)
    meant = {
        "name": dice.choice(SURNAMES) + dice.choice(GIVEN),
        "resident_id": a_resident_id(dice, born, male),
        "born": born,
        "unit": dice.choice(UNITS),
        "size": dice.randrange(1, 6),
        "phone": f"1{dice.choice('3456789')}{dice.randrange(10**9):09d}",
        "card": a_card(dice),
        "income12": dice.randrange(30, 600) * 100,
        "rigid": dice.randrange(0, 300) * 100,
        "monthly_net": f"{net // 100}.{net % 100:02d}",
    }
    cells = {
        **meant,
        "name": _name(dice, meant["name"]),
        "resident_id": _number(dice, meant["resident_id"]),
        "born": _day(dice, born),
        "monthly_net": net / 100,
        "phone": _phone(dice, meant["phone"]),
        "income12": _amount(dice, meant["income12"]),
        "sex": "男" if male else "女",
        "address": "兴隆镇站前街98号7单元301室",
        "category": dice.choice(CATEGORIES),
        "cause": dice.choice(CAUSES),
        "heating": dice.choice(HEATINGS),
        "bank": "龙江银行木兰支行",
    }
    return MadeRow(meant, cells)


def _spoil(dice: Random, row: MadeRow, kept: list[MadeRow]) -> None:
    """One thing that rejects the row, or one or two that are worth a warning."""
    if dice.random() < 0.6:
        kind = dice.choice([kind for kind in REJECTING if kept or kind != "second"])
        row.outcome, row.why = "rejected", REJECTING[kind]
        row.cells.update(_rejected_cells(dice, kind, row.meant, kept))
        return
    passing = [one for one in kept if passes_luhn(one.meant["card"])]
    kinds = ["born", dice.choice(("luhn", "shared") if passing else ("luhn",))]
    kinds = dice.sample(kinds, k=dice.choice((1, 1, 2)))
    row.outcome, row.why = "warned", next(why for kind, why in WARNING.items() if kind in kinds)
    for kind in kinds:
        _warn(dice, kind, row, passing)


def _rejected_cells(dice: Random, kind: str, meant: dict[str, Any], kept: list[MadeRow]) -> dict[str, Any]:
    number = meant["resident_id"]
    return {
        "checksum": lambda: {"resident_id": wrong_check(dice, number)},
        "number": lambda: {"resident_id": int(number[:15]) * 1000},
        "missing": lambda: {"resident_id": dice.choice(("", None, "-"))},
        "second": lambda: {"resident_id": _number(dice, dice.choice(kept).meant["resident_id"])},
        "name": lambda: {"name": dice.choice(("", "  "))},
        "unit": lambda: {"unit": "西山林场"},
        "income": lambda: {"income12": dice.choice(("约三万", "不详", "3万左右", "三万"))},
    }[kind]()


def _warn(dice: Random, kind: str, row: MadeRow, passing: list[MadeRow]) -> None:
    if kind == "born":
        row.cells["born"] = _day(dice, row.meant["born"] + timedelta(days=dice.randrange(1, 300)))
    elif kind == "luhn":
        row.meant["card"] = row.cells["card"] = wrong_card(row.meant["card"])
    else:
        row.meant["card"] = row.cells["card"] = dice.choice(passing).meant["card"]


def _members(dice: Random, head: MadeRow) -> list[MadeRow]:
    """The members of a kept household; of a rejected one now and then, and they are left out with it."""
    readable_head = head.why in (None, *WARNING.values(), REJECTING["unit"], REJECTING["income"])
    if not readable_head or (head.outcome == "rejected" and dice.random() < 0.5):
        return []
    members = [_member(dice, head) for _ in range(head.meant["size"] - 1)]
    for member in members:
        if head.outcome == "rejected":
            member.outcome = "rejected"
    return members


def _member(dice: Random, head: MadeRow) -> MadeRow:
    born = date(1990, 1, 1) + timedelta(days=dice.randrange(12_000))
    number = a_resident_id(dice, born, dice.random() < 0.5)
    cells: dict[str, Any] = {
        "head_id": _number(dice, head.meant["resident_id"]),
        "name": _name(dice, dice.choice("王李张") + dice.choice(GIVEN)),
        "relation": dice.choice(("配偶", "子女", "父母", "长子", "母亲")),
        "resident_id": number,
        "born": _day(dice, born),
        "monthly_income": dice.choice((0, 800, "1,200元")),
    }
    row = MadeRow({"resident_id": number}, cells)
    chance = dice.random()
    if chance < 0.05:
        cells["resident_id"], row.outcome = "", "warned"
    elif chance < 0.1:
        cells["resident_id"], row.outcome = wrong_check(dice, number), "rejected"
    return row


def _number(dice: Random, number: str) -> str:
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    return dice.choice((number,) * 6 + (spaced, full_width(number), number.lower(), f"'{number}", f" {number} "))


def _day(dice: Random, day: date) -> object:
    words = (f"{day:%Y.%m.%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}")
    return dice.choice((day, day, int(f"{day:%Y%m%d}"), f"{day:%Y%m%d}", f"{day:%Y-%m-%d}", *words))


def _phone(dice: Random, phone: str) -> object:
    dashed = f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
    return dice.choice((phone, phone, int(phone), f"+86 {phone}", f"+86{phone}", dashed))


def _amount(dice: Random, yuan: int) -> object:
    return dice.choice((yuan, yuan, f"{yuan:,}", f"{yuan}元", f"{yuan}.00", f"{yuan:,}.00元", f"¥{yuan}"))


def _name(dice: Random, name: str) -> str:
    spaced = " ".join(name) if len(name) == 2 else name
    return dice.choice((name, name, f" {name} ", spaced, name.replace("·", "•")))
