"""What does a payment bring, in words? The kit that is handed over, and which month of an award it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relief.cases.models import AwardPart, Instalment
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.money import Money
from relief.domain.sentences import Sentence, sentence
from relief.payments.models import Payment

MEASURE = "份"


@dataclass(frozen=True)
class KitGiven:
    """Goods as a sheet and a voucher print them: quantity times price is the amount of the payment."""

    name: str
    quantity: int
    measure: str
    price: Money


def kit_given(kit: Mapping[str, Any] | None, amount: Money) -> KitGiven | None:
    """The kit of a part as it was frozen with the award; None for money."""
    return KitGiven(str(kit["name"]), 1, MEASURE, amount) if kit else None


def kits_by_payment(wanted: sa.ColumnElement[bool]) -> dict[int, KitGiven]:
    """The kit of each payment that hands one over."""
    rows = db.session.execute(
        sa.select(Payment.id, Payment.amount, AwardPart.kit)
        .join(Instalment, Instalment.id == Payment.instalment_id)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .where(wanted, AwardPart.form == "goods")
    )
    given = {row.id: kit_given(row.kit, row.amount) for row in rows}
    return {payment_id: kit for payment_id, kit in given.items() if kit is not None}


def month_of_award(kind: str, months: int | None, number: int, due_month: str) -> Sentence | None:
    """Which month of an award by month it is; None for a sum that is paid at once."""
    if not months or not find_kind(kind).runs_by_month:
        return None
    return sentence("Month %(number)s of %(months)s, due %(due)s", number=number, months=months, due=due_month)
