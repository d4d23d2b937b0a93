"""What stands on a disbursement sheet 发放明细表, on a sign-for sheet of goods 签领表, on the summary 发放汇总表?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relief.documents.paper import ARCHIVE, COPY_NAMES, NOTHING_PRIVATE, Copy, Hand, Private, Text
from relief.domain.labels import label
from relief.domain.money import Money, total
from relief.domain.sentences import Sentence

ROWS_ON_A_PAGE = 14


@dataclass(frozen=True)
class SheetRow:
    """One payee's line. The column for the signature stays empty. Goods name what is handed over, how many, at what."""

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
    goods: str = ""
    quantity: str = ""
    price: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet of one fund and month, with its control totals.

    `rows` may be a stream, read once. `count`, `households` and `total` are what was released: a paper whose
    rows do not add up to `count` and `total` is refused (ValueError). `record_head` is the head of the sealed
    record; `watermark` (who, when) is printed across an archive copy. Hands sign at the foot in this order. One of
    goods has columns of its own.
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
    is_goods: bool = False

    @property
    def title(self) -> Sentence:
        """What the paper is called."""
        money = label("Disbursement sheet of hardship relief")
        return label("Sign-for sheet of relief goods") if self.is_goods else money


@dataclass(frozen=True)
class SheetPage:
    """One page of a sheet: its rows with their places."""

    number: int
    of: int
    rows: tuple[tuple[int, SheetRow], ...]

    @property
    def subtotal(self) -> Money:
        """What the page's rows add up to."""
        return total(row.amount for _, row in self.rows)

    @property
    def is_last(self) -> bool:
        """Whether the total stands here."""
        return self.number == self.of

    @property
    def has_room(self) -> bool:
        """Whether a row could still be added by hand: paper then says that nothing stands below."""
        return len(self.rows) < ROWS_ON_A_PAGE


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
    """发放汇总表 of a month, or of those up to `until`: units down; kinds, total, and whose money it was across."""

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
    until: date | None = None

    @property
    def months(self) -> tuple[date, ...]:
        """The first and the last month, or the only one."""
        return tuple(dict.fromkeys((self.month, self.until or self.month)))


def sheet_pdf(sheet: Sheet, locale: str, copy: Copy = ARCHIVE) -> bytes:
    """The sheet on A4 landscape: head, subtotal and places to sign on each page, the total on the last.

    RuleBroken for a character that cannot be printed; ValueError when the rows are not those of the totals.
    """
    from relief.documents.batch import render_in_chunks
    from relief.documents.layers import Watermark, stamp
    from relief.documents.sheet_columns import AMOUNT, columns_of

    columns = columns_of(sheet)
    before = columns.index(AMOUNT)
    made = render_in_chunks(
        "sheet", sheet_pages(sheet), locale, sheet=sheet, columns=columns, copy=copy, copy_name=COPY_NAMES[copy],
        before=before, after=columns[before + 1 :],
    )  # fmt: skip
    return stamp(made, Watermark(sheet.watermark), locale) if sheet.watermark and copy == ARCHIVE else made


def sheet_pages(sheet: Sheet) -> list[SheetPage]:
    """The rows cut into pages, after they have been counted and added up."""
    rows = list(enumerate(sheet.rows, start=1))
    if (len(rows), total(row.amount for _, row in rows)) != (sheet.count, sheet.total):
        raise ValueError(f"the rows of sheet {sheet.number} do not add up to its totals")
    cut = [tuple(rows[first : first + ROWS_ON_A_PAGE]) for first in range(0, len(rows), ROWS_ON_A_PAGE)] or [()]
    return [SheetPage(number, len(cut), page) for number, page in enumerate(cut, start=1)]
