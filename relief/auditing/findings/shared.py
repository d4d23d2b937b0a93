"""A3: do several households share a card or a telephone?"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief.accounts.queries import within
from relief.auditing.findings.shape import Question, Rows, told
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.households.models import Account, Household
from relief.persons.models import Person


def _cards(by: Actor) -> Rows:
    """Accounts that stand, or wait to stand, in the files of more than one household."""
    return (
        told(
            key=sa.func.max(Account.id), subject_id=sa.func.max(Household.id), union_id=sa.func.max(Household.union_id),
            name=sa.func.max(Account.holder), number=sa.func.max(Household.number),
            extra=sa.func.count(sa.distinct(Household.id)),
        )
        .select_from(Account)
        .join(Household, Household.id == Account.household_id)
        .where(within(Household.union_id, by), Account.state.in_(("active", "proposed")))
        .group_by(Account.number_index)
        .having(sa.func.count(sa.distinct(Household.id)) > 1)
    )  # fmt: skip


def _telephones(by: Actor) -> Rows:
    """Telephones that the heads of more than one active file gave."""
    return (
        told(
            key=sa.func.max(Household.id), subject_id=sa.func.max(Household.id),
            union_id=sa.func.max(Household.union_id), name=sa.func.max(Person.name),
            number=sa.func.max(Household.number), extra=sa.func.count(Household.id),
        )
        .select_from(Household)
        .join(Person, Person.id == Household.head_id)
        .where(within(Household.union_id, by), Household.status == "active", Person.phone_index.is_not(None))
        .group_by(Person.phone_index)
        .having(sa.func.count(Household.id) > 1)
    )  # fmt: skip


def _of_card(row: Any) -> Sentence:
    return sentence("One account in %(count)s households", count=int(row.extra))


def _of_telephone(row: Any) -> Sentence:
    return sentence("One telephone in %(count)s households", count=int(row.extra))


QUESTIONS = (
    Question(
        "shared-card", "A3", label("One account, several households"),
        label("The same account number stands in the files of several households."),
        "household", _cards, _of_card,
    ),
    Question(
        "shared-telephone", "A3", label("One telephone, several households"),
        label("The heads of several active files gave the same telephone."),
        "household", _telephones, _of_telephone,
    ),
)  # fmt: skip
