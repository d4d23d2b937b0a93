"""Which columns has a disbursement sheet, on paper and in the workbook alike? (domain facts §4.2)"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from relief.documents.paper import Copy, Text
from relief.documents.sheet import SheetRow
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
COLUMNS = (
    NUMBER,
    Column(label("Name"), 18, lambda row, copy: row.name),
    Column(label("Sex"), 8, lambda row, copy: row.sex, "centre"),
    Column(label("Resident ID"), 32, lambda row, copy: row.resident_id.shown(copy), "centre"),
    Column(label("Workplace"), 30, lambda row, copy: row.unit),
    Column(label("Hardship category"), 15, lambda row, copy: row.category, "centre"),
    Column(label("Cause"), 14, lambda row, copy: row.cause, "centre"),
    Column(label("Kind of relief"), 15, lambda row, copy: row.kind, "centre"),
    AMOUNT,
    Column(label("Bank"), 25, lambda row, copy: row.bank),
    Column(label("Card number"), 34, lambda row, copy: row.account.shown(copy), "centre"),
    Column(label("Telephone"), 21, lambda row, copy: row.phone.shown(copy), "centre"),
    Column(label("Signature or fingerprint"), 23, lambda row, copy: ""),
    Column(label("Remark"), 14, lambda row, copy: row.remark),
)
