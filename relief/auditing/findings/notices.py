"""A9: was money released without a public notice that stood for its working days?"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.auditing.findings.deaths import MONEY_OUT
from relief.auditing.findings.shape import Question, Rows, told
from relief.cases.models import Case, Notice, NoticeRow
from relief.cases.ways_models import EmergencyFile
from relief.domain.aid import find_kind, kinds
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import NoticeState
from relief.payments.models import Payment
from relief.persons.models import Person
from relief.policies.queries import get_policy_version, policy_of

STOOD = (NoticeState.ENDED, NoticeState.TAKEN_DOWN)


def _without(by: Actor) -> Rows:
    """Cases of the ordinary lane with money out and no notice that ended before the approval."""
    return _cases(by).where(Case.lane == "ordinary", ~_stood(Notice.ends_on < Case.approved_on))


def _too_late(by: Actor) -> Rows:
    """Emergency cases with money out whose notice has not stood although the days to complete the file are over."""
    return (
        _cases(by)
        .join(EmergencyFile, EmergencyFile.case_id == Case.id)
        .where(Case.lane == "emergency", EmergencyFile.complete_by < clock.today(), ~_stood())
    )


def _cases(by: Actor) -> Rows:
    went_out = sa.exists().where(Payment.case_id == Case.id, Payment.state.in_(MONEY_OUT))
    return (
        told(
            key=Case.id, subject_id=Case.id, union_id=Case.union_id, name=Person.name, number=Case.number,
            on=Case.approved_on, amount=Case.approved, extra=Case.kind,
        )
        .join(Person, Person.id == Case.applicant_id)
        .where(within(Case.union_id, by), Case.approved_on.is_not(None), went_out)
    )  # fmt: skip


def _stood(*conditions: sa.ColumnElement[bool]) -> Any:
    """A notice of the case that ended undisturbed after the working days that its kind asks for."""
    days = sa.case(_working_days(), value=Case.kind, else_=0)
    return (
        sa.exists()
        .where(NoticeRow.case_id == Case.id, Notice.id == NoticeRow.notice_id, Notice.state.in_(STOOD))
        .where(Notice.working_days >= days, *conditions)
        .correlate(Case)
    )


def _working_days() -> dict[str, int]:
    today = clock.today()
    return {
        code: kind.notice_rule(policy_of(get_policy_version(code, today))).working_days
        for code, kind in kinds().items()
    }


def _asked(row: Any) -> Sentence:
    days = _working_days()[row.extra]
    return sentence("%(kind)s: %(days)s working days are asked for", kind=find_kind(row.extra).name, days=days)


QUESTIONS = (
    Question(
        "without-notice", "A9", label("Money out without a full notice"),
        label("No notice of enough working days had ended before the award was approved."),
        "case", _without, _asked,
    ),
    Question(
        "emergency-notice-late", "A9", label("Emergency: the notice is late"),
        label("The money went first, the days to complete the file are over, and no notice has stood."),
        "case", _too_late, _asked,
    ),
)  # fmt: skip
