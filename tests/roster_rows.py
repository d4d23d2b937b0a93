"""What does a good row of a roster look like? One household, and a way to spoil it a cell at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from relief.domain.roster import Known, RawRow, Verdict, judge_roster

TODAY = date(2026, 10, 1)
CAO, LIU, LI = "232330199207046437", "232127198502033395", "23212819661031380X"
CARD, OTHER_CARD = "6228482677354684873", "6228605912712010475"
KNOWN = Known({"前进林场": 7, "局机关": 8})
GOOD: dict[str, Any] = {
    "unit": "前进林场",
    "name": "曹明",
    "sex": "男",
    "nation": "满族",
    "born": "1992年7月4日",
    "resident_id": CAO,
    "phone": "17969384937",
    "address": "兴隆镇站前街98号7单元301室",
    "size": 3.0,
    "income12": 37400.0,
    "rigid": 3500.0,
    "monthly_net": 941.67,
    "category": "相对困难职工",
    "cause": "子女上学",
    "heating": "电采暖",
    "bank": "中国农业银行兴隆支行",
    "card": CARD,
    "opened_on": "2024/12/18",
    "remark": "",
}
HEADERS = {"income12": "近12个月总收入", "phone": "联系电话", "cause": "致困原因"}


def raw(row: int = 5, **cells: Any) -> RawRow:
    return RawRow(row, GOOD | cells, headers=HEADERS)


def judge(*rows: RawRow, known: Known = KNOWN) -> list[Verdict]:
    return list(judge_roster(rows, (), known, TODAY).rows)
