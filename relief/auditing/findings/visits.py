"""A13: who is said to have been to more homes on one day than anybody can?"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief.accounts.queries import within
from relief.auditing.findings.shape import Question, Rows, told
from relief.domain.audit_findings import VISITS_A_DAY
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.visit_codes import Place
from relief.persons.models import Person
from relief.visits.models import Visit, Visitor


def _crowded(by: Actor) -> Rows:
    """Visitors and days with more than twelve visits; calls by telephone are not counted."""
    return (
        told(
            key=sa.func.max(Visitor.id), subject_id=sa.func.min(Visit.id), union_id=sa.func.min(Visit.union_id),
            name=sa.func.max(Person.name), number=sa.cast(sa.func.count(Visit.id), sa.String()), on=Visit.on,
            extra=sa.func.count(Visit.id),
        )
        .select_from(Visitor)
        .join(Visit, Visit.id == Visitor.visit_id)
        .join(Person, Person.id == Visitor.person_id)
        .where(within(Visit.union_id, by), Visit.place != Place.PHONE.value)
        .group_by(Visitor.person_id, Visit.on)
        .having(sa.func.count(Visit.id) > VISITS_A_DAY)
    )  # fmt: skip


def _visits(row: Any) -> Sentence:
    return sentence("%(count)s visits on one day", count=int(row.extra))


QUESTIONS = (
    Question(
        "crowded-days", "A13", label("More than twelve visits in a day"),
        label("One visitor is entered for more than twelve visits on the same day."),
        "visit", _crowded, _visits,
    ),
)  # fmt: skip
