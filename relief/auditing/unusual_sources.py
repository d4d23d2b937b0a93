"""Where do unusual ways leave their traces? One source for each sort: its rows, its moment, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.models import AccessEntry, AuditEntry
from relief.auditing.columns import named
from relief.auditing.sight import seen
from relief.cases.models import Case, CaseStep
from relief.cases.ways_models import EmergencyFile, OpinionPassed
from relief.db import BIG
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.visit_codes import VisitKind
from relief.households.models import Account, Household
from relief.households.reveals import FIELDS
from relief.transcripts.models import Transcript
from relief.visits.models import Visit, Visitor

# Told by a source of their own below; a mark of the record that says the same again is left out.
TOLD_ELSEWHERE = (
    "visitor_without_account", "visit_entered_late", "emergency", "opinion_passed", "appeal", "written_off",
    "transcript", "paper_decision", "auditor_informed",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One sort of unusual way. `at` and `id` order its rows; `union` is the column of the union that they belong to.

    `about` is the kind of its subject and the column of the subject's id, `who` the person's id or the name.
    """

    code: str
    label: Sentence
    at: Any
    id: Any
    union: Any
    about: tuple[str, Any]
    start: Any
    conditions: Sequence[sa.ColumnElement[bool]] = ()
    joins: Sequence[tuple[Any, Any]] = ()
    who_id: Any = None
    who: Any = None
    mark: Any = None

    def rows(self, chosen: Mapping[str, object], by: Actor) -> sa.Select[Any]:
        """Every row of the source that the actor sees, in the columns that all sources share."""
        subject, subject_id = self.about
        statement = sa.select(
            named(sa.literal(self.code), "sort"), named(self.id, "id"), named(self.at, "at"),
            named(self.union, "union_id"), named(sa.literal(subject) if subject else AuditEntry.subject, "subject"),
            named(subject_id, "subject_id"), named(_or(self.who_id, BIG), "who_id"),
            named(_or(self.who, sa.String()), "who"), named(_or(self.mark, sa.String()), "mark"),
        ).select_from(self.start)  # fmt: skip
        for target, on in self.joins:
            statement = statement.join(target, on)
        return statement.where(*self.conditions, self._sight(chosen, by))

    def _sight(self, chosen: Mapping[str, object], by: Actor) -> sa.ColumnElement[bool]:
        """What belongs to no union is the bureau's, as long as no unit is asked for."""
        mine = seen(self.union, chosen, by)
        return mine if "unit" in chosen or not by.sees(None) else sa.or_(mine, self.union.is_(None))


def _or(column: Any, kind: Any) -> Any:
    return sa.cast(sa.null(), kind) if column is None else column


def _step(code: str, name: Sentence, verb: str) -> Source:
    return Source(
        code, name, CaseStep.at, CaseStep.id, Case.union_id, ("case", Case.id), CaseStep,
        conditions=(CaseStep.verb == verb,), joins=[(Case, Case.id == CaseStep.case_id)], who=CaseStep.actor,
        mark=CaseStep.reason,
    )  # fmt: skip


def _visit(code: str, name: Sentence, *conditions: sa.ColumnElement[bool]) -> Source:
    return Source(
        code, name, Visit.entered_at, Visit.id, Visit.union_id, ("visit", Visit.id), Visit, conditions=conditions,
        who_id=Visit.entered_by,
    )  # fmt: skip


def _marked(code: str, name: Sentence, *conditions: sa.ColumnElement[bool]) -> Source:
    return Source(
        code, name, AuditEntry.at, AuditEntry.id, AuditEntry.union_id, ("", AuditEntry.subject_id), AuditEntry,
        who=AuditEntry.actor, mark=AuditEntry.unusual, conditions=conditions,
    )  # fmt: skip


_IS_LATE = EmergencyFile.complete_by < sa.bindparam("late_on", callable_=clock.today, type_=sa.Date)
_STANDING = sa.case((EmergencyFile.outcome.is_not(None), EmergencyFile.outcome), (_IS_LATE, "late"))

_EMERGENCY = Source(
    "emergency", label("Emergency lane: money first"), Case.created_at, Case.id, Case.union_id, ("case", Case.id),
    EmergencyFile, joins=[(Case, Case.id == EmergencyFile.case_id)], who_id=Case.entered_by, mark=_STANDING,
    conditions=(Case.id.in_(sa.select(EmergencyFile.case_id)),),
)  # fmt: skip
_TRANSCRIPT = Source(
    "transcript", label("Decision taken on paper"), Transcript.entered_at, Transcript.id, Transcript.union_id,
    ("case", Transcript.case_id), Transcript, who_id=Transcript.entered_by, mark=Transcript.state,
)  # fmt: skip
_PASSED = Source(
    "opinion_passed", label("Opinions passed on beforehand"), OpinionPassed.named_at, OpinionPassed.id,
    OpinionPassed.union_id, ("union", OpinionPassed.union_id), OpinionPassed, who_id=OpinionPassed.named_by,
)  # fmt: skip
_LUHN = Source(
    "card", label("Card number that fails its check"), Account.created_at, Account.id, Household.union_id,
    ("household", Account.household_id), Account, joins=[(Household, Household.id == Account.household_id)],
    conditions=(Account.passes_luhn.is_(False), Account.state.in_(("active", "proposed"))), who_id=Account.entered_by,
)  # fmt: skip
_REVEALED = Source(
    "revealed", label("Masked field seen in full"), AccessEntry.at, AccessEntry.id, Household.union_id,
    ("household", AccessEntry.subject_id), AccessEntry, who=AccessEntry.actor, mark=AccessEntry.what,
    joins=[(Household, Household.id == AccessEntry.subject_id)],
    conditions=(AccessEntry.subject == "household", AccessEntry.what.in_(tuple(FIELDS))),
)  # fmt: skip
_INFORMED = Source(
    "informed", label("Award of which the auditor is told"), AuditEntry.at, AuditEntry.id, AuditEntry.union_id,
    ("case", AuditEntry.subject_id), AuditEntry, who=AuditEntry.actor,
    mark=AuditEntry.changes[("together", "fen")].as_string(), conditions=(AuditEntry.unusual == "auditor_informed",),
)  # fmt: skip
_STRANGER = Visit.id.in_(sa.select(Visitor.visit_id).where(Visitor.has_account.is_(False)))

_ALL = (
    _EMERGENCY,
    _TRANSCRIPT,
    _PASSED,
    _visit("visitor", label("Verified with a visitor without an account"),
           Visit.kind == VisitKind.VERIFICATION.value, _STRANGER),
    _visit("late_visit", label("Visit entered late"), Visit.is_late.is_(True)),
    _step("recall", label("Approval taken back"), "recall"),
    _step("revoke", label("Award revoked"), "revoke"),
    _step("objection", label("Objection to a notice"), "record_objection"),
    _LUHN,
    _marked("opinion_given", label("Opinion given in another unit's place"), AuditEntry.unusual == "opinion_passed"),
    _marked("appeal", label("Appeal against a decision"), AuditEntry.unusual == "appeal"),
    _marked("written_off", label("Money given up"), AuditEntry.unusual == "written_off"),
    _REVEALED,
    _INFORMED,
    _marked("marked", label("Marked in the record"), AuditEntry.unusual.is_not(None),
            AuditEntry.unusual.not_in(TOLD_ELSEWHERE)),
)  # fmt: skip
SOURCES: dict[str, Source] = {source.code: source for source in _ALL}
