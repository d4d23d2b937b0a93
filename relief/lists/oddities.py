"""Which rows want a second look? Asked once for all rows of a window, in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import sqlalchemy as sa

from relief.cases.models import CaseStep, Objection
from relief.db import db
from relief.domain.labels import label
from relief.domain.money import ZERO
from relief.domain.sentences import Sentence, sentence
from relief.households.models import Account, Member
from relief.lists.queries import Row, money_of
from relief.persons.models import DeclaredRelative

Pairs = Iterable[tuple[int, Sentence]]


def marked(rows: Sequence[Row]) -> list[Row]:
    """The rows with what is odd about each; first those that are odd."""
    if not rows:
        return []
    found: dict[int, list[Sentence]] = defaultdict(list)
    for look in (_lowered, _shared_cards, _doubtful_cards, _objected, _sent_back, _near_to_staff):
        for case_id, why in look(rows):
            found[case_id].append(why)
    shown = [replace(row, oddities=tuple(found[row.id])) for row in rows]
    return sorted(shown, key=lambda row: not row.oddities)


def _ids(rows: Sequence[Row]) -> list[int]:
    return [row.id for row in rows]


def _lowered(rows: Sequence[Row]) -> Pairs:
    """Less than the unit's own opinion or the standard of its like: a limit or a decision lowered it."""
    found = db.session.execute(
        sa.select(CaseStep.case_id, sa.func.max(CaseStep.amount))
        .where(CaseStep.case_id.in_(_ids(rows)), CaseStep.amount.is_not(None))
        .group_by(CaseStep.case_id)
    )
    most = {case_id: money_of(amount) for case_id, amount in found}
    return [
        (row.id, sentence("Lowered from %(amount)s", amount=most[row.id]))
        for row in rows if most.get(row.id, ZERO) > row.amount
    ]  # fmt: skip


def _shared_cards(rows: Sequence[Row]) -> Pairs:
    """One card for several households."""
    mine = sa.select(Account.number_index).where(
        Account.household_id.in_([row.household_id for row in rows]), Account.state == "active"
    )
    shared = (
        sa.select(Account.number_index)
        .where(Account.state == "active", Account.number_index.in_(mine))
        .group_by(Account.number_index)
        .having(sa.func.count() > 1)
    )
    return _with_account(rows, Account.number_index.in_(shared), label("Shares its card with another household"))


def _doubtful_cards(rows: Sequence[Row]) -> Pairs:
    return _with_account(rows, Account.passes_luhn.is_(False), label("The card number fails its check"))


def _with_account(rows: Sequence[Row], condition: sa.ColumnElement[bool], why: Sentence) -> Pairs:
    households = set(
        db.session.scalars(
            sa.select(Account.household_id).where(
                Account.household_id.in_([row.household_id for row in rows]), Account.state == "active", condition
            )
        )
    )
    return [(row.id, why) for row in rows if row.household_id in households]


def _objected(rows: Sequence[Row]) -> Pairs:
    found = set(db.session.scalars(sa.select(Objection.case_id).where(Objection.case_id.in_(_ids(rows)))))
    return [(case_id, label("An objection was raised")) for case_id in found]


def _sent_back(rows: Sequence[Row]) -> Pairs:
    found = set(
        db.session.scalars(
            sa.select(CaseStep.case_id).where(CaseStep.case_id.in_(_ids(rows)), CaseStep.verb == "send_back")
        )
    )
    return [(case_id, label("Was sent back before")) for case_id in found]


def _near_to_staff(rows: Sequence[Row]) -> Pairs:
    """A member declared to be near to somebody of the staff."""
    declared = sa.select(DeclaredRelative.relative_id)
    households = set(
        db.session.scalars(
            sa.select(Member.household_id).where(
                Member.household_id.in_([row.household_id for row in rows]), Member.until.is_(None),
                Member.person_id.in_(declared),
            )
        )
    )  # fmt: skip
    return [(row.id, label("Near to somebody of the staff")) for row in rows if row.household_id in households]
