"""A7: did a household get more than the limits of the year? None is expected: the decision refuses it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.auditing.findings.shape import Question, Rows, told
from relief.auditing.findings.twice import GRANTED
from relief.cases.models import Case
from relief.db import BIG
from relief.domain.aid import find_kind, kinds
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.households.models import Household
from relief.persons.models import Person
from relief.policies.queries import get_policy_version, policy_of


def _of_kind(by: Actor) -> Rows:
    """Households whose awards of one kind, decided this year, add up to more than the kind's limit."""
    cap = sa.case(_caps(), value=Case.kind, else_=0)
    summed = sa.func.sum(sa.type_coerce(Case.approved, BIG))
    return _sums(by, sa.func.max(Case.kind)).group_by(Case.household_id, Case.kind).having(summed > sa.func.max(cap))


def _of_all(by: Actor) -> Rows:
    """Households whose awards of all kinds, decided this year, add up to more than the limit of all."""
    version = get_policy_version("special", clock.today())
    summed = sa.func.sum(sa.type_coerce(Case.approved, BIG))
    cap = policy_of(version).all_kinds_year_cap.fen
    return _sums(by, sa.cast(cap, sa.String())).group_by(Case.household_id).having(summed > cap)


def _sums(by: Actor, extra: Any) -> Rows:
    first = clock.today().replace(month=1, day=1)
    return (
        told(
            key=sa.func.max(Case.id), subject_id=sa.func.max(Case.household_id), union_id=sa.func.max(Case.union_id),
            name=sa.func.max(Person.name), number=sa.func.max(Household.number), on=sa.func.max(Case.approved_on),
            amount=sa.func.sum(Case.approved), extra=extra,
        )
        .select_from(Case)
        .join(Household, Household.id == Case.household_id)
        .join(Person, Person.id == Household.head_id)
        .where(within(Case.union_id, by), Case.approved_on >= first, Case.state.in_(GRANTED))
    )  # fmt: skip


def _caps() -> dict[str, int]:
    today = clock.today()
    return {code: policy_of(get_policy_version(code, today)).household_year_cap.fen for code in kinds()}


def _above_kind(row: Any) -> Sentence:
    cap = Money(_caps()[row.extra])
    return sentence("%(kind)s: the limit of the year is %(cap)s", kind=find_kind(row.extra).name, cap=cap)


def _above_all(row: Any) -> Sentence:
    return sentence("The limit of the year for all kinds is %(cap)s", cap=Money(int(row.extra)))


QUESTIONS = (
    Question(
        "above-the-kind", "A7", label("Above the limit of a kind"),
        label("Awards of one kind, decided this year, add up to more than its limit for a household."),
        "household", _of_kind, _above_kind,
    ),
    Question(
        "above-all-kinds", "A7", label("Above the limit of all kinds"),
        label("Awards of all kinds, decided this year, add up to more than a household may get."),
        "household", _of_all, _above_all,
    ),
)  # fmt: skip
