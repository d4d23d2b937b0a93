"""A13: who is said to have been to more homes on one day than anybody can?"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.auditing.columns import named
from relief.auditing.findings.shape import Question, Rows, told
from relief.domain.audit_findings import VISITS_A_DAY
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.visit_codes import Place
from relief.persons.models import Person
from relief.visits.models import Visit, Visitor


def _crowded(by: Actor) -> Rows:
    """Visitors and days with more than twelve visits, this year or last; calls by telephone are not counted."""
    first = clock.today().replace(year=clock.today().year - 1, month=1, day=1)
    visits = sa.func.count(Visit.id)
    days = (
        sa.select(
            Visitor.person_id, named(Visit.on, "day"), named(sa.func.max(Visitor.id), "last"), named(visits, "visits"),
            named(sa.func.min(Visit.id), "first"), named(sa.func.min(Visit.union_id), "union_id"),
        )
        .join(Visit, Visit.id == Visitor.visit_id)
        .where(within(Visit.union_id, by), Visit.place != Place.PHONE.value, Visit.on >= first)
        .group_by(Visitor.person_id, Visit.on)
        .having(visits > VISITS_A_DAY)
        .subquery("days")
    )  # fmt: skip
    return told(
        key=days.c.last, subject_id=days.c.first, union_id=days.c.union_id, name=Person.name,
        number=sa.cast(days.c.visits, sa.String()), on=days.c.day, extra=days.c.visits,
    ).join(Person, Person.id == days.c.person_id)  # fmt: skip


def _visits(row: Any) -> Sentence:
    return sentence("%(count)s visits on one day", count=int(row.extra))


QUESTIONS = (
    Question(
        "crowded-days", "A13", label("More than twelve visits in a day"),
        label("One visitor is entered for more than twelve visits on one day of this year or the last."),
        "visit", _crowded, _visits,
    ),
)  # fmt: skip
