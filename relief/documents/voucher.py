"""What stands on a voucher 领款单, and how does it become A5 paper? (one per payee)"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from relief.documents.paper import ARCHIVE, NOTHING_PRIVATE, Copy, Private, Text
from relief.domain.money import Money
from relief.domain.sentences import Param, Sentence, sentence

if TYPE_CHECKING:
    from relief.documents.batch import Batch


@dataclass(frozen=True)
class Goods:
    """One line of goods in kind: what, how many, at what price each, on which invoice."""

    name: str
    quantity: int
    measure: str
    price: Money
    invoice: str = ""

    @property
    def value(self) -> Money:
        """Quantity times price."""
        return self.price * self.quantity

    @property
    def line(self) -> Sentence:
        """The line as it is printed."""
        known: dict[str, Param] = {
            "name": self.name,
            "quantity": self.quantity,
            "measure": self.measure,
            "price": self.price,
            "value": self.value,
            "invoice": self.invoice,
        }
        if self.invoice:
            return sentence("%(name)s %(quantity)s %(measure)s at ¥%(price)s: ¥%(value)s, invoice %(invoice)s", **known)
        return sentence("%(name)s %(quantity)s %(measure)s at ¥%(price)s: ¥%(value)s", **known)


@dataclass(frozen=True)
class Agent:
    """Who collects in the payee's place 代领人, on which authorisation 委托书."""

    name: str
    resident_id: Private
    relation: Text
    authorisation: str


@dataclass(frozen=True)
class Voucher:
    """One voucher. Names of hands may be empty: the line is then left for ink.

    `month` is the first day of the month that the payment belongs to. `verify_url` is what the QR code holds;
    without one the paper shows its number and `telephone`. `replaces` is the number of the voucher that this one
    was issued again for. `made_at` is local time.
    """

    number: str
    office: str
    unit: str
    payee: str
    resident_id: Private
    kind: Text
    reason: Text
    month: date
    amount: Money
    way: Text
    fund: Text
    case_number: str
    made_at: datetime
    telephone: str
    bank: str = ""
    account: Private = NOTHING_PRIVATE
    goods: tuple[Goods, ...] = ()
    attachments: int = 0
    handlers: tuple[str, ...] = ()
    reviewer: str = ""
    approver: str = ""
    witness: str = ""
    agent: Agent | None = None
    verify_url: str | None = None
    replaces: str | None = None
    entry_number: str = ""

    @property
    def goods_line(self) -> Sentence:
        """All goods on one line."""
        return sentence("%(lines)s", lines=tuple(one.line for one in self.goods))


def voucher_pdf(papers: Sequence[Voucher], locale: str, copy: Copy = ARCHIVE) -> bytes:
    """The vouchers as one PDF, a page each; same vouchers, same bytes.

    RuleBroken for a character that cannot be printed; ValueError when an archive copy lacks a full value.
    """
    from relief.documents.voucher_page import rendered

    return rendered(papers, locale, copy)


def voucher_batch(
    papers: Sequence[Voucher],
    locale: str,
    copy: Copy = ARCHIVE,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Batch:
    """Many vouchers as one PDF; one that cannot be printed is left out and named, the rest go on.

    Each page looks as `voucher_pdf` makes it. More than one worker starts processes; `progress` is told
    (vouchers done, vouchers in all).
    """
    from relief.documents.voucher_page import rendered_batch

    return rendered_batch(papers, locale, copy, workers=workers, progress=progress)
