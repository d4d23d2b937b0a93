"""A8: which awards wait for their money, and which funds hold cash that nobody moves?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.auditing.findings.shape import Question, Rows, told
from relief.cases.models import Case
from relief.domain.audit_findings import IDLE_DAYS, UNPAID_DAYS
from relief.domain.budget import Movement
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import PaymentState, State
from relief.funds.models import Fund, FundBalance, JournalEntry
from relief.payments.models import Payment
from relief.persons.models import Person


def _unpaid(by: Actor) -> Rows:
    """Awards that were approved more than a month ago and of which no payment arrived."""
    arrived = sa.exists().where(Payment.case_id == Case.id, Payment.state == PaymentState.SUCCEEDED)
    return (
        told(
            key=Case.id, subject_id=Case.id, union_id=Case.union_id, name=Person.name, number=Case.number,
            on=Case.approved_on, amount=Case.approved,
        )
        .join(Person, Person.id == Case.applicant_id)
        .where(within(Case.union_id, by), Case.state.in_((State.APPROVED, State.IN_PAYMENT)))
        .where(Case.approved_on < clock.today() - timedelta(days=UNPAID_DAYS), ~arrived)
    )  # fmt: skip


def _idle(by: Actor) -> Rows:
    """Funds that hold cash which is neither paid nor on its way, and that paid nothing for a quarter."""
    edge = clock.today() - timedelta(days=IDLE_DAYS)
    moved = sa.and_(JournalEntry.fund_id == Fund.id, JournalEntry.movement == Movement.PAY.value)
    last = sa.select(sa.func.max(JournalEntry.on)).where(moved).correlate(Fund).scalar_subquery()
    came_in = sa.and_(JournalEntry.fund_id == Fund.id, JournalEntry.movement == Movement.RECEIVE.value)
    first = sa.select(sa.func.min(JournalEntry.on)).where(came_in).correlate(Fund).scalar_subquery()
    root = sa.select(Union.id).where(Union.parent_id.is_(None)).limit(1).scalar_subquery()
    rest = FundBalance.received - FundBalance.released - FundBalance.paid
    return (
        told(key=Fund.id, subject_id=Fund.id, union_id=root, name=Fund.name, number=Fund.code, on=last, amount=rest)
        .join(FundBalance, FundBalance.fund_id == Fund.id)
        .where(FundBalance.received > FundBalance.released + FundBalance.paid, sa.func.coalesce(last, first) < edge)
        .where(sa.true() if by.sees(None) else sa.false())
    )


def _since(row: Any) -> Sentence:
    return sentence("Approved %(days)s days ago", days=(clock.today() - row.on).days)


def _moved_last(row: Any) -> Sentence:
    if row.on is None:
        return label("Nothing was ever paid from it")
    return sentence("Last paid on %(day)s", day=row.on)


QUESTIONS = (
    Question(
        "approved-unpaid", "A8", label("Approved and not paid for 30 days"),
        label("The award was approved more than 30 days ago, and no payment of it has arrived."),
        "case", _unpaid, _since,
    ),
    Question(
        "idle-money", "A8", label("Money idle in a fund"),
        label("The fund holds cash that is not on its way, and nothing was paid from it for 90 days."),
        "fund", _idle, _moved_last,
    ),
)  # fmt: skip
