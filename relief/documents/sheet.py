"""What stands on a disbursement sheet 发放明细表 and on its summary 发放汇总表?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relief.documents.paper import NOTHING_PRIVATE, Hand, Private, Text
from relief.domain.money import Money


@dataclass(frozen=True)
class SheetRow:
    """One payee's line. The column for the signature stays empty."""

    name: str
    sex: Text
    resident_id: Private
    unit: str
    category: Text
    cause: Text
    kind: Text
    amount: Money
    bank: str = ""
    account: Private = NOTHING_PRIVATE
    phone: Private = NOTHING_PRIVATE
    remark: Text = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet of one fund and month, with its control totals.

    `rows` may be a stream, read once. `count`, `households` and `total` are what was released: a paper whose rows
    do not add up to `count` and `total` is refused (ValueError). `record_head` is the head of the sealed record;
    `watermark` (who, when) is printed across an archive copy. Hands sign at the foot in the order given.
    """

    number: str
    office: str
    unit: str
    kind: Text
    month: date
    fund: Text
    made_on: date
    rows: Iterable[SheetRow]
    count: int
    households: int
    total: Money
    hands: tuple[Hand, ...]
    record_head: str = ""
    watermark: str = ""
    account_subject: str = ""
    entry_number: str = ""
    bank_receipt: str = ""


@dataclass(frozen=True)
class SummaryRow:
    """One unit's line: amounts in the order of the summary's kinds and sources."""

    unit: str
    households: int
    payments: int
    by_kind: tuple[Money, ...]
    total: Money
    by_source: tuple[Money, ...]


@dataclass(frozen=True)
class Summary:
    """发放汇总表 of a month: units down; kinds, total, and whose money it was across."""

    number: str
    office: str
    month: date
    made_on: date
    kinds: tuple[Text, ...]
    sources: tuple[Text, ...]
    rows: tuple[SummaryRow, ...]
    hands: tuple[Hand, ...]
    record_head: str = ""
    watermark: str = ""
