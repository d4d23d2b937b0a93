"""What waits again when a death was none? The instalments whose payment it voided, unless something else changed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.audit.service import record
from relief.cases.models import Case, Instalment
from relief.db import db
from relief.domain.permissions import Actor
from relief.domain.workflow import PaymentState, State
from relief.payments.models import Payment
from relief.payments.service.sheets import lock_cases

FROZEN_BY_DEATH = "V03"
STILL_OWED = (State.APPROVED, State.IN_PAYMENT)


def wait_again(person_id: int, *, by: Actor) -> list[int]:
    """The payments to this person that death voided and nobody replaced; each is on record as waiting for a sheet.

    A void payment stays void: the next sheet makes a new attempt that cites it. Left alone are instalments that were
    paid to another payee meanwhile, dropped, or whose case has ended.
    """
    frozen = _frozen(person_id)
    lock_cases(sa.select(Payment.case_id).where(Payment.id.in_(frozen)))
    for payment in db.session.scalars(sa.select(Payment).where(Payment.id.in_(frozen)).order_by(Payment.id)):
        changes = {"case": payment.case_id, "instalment": payment.instalment_id, "amount": payment.amount}
        record("payment.wait_again", "payment", payment.id, by=by, union_id=payment.union_id, changes=changes)
    return frozen


def _frozen(person_id: int) -> list[int]:
    later = aliased(Payment)
    replaced = sa.exists().where(later.instalment_id == Payment.instalment_id, later.attempt > Payment.attempt)
    found = (
        sa.select(Payment.id)
        .join(Case, Case.id == Payment.case_id)
        .join(Instalment, Instalment.id == Payment.instalment_id)
        .where(
            Payment.payee_id == person_id, Payment.state == PaymentState.VOID,
            Payment.void_reason == FROZEN_BY_DEATH, Case.state.in_(STILL_OWED), Instalment.dropped_at.is_(None),
            ~replaced,
        )
    )  # fmt: skip
    return list(db.session.scalars(found.order_by(Payment.id)))
