"""A12: which money is to come back, and has not?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from relief import clock
from relief.accounts.queries import within
from relief.auditing.findings.shape import Question, Rows, told
from relief.cases.models import Case
from relief.cases.ways_models import Recoverable
from relief.domain.audit_findings import UNRECOVERED_DAYS
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.persons.models import Person


def _outstanding(by: Actor) -> Rows:
    """Money booked as recoverable more than a quarter ago and not settled."""
    return (
        told(
            key=Recoverable.id, subject_id=Case.id, union_id=Recoverable.union_id, name=Person.name,
            number=Case.number, on=Recoverable.booked_on,
            amount=Recoverable.amount - Recoverable.recovered - Recoverable.written_off, extra=Recoverable.amount,
        )
        .join(Case, Case.id == Recoverable.case_id)
        .join(Person, Person.id == Case.applicant_id)
        .where(within(Recoverable.union_id, by), Recoverable.settled_on.is_(None))
        .where(Recoverable.booked_on < clock.today() - timedelta(days=UNRECOVERED_DAYS))
    )  # fmt: skip


def _of(row: Any) -> Sentence:
    return sentence("Still to come, of %(amount)s", amount=row.extra)


QUESTIONS = (
    Question(
        "not-recovered", "A12", label("To come back, and not back"),
        label("The money was booked as recoverable more than 90 days ago and is not settled."),
        "case", _outstanding, _of,
    ),
)  # fmt: skip
