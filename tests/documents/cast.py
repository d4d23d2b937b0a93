"""Who stands on the papers that are tested? A fixed cast, usual and longest; every person is made up."""

from __future__ import annotations

from datetime import date, datetime

from relief.documents.letters import RefusalLetter
from relief.documents.notice import Notice, NoticeRow
from relief.documents.paper import Hand, Private
from relief.documents.sheet import Sheet, SheetRow
from relief.documents.slip import Invitation, Receipt
from relief.documents.voucher import Agent, Goods, Voucher
from relief.domain.labels import label
from relief.domain.money import Money, total
from relief.domain.sentences import sentence

OFFICE = "黑龙江省兴隆林业局工会"
LINK = "https://relief.example.org/verify/k7Qm2vX9cT4pL8sWz1aB3dEf"
RARE = "㛃䶮𠅤堃喆"
LONGEST_NAME = "阿不都热合曼·" * 4 + "买买"
LONGEST_UNIT = "黑龙江省兴隆林业局东兴林场营林科森林资源管护与防火瞭望大队第三作业区工会小组分会"[:40]
LONGEST_REASON = ("本人患重大疾病住院治疗，自付医疗费用较高，配偶下岗失业，子女在外地就读大学，生活困难；" * 6)[:200]


def a_voucher(**other: object) -> Voucher:
    """A usual voucher; keywords replace its values."""
    usual: dict[str, object] = {
        "number": "XLGH-F4-202602-000123",
        "office": OFFICE,
        "unit": "东兴林场工会",
        "payee": "张建国",
        "resident_id": Private("230***********4513", "230306196304054513"),
        "kind": label("Special relief"),
        "reason": "2026年1月住房火灾，家中物品烧毁，生活困难。",
        "month": date(2026, 2, 1),
        "amount": Money.parse("3000.00"),
        "way": label("Bank transfer"),
        "fund": sentence("%(code)s %(name)s", code="F4", name=label("Own union funds")),
        "case_number": "XLGH-2026-000045",
        "made_at": datetime(2026, 2, 9, 14, 5),
        "telephone": "0451-57500000",
        "bank": "中国农业银行巴彦兴隆支行",
        "account": Private("**** 0000", "6228480000000000000"),
        "attachments": 3,
        "handlers": ("李秀英", "王志强"),
        "reviewer": "赵敏",
        "approver": "孙德福",
        "verify_url": LINK,
    }
    return Voucher(**{**usual, **other})  # type: ignore[arg-type]


def the_longest_voucher(**other: object) -> Voucher:
    """Everything as long as the forms allow."""
    longest: dict[str, object] = {
        "payee": LONGEST_NAME,
        "unit": LONGEST_UNIT,
        "reason": LONGEST_REASON,
        "amount": Money.parse("987654321.99"),
        "fund": sentence("%(code)s %(name)s", code="F1", name="中央财政职工困难帮扶专项资金（含送温暖资金）"),
        "bank": "中国邮政储蓄银行股份有限公司黑龙江省巴彦县兴隆镇林业局支行营业室",
        "account": Private("**** 0000", "6228480000000000000"),
        "agent": Agent(LONGEST_NAME, Private("", "23012619800101001X"), "外祖父母之外甥女婿", "WT-2026-000117"),
        "handlers": ("欧阳建国", "司马相如云"),
        "reviewer": "爱新觉罗德福",
        "approver": "诸葛明亮",
        "witness": LONGEST_NAME,
        "replaces": "XLGH-F4-202601-000098",
        "entry_number": "记-2026-02-0117号",
    }
    return a_voucher(**{**longest, **other})


RICE = Goods("东北大米（5千克装）", 2, "袋", Money.parse("45.00"), "23002600011112345678")
OIL = Goods("大豆油", 1, "桶", Money.parse("110.00"), "23002600011112345678")


