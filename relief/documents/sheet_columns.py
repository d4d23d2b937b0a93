"""Which columns has a disbursement sheet, on paper and in the workbook alike? (domain facts §4.2)"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from relief.documents.paper import Copy, Text
from relief.documents.sheet import Sheet, SheetRow
from relief.domain.labels import label
from relief.domain.sentences import Sentence

Read: TypeAlias = Callable[[SheetRow, Copy], Text]


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width on A4 landscape in mm, and where its text comes from."""

    heading: Sentence
    width: int
    read: Read
    alignment: Literal["", "centre", "money"] = ""

    def text(self, row: SheetRow, place: int, copy: Copy) -> Text:
        """What stands in the row's cell."""
        return str(place) if self is NUMBER else self.read(row, copy)


NUMBER = Column(label("No."), 8, lambda row, copy: "", "centre")
AMOUNT = Column(label("Amount (yuan)"), 20, lambda row, copy: str(row.amount), "money")
SIGNATURE = label("Signature or fingerprint")
NAME = Column(label("Name"), 18, lambda row, copy: row.name)
SEX = Column(label("Sex"), 8, lambda row, copy: row.sex, "centre")
RESIDENT_ID = Column(label("Resident ID"), 32, lambda row, copy: row.resident_id.shown(copy), "centre")
WORKPLACE = Column(label("Workplace"), 30, lambda row, copy: row.unit)
CATEGORY = Column(label("Hardship category"), 15, lambda row, copy: row.category, "centre")
KIND = Column(label("Kind of relief"), 15, lambda row, copy: row.kind, "centre")
REMARK = Column(label("Remark"), 14, lambda row, copy: row.remark)
COLUMNS = (
    NUMBER,
    NAME,
    SEX,
    RESIDENT_ID,
    WORKPLACE,
    CATEGORY,
    Column(label("Cause"), 14, lambda row, copy: row.cause, "centre"),
    KIND,
    AMOUNT,
    Column(label("Bank"), 25, lambda row, copy: row.bank),
    Column(label("Card number"), 34, lambda row, copy: row.account.shown(copy), "centre"),
    Column(label("Telephone"), 21, lambda row, copy: row.phone.shown(copy), "centre"),
    Column(SIGNATURE, 23, lambda row, copy: ""),
    REMARK,
)
GOODS_COLUMNS = (
    NUMBER,
    NAME,
    SEX,
    RESIDENT_ID,
    Column(label("Goods"), 40, lambda row, copy: row.goods),
    Column(label("Quantity"), 14, lambda row, copy: row.quantity, "centre"),
    Column(label("Unit price (yuan)"), 19, lambda row, copy: row.price, "money"),
    AMOUNT,
    WORKPLACE,
    CATEGORY,
    KIND,
    Column(label("Telephone"), 21, lambda row, copy: row.phone.shown(copy), "centre"),
    Column(SIGNATURE, 23, lambda row, copy: ""),
    REMARK,
)


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """Those of money or those of goods; both are as wide as the page."""
    return GOODS_COLUMNS if sheet.is_goods else COLUMNS
