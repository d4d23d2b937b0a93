"""A4: are staff, or relatives that staff declared, among the households that were helped?"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.accounts.models import User
from relief.accounts.queries import within
from relief.auditing.columns import named
from relief.auditing.findings.shape import Question, Rows, told
from relief.auditing.findings.twice import GRANTED
from relief.cases.models import Case
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.households.models import Member
from relief.persons.models import DeclaredRelative, Person


def _close_to_staff(by: Actor) -> Rows:
    """Cases that were granted to a household with a member who is staff, or whom staff declared as a relative."""
    staff = aliased(Person)
    close = _close()
    return (
        told(
            key=Case.id, subject_id=Case.id, union_id=Case.union_id, name=sa.func.max(Person.name), number=Case.number,
            on=Case.approved_on, amount=Case.approved, extra=sa.func.max(staff.name),
        )
        .select_from(close)
        .join(Member, sa.and_(Member.person_id == close.c.person_id, Member.until.is_(None)))
        .join(Case, Case.household_id == Member.household_id)
        .join(Person, Person.id == Member.person_id)
        .join(staff, staff.id == close.c.staff_id)
        .where(within(Case.union_id, by), Case.state.in_(GRANTED))
        .group_by(Case.id, Case.union_id, Case.number, Case.approved_on, Case.approved)
    )  # fmt: skip


def _close() -> sa.Subquery:
    """Staff beside themselves and beside each relative they declared."""
    themselves = sa.select(named(User.person_id, "staff_id"), named(User.person_id, "person_id"))
    relatives = sa.select(DeclaredRelative.person_id, DeclaredRelative.relative_id).where(
        DeclaredRelative.person_id.in_(sa.select(User.person_id))
    )
    return themselves.union(relatives).subquery("close")


def _whose(row: Any) -> Sentence:
    if row.name == row.extra:
        return label("Staff of the union")
    return sentence("Close to %(staff)s, by declaration", staff=row.extra)


QUESTIONS = (
    Question(
        "close-to-staff", "A4", label("Staff and their relatives helped"),
        label("A member of the household works here, or is a declared relative of somebody who does."),
        "case", _close_to_staff, _whose,
    ),
)  # fmt: skip
