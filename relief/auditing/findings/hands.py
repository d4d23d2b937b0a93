"""A6: was money paid in cash, or to somebody outside the household?"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief.accounts.queries import within
from relief.auditing.findings.deaths import MONEY_OUT
from relief.auditing.findings.shape import Question, Rows, told
from relief.cases.models import Case
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.households.models import Member
from relief.payments.models import Payment
from relief.persons.models import Person


def _payments(by: Actor) -> Rows:
    return (
        told(
            key=Payment.id, subject_id=Payment.id, union_id=Payment.union_id, name=Payment.payee_name,
            number=Case.number, on=Payment.settled_on, amount=Payment.amount, extra=Person.name,
        )
        .join(Case, Case.id == Payment.case_id)
        .join(Person, Person.id == Case.applicant_id)
        .where(within(Payment.union_id, by), Payment.state.in_(MONEY_OUT))
    )  # fmt: skip


def _cash(by: Actor) -> Rows:
    return _payments(by).where(Payment.way == "cash")


def _collected(by: Actor) -> Rows:
    """Payments to a payee who never was a member of the household."""
    belongs = sa.exists().where(Member.household_id == Payment.household_id, Member.person_id == Payment.payee_id)
    return _payments(by).where(~belongs, Payment.payee_id != Case.applicant_id)


def _in_cash(row: Any) -> Sentence:
    return label("Paid in cash")


def _for_whom(row: Any) -> Sentence:
    return sentence("For the household of %(applicant)s", applicant=row.extra)


QUESTIONS = (
    Question(
        "cash", "A6", label("Paid in cash"),
        label("Money went out in cash: two who pay, a photo and a signature must stand behind each."),
        "payment", _cash, _in_cash,
    ),
    Question(
        "outside-the-household", "A6", label("Paid to somebody outside the household"),
        label("The payee is not a member of the household that was helped."),
        "payment", _collected, _for_whom,
    ),
)  # fmt: skip