def a_row(place: int = 0, **other: object) -> SheetRow:
    """A usual row of a sheet."""
    usual: dict[str, object] = {
        "name": "张建国",
        "sex": label("male"),
        "resident_id": Private("230***********4513", "230306196304054513"),
        "unit": "东兴林场",
        "category": label("Deep hardship"),
        "cause": label("illness"),
        "kind": label("Special relief"),
        "amount": Money.parse("1000.10") + Money(place),
        "bank": "中国农业银行巴彦兴隆支行",
        "account": Private("**** 0000", "6228480000000000000"),
        "phone": Private("138****1234", "13800001234"),
    }
    return SheetRow(**{**usual, **other})  # type: ignore[arg-type]


HANDS = tuple(
    Hand(label(role), name)
    for role, name in (
        ("Made by", "周会计"), ("Reviewed by", "赵敏"), ("Approved by (chair)", ""), ("Handled by", ""),
        ("Handled by", ""), ("Head of finance", ""), ("Cashier", ""),
    )
)  # fmt: skip


def a_sheet(rows: tuple[SheetRow, ...], **other: object) -> Sheet:
    """A sheet of these rows, its totals right unless told otherwise."""
    usual: dict[str, object] = {
        "number": "XLGH-F4-202602-S03",
        "office": OFFICE,
        "unit": "黑龙江省兴隆林业局",
        "kind": label("Special relief"),
        "month": date(2026, 2, 1),
        "fund": sentence("%(code)s %(name)s", code="F4", name=label("Own union funds")),
        "made_on": date(2026, 2, 6),
        "rows": rows,
        "count": len(rows),
        "households": len(rows),
        "total": total(row.amount for row in rows),
        "hands": HANDS,
        "record_head": "9f2c1a7e54d0b8836a1f4e02c7d95b60",
    }
    return Sheet(**{**usual, **other})  # type: ignore[arg-type]


def a_notice(rows: int = 8) -> Notice:
    """A notice of so many households."""
    row = NoticeRow("张*国", "东兴林场", label("Special relief"), label("accident"), Money.yuan(3000))
    return Notice(
        number="XLGH-GS-2026-000012",
        office=OFFICE,
        unit="东兴林场工会",
        kind=label("Special relief"),
        rows=(row,) * rows,
        posted_on=date(2026, 1, 26),
        last_on=date(2026, 2, 2),
        working_days=5,
        telephone="0451-57500000",
        address="兴隆镇林业局办公楼207室",
    )


def a_receipt(**other: object) -> Receipt:
    """What an applicant takes home."""
    usual: dict[str, object] = {
        "number": "XLGH-2026-000045",
        "office": OFFICE,
        "unit": "东兴林场工会",
        "applicant": "张建国",
        "kind": label("Special relief"),
        "received_on": date(2026, 1, 12),
        "held_by": "李秀英",
        "answer_due_on": date(2026, 2, 2),
        "telephone": "0451-57500000",
        "contact": "李秀英",
    }
    return Receipt(**{**usual, **other})  # type: ignore[arg-type]


INVITATION = Invitation(
    office=OFFICE,
    unit="东兴林场工会",
    name="张" + RARE,
    user_name="dongxing.li",
    roles=(label("Caseworker"), label("Unit chair")),
    link="https://relief.example.org/invitation/k7Qm2vX9cT4pL8sWz1aB3dEf",
    code="4827 1936",
    valid_until=datetime(2026, 2, 12, 17, 0),
    telephone="0451-57500000",
)

REFUSAL = RefusalLetter(
    number="XLGH-BY-2026-000003",
    office=OFFICE,
    name="张建国",
    kind=label("Special relief"),
    applied_on=date(2026, 1, 12),
    decided_on=date(2026, 2, 2),
    reasons=("家庭人均收入超过本年度困难职工标准。", "同一事由已获得其他救助。"),
    appeal_to=OFFICE,
    appeal_until=date(2026, 2, 16),
    telephone="0451-57500000",
    advice=("可向户籍所在地民政部门申请临时救助。",),
)
