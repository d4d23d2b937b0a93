"""What do rooms above cases show on a case's page? Payments and vouchers register a provider when they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.providers import Adding


@dataclass(frozen=True)
class PaymentRow:
    """One attempt to pay, or one voucher: what it is, how it stands, where to read on.

    `table` names the words of its state: payment, sheet or voucher. `note` is what the bank said, or the like.
    """

    label: Sentence | str
    state: str
    table: str = "payment"
    amount: Money | None = None
    on: date | None = None
    url: str | None = None
    note: Sentence | str | None = None


_providers: Adding[[int, Actor], PaymentRow] = Adding()
register = _providers.register


def list_payment_rows(case_id: int, *, by: Actor) -> list[PaymentRow]:
    """What all rooms above have to show of this case, in the order of the rooms."""
    return _providers.all(case_id, by)
