"""In which ways is aid given, and what proves that it was received?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from relief.domain.labels import label
from relief.domain.sentences import Sentence


class Way(StrEnum):
    """How a payment reaches the household. A sheet is paid in one way."""

    TRANSFER = "transfer"
    CASH = "cash"
    GOODS = "goods"

    @property
    def label(self) -> Sentence:
        return _LABELS[self]


_LABELS: dict[Way, Sentence] = {
    Way.TRANSFER: label("Bank transfer"),
    Way.CASH: label("Cash"),
    Way.GOODS: label("Goods"),
}


class Proof(StrEnum):
    """What shows that it was received: the bank's line of success, or the signature on the sheet 签领表."""

    BANK_LINE = "bank_line"
    SIGNED_SHEET = "signed_sheet"


@dataclass(frozen=True)
class ProofOfReceipt:
    """The setting: a proof per way, and the ways for which each payee gets a voucher 领款单 as well."""

    transfer: Proof = Proof.BANK_LINE
    cash: Proof = Proof.SIGNED_SHEET
    goods: Proof = Proof.SIGNED_SHEET
    vouchers: frozenset[str] = frozenset(Way)

    def of(self, way: str) -> Proof:
        """The proof for a way."""
        proof: Proof = getattr(self, Way(way).value)
        return proof


PROOF_OF_RECEIPT = ProofOfReceipt()


def way_of(form: str) -> Way:
    """How a part of an award goes out: goods are handed over, money is transferred."""
    return Way.GOODS if form == "goods" else Way.TRANSFER
