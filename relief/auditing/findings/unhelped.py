"""A11: which households are in need on file and got nothing, and which needs were told and not answered?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.auditing.findings.shape import Question, Rows, told
from relief.auditing.findings.twice import GRANTED
from relief.cases.models import Case
from relief.domain.audit_findings import UNANSWERED_DAYS, UNHELPED_DAYS
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.visit_codes import Theme
from relief.households.models import Household
from relief.opening.models import PastAward
from relief.persons.models import Person
from relief.visits.models import Need, Promise, Visit


def _unhelped(by: Actor) -> Rows:
    """Files that are active for more than a year, without an award of the last twelve months, here or imported."""
    edge = clock.today() - timedelta(days=UNHELPED_DAYS)
    here = sa.exists().where(Case.household_id == Household.id, Case.approved_on >= edge, Case.state.in_(GRANTED))
    before = sa.exists().where(PastAward.household_id == Household.id, PastAward.on >= edge)
    last = (
        sa.select(sa.func.max(Case.approved_on)).where(Case.household_id == Household.id, Case.state.in_(GRANTED))
        .correlate(Household).scalar_subquery()
    )  # fmt: skip
    return (
        told(
            key=Household.id, subject_id=Household.id, union_id=Household.union_id, name=Person.name,
            number=Household.number, on=last,
        )
        .join(Person, Person.id == Household.head_id)
        .where(within(Household.union_id, by), Household.status == "active", Household.opened_on < edge)
        .where(~here, ~before)
    )  # fmt: skip


def _unanswered(by: Actor) -> Rows:
    """Needs told on a visit two months ago or earlier, this year or last, after which nothing began."""
    today = clock.today()
    first = today.replace(year=today.year - 1, month=1, day=1)
    began = sa.exists().where(Case.household_id == Need.household_id, Case.created_at >= sa.func.date(Visit.on))
    promised = sa.exists().where(Promise.visit_id == Visit.id)
    return (
        told(
            key=Need.id, subject_id=Need.household_id, union_id=Visit.union_id, name=Person.name,
            number=Household.number, on=Visit.on, extra=Need.theme,
        )
        .join(Visit, Visit.id == Need.visit_id)
        .join(Household, Household.id == Need.household_id)
        .join(Person, Person.id == Household.head_id)
        .where(within(Visit.union_id, by), Household.status == "active")
        .where(Visit.on >= first, Visit.on < today - timedelta(days=UNANSWERED_DAYS), ~began, ~promised)
    )  # fmt: skip


def _helped_last(row: Any) -> Sentence:
    if row.on is None:
        return label("Never helped since the file is kept here")
    return sentence("Last award on %(day)s", day=row.on)


def _need(row: Any) -> Sentence:
    return sentence("Asked for: %(theme)s. No promise and no case since.", theme=Theme(row.extra).label)


QUESTIONS = (
    Question(
        "unhelped", "A11", label("Active file, no relief for a year"),
        label("The file is active for more than a year, and nothing was granted in the last twelve months."),
        "household", _unhelped, _helped_last,
    ),
    Question(
        "need-unanswered", "A11", label("Needs told and not answered"),
        label("The household asked for something more than 60 days ago; nothing was promised and no case was opened."),
        "household", _unanswered, _need,
    ),
)  # fmt: skip
