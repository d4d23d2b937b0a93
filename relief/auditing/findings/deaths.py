"""A1: was anybody paid after a death, or not looked at for a year?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.auditing.findings.shape import Question, Rows, told
from relief.cases.models import Case
from relief.domain.audit_findings import UNVERIFIED_DAYS
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.visit_codes import VisitKind
from relief.domain.workflow import PaymentState
from relief.households.models import Household
from relief.payments.models import Payment
from relief.persons.models import Person
from relief.visits.models import Visit

MONEY_OUT = (PaymentState.RELEASED, PaymentState.SENT, PaymentState.SUCCEEDED)


def _paid(by: Actor) -> Rows:
    """Money that went out to a payee after that person's death, or is on its way to one."""
    after = sa.or_(Payment.settled_on.is_(None), Payment.settled_on > Person.deceased_on)
    return (
        told(
            key=Payment.id, subject_id=Payment.id, union_id=Payment.union_id, name=Payment.payee_name,
            number=Case.number, on=Payment.settled_on, amount=Payment.amount, extra=Person.deceased_on,
        )
        .join(Person, Person.id == Payment.payee_id)
        .join(Case, Case.id == Payment.case_id)
        .where(within(Payment.union_id, by), Payment.state.in_(MONEY_OUT), Person.deceased_on.is_not(None), after)
    )  # fmt: skip


def _awarded(by: Actor) -> Rows:
    """Awards decided after the death of the applicant or of the one whom they are for."""
    return (
        told(
            key=Case.id, subject_id=Case.id, union_id=Case.union_id, name=Person.name, number=Case.number,
            on=Case.approved_on, amount=Case.approved, extra=Person.deceased_on,
        )
        .join(Person, Person.id == sa.func.coalesce(Case.beneficiary_id, Case.applicant_id))
        .where(within(Case.union_id, by), Case.approved_on > Person.deceased_on)
    )  # fmt: skip


def _unverified(by: Actor) -> Rows:
    """Active files older than a year that no verification visit saw within the year."""
    edge = clock.today() - timedelta(days=UNVERIFIED_DAYS)
    verified = sa.and_(Visit.household_id == Household.id, Visit.kind == VisitKind.VERIFICATION.value)
    last = sa.select(sa.func.max(Visit.on)).where(verified).correlate(Household).scalar_subquery()
    return (
        told(
            key=Household.id, subject_id=Household.id, union_id=Household.union_id, name=Person.name,
            number=Household.number, on=last,
        )
        .join(Person, Person.id == Household.head_id)
        .where(within(Household.union_id, by), Household.status == "active", Household.opened_on < edge)
        .where(~sa.exists().where(verified, Visit.on >= edge))
    )  # fmt: skip


def _died(row: Any) -> Sentence:
    return sentence("Died on %(day)s", day=row.extra)


def _seen_last(row: Any) -> Sentence:
    if row.on is None:
        return label("No verification visit is on file")
    return sentence("Last verified on %(day)s", day=row.on)


QUESTIONS = (
    Question(
        "paid-after-death", "A1", label("Paid after the payee's death"),
        label("Money went out to somebody who had died, or is on its way to somebody who has."),
        "payment", _paid, _died,
    ),
    Question(
        "awarded-after-death", "A1", label("Awarded after a death"),
        label("The award was decided after the death of the one whom it is for."),
        "case", _awarded, _died,
    ),
    Question(
        "unverified", "A1", label("Not verified for a year"),
        label("The file is active, and no verification visit of the last twelve months is on file."),
        "household", _unverified, _seen_last,
    ),
)  # fmt: skip
