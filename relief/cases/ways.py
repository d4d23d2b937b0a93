"""What does a case's page show of its unusual ways? Its emergency file, its appeals, and what must come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from relief.cases.appealing import AGAINST, last_day, list_appeals
from relief.cases.models import Case, CaseStep
from relief.cases.service.recoveries import left_of
from relief.cases.urgent import duties_of, find_file
from relief.cases.ways_models import Appeal, EmergencyFile, Recoverable
from relief.cases.words import reason_label
from relief.db import db
from relief.domain.emergency import OUTCOMES, WAYS, Duty
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.sentences import Sentence
from relief.domain.workflow import PROMISED, State

ANSWERS: dict[str, Sentence] = {
    "upheld": label("The appeal was upheld"),
    "dismissed": label("The appeal was not upheld: final"),
}


@dataclass(frozen=True)
class Urgency:
    """The emergency file: why, who ordered it, what is owed and how it ended."""

    file: EmergencyFile
    ordered_by: str
    way: Sentence | None
    duties: Sequence[Duty]
    outcome: Sentence | None

    @property
    def late(self) -> list[Duty]:
        """What is missing although its day has passed."""
        return [one for one in self.duties if one.is_late and one.done_on is None]


@dataclass(frozen=True)
class ShownRecoverable:
    """What is to come back, and how far it has."""

    row: Recoverable
    left: Money
    reason: Sentence | None


@dataclass(frozen=True)
class Ways:
    """All of it; `appeal_until` is the last day for an appeal against the decision that stands."""

    urgency: Urgency | None
    appeals: Sequence[Appeal]
    answers: dict[str, Sentence]
    appeal_until: date | None
    recoverables: Sequence[ShownRecoverable]
    may_pay_at_once: bool
    has_award: bool
    has_ended: bool


def ways_of(case: Case) -> Ways:
    """What is kept of a case's unusual ways."""
    urgency = _urgency(case)
    return Ways(
        urgency, list_appeals(case.id), ANSWERS, last_day(case) if case.state in AGAINST else None,
        recoverables_shown(case.id), urgency is not None and case.state == State.APPROVED,
        has_award=case.approved is not None and case.state in (*PROMISED, State.FOLLOWED_UP, State.CLOSED),
        has_ended=find_end(case) is not None,
    )  # fmt: skip


def find_end(case: Case) -> CaseStep | None:
    """The step by which somebody ended the aid by month of this case."""
    if not case.months:
        return None
    ended = sa.select(CaseStep).where(CaseStep.case_id == case.id, CaseStep.verb == "end_months")
    return db.session.scalar(ended.order_by(CaseStep.id.desc()).limit(1))


def recoverables_shown(case_id: int) -> list[ShownRecoverable]:
    """What is or was to come back of a case, the oldest first."""
    rows = db.session.scalars(sa.select(Recoverable).where(Recoverable.case_id == case_id).order_by(Recoverable.id))
    return [ShownRecoverable(row, left_of(row), reason_label(row.reason)) for row in rows]


def _urgency(case: Case) -> Urgency | None:
    file = find_file(case)
    if file is None:
        return None
    ordered = case.details.get("ordered", {})
    duties = duties_of(case, file) if case.state in (State.IN_APPROVAL, *PROMISED) or file.settled_on else ()
    outcome = OUTCOMES[file.outcome] if file.outcome else None
    return Urgency(file, ordered.get("by", ""), WAYS.get(ordered.get("way", "")), duties, outcome)
