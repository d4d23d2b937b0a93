"""A2: was anything paid twice, for one event or to one person over two households?"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.auditing.columns import named
from relief.auditing.findings.shape import Question, Rows, told
from relief.cases.models import Case, Event
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import State
from relief.households.models import Household, Member
from relief.opening.models import PastAward
from relief.persons.models import Person

GRANTED = (State.APPROVED, State.IN_PAYMENT, State.PAID, State.FOLLOWED_UP, State.CLOSED)


def _one_event(by: Actor) -> Rows:
    """Awards of one household for events of one sort on one day, when there is more than one."""
    return (
        told(
            key=sa.func.max(Case.id), subject_id=sa.func.max(Case.id), union_id=sa.func.max(Case.union_id),
            name=sa.func.max(Person.name), number=sa.func.max(Case.number), on=Event.on,
            amount=sa.func.sum(Case.approved), extra=sa.func.count(Case.id),
        )
        .select_from(Case)
        .join(Event, Event.id == Case.event_id)
        .join(Household, Household.id == Case.household_id)
        .join(Person, Person.id == Household.head_id)
        .where(within(Case.union_id, by), Case.state.in_(GRANTED))
        .group_by(Case.household_id, Event.kind, Event.on)
        .having(sa.func.count(Case.id) > 1)
    )  # fmt: skip


def _two_households(by: Actor) -> Rows:
    """Persons who were members of two households that were both helped this year, each while they belonged to it."""
    helped = _helped_this_year(by)
    belonged = sa.and_(
        Member.household_id == helped.c.household_id, Member.since <= helped.c.on,
        sa.or_(Member.until.is_(None), Member.until >= helped.c.on),
    )  # fmt: skip
    return (
        told(
            key=Person.id, subject_id=sa.func.max(helped.c.household_id), union_id=sa.func.max(Household.union_id),
            name=Person.name, number=sa.func.max(Household.number), on=sa.func.max(helped.c.on),
            amount=sa.func.sum(helped.c.amount), extra=sa.func.count(sa.distinct(helped.c.household_id)),
        )
        .select_from(helped)
        .join(Household, Household.id == helped.c.household_id)
        .join(Member, belonged)
        .join(Person, Person.id == Member.person_id)
        .group_by(Person.id, Person.name)
        .having(sa.func.count(sa.distinct(helped.c.household_id)) > 1)
    )  # fmt: skip


def _helped_this_year(by: Actor) -> sa.Subquery:
    first = clock.today().replace(month=1, day=1)
    here = sa.select(Case.household_id, named(Case.approved_on, "on"), named(Case.approved, "amount")).where(
        within(Case.union_id, by), Case.approved_on >= first, Case.state.in_(GRANTED)
    )
    before = sa.select(PastAward.household_id, PastAward.on, PastAward.amount).where(
        within(PastAward.union_id, by), PastAward.on >= first
    )
    return here.union_all(before).subquery("helped")


def _awards(row: Any) -> Sentence:
    return sentence("%(count)s awards for one event", count=int(row.extra))


def _households(row: Any) -> Sentence:
    return sentence("Member of %(count)s households that were helped this year", count=int(row.extra))


QUESTIONS = (
    Question(
        "one-event-twice", "A2", label("One event, several awards"),
        label("A household got more than one award for the same sort of event on the same day."),
        "case", _one_event, _awards,
    ),
    Question(
        "member-of-two", "A2", label("One person in two helped households"),
        label("Somebody belonged to two households that were both helped this year. Moves and marriages explain some."),
        "household", _two_households, _households,
    ),
)  # fmt: skip
