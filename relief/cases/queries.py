"""What is known of one case? Fetching it is the access check; then its steps, papers, notices and meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief.accounts.queries import within
from relief.cases.follow_up_models import FollowUp
from relief.cases.listing import count_cases, list_cases, stream_cases
from relief.cases.models import Case, CaseStep, ChainLevel, Meeting, Notice, NoticeRow, Objection, Snapshot
from relief.cases.offers import offers_for, turns_of_others
from relief.cases.passing import require_sight
from relief.cases.turns import is_turn_of
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor
from relief.persons.models import Person

__all__ = [
    "count_cases", "find_by_number", "get_case", "get_meeting", "get_notice", "is_turn_of", "list_cases",
    "list_meetings", "list_steps", "offers_for", "stream_cases", "turns_of_others",
]  # fmt: skip


def get_case(case_id: int, *, by: Actor) -> Case:
    """The case, or NotYours when it is missing, or outside the actor's subtree and not passed on to the actor."""
    by.require("case.read")
    case = db.session.get(Case, case_id)
    if case is None:
        raise NotYours
    require_sight(case, by)
    return case


def find_by_number(number: str, *, by: Actor) -> Case | None:
    """The case with this number, within the actor's subtree."""
    return db.session.scalar(sa.select(Case).where(Case.number == number, within(Case.union_id, by)))


def list_steps(case_id: int) -> Sequence[CaseStep]:
    """Every step that the case took, the newest first."""
    return db.session.scalars(sa.select(CaseStep).where(CaseStep.case_id == case_id).order_by(CaseStep.id.desc())).all()


def list_snapshots(case_id: int) -> Sequence[Snapshot]:
    """What each decision rested on, the oldest first."""
    return db.session.scalars(sa.select(Snapshot).where(Snapshot.case_id == case_id).order_by(Snapshot.id)).all()


@dataclass(frozen=True)
class SignedLevel:
    """A level of the chain, and who signed it."""

    level: ChainLevel
    name: str | None


def list_levels(case_id: int) -> list[SignedLevel]:
    """The levels of the chain that stands, in order."""
    rows = db.session.execute(
        sa.select(ChainLevel, Person.name)
        .outerjoin(Person, Person.id == ChainLevel.decided_by)
        .where(ChainLevel.case_id == case_id, ChainLevel.dropped_at.is_(None))
        .order_by(ChainLevel.level)
    )
    return [SignedLevel(*row) for row in rows]


def list_objections(case_id: int) -> Sequence[Objection]:
    """Every objection to the case, the newest first."""
    return db.session.scalars(
        sa.select(Objection).where(Objection.case_id == case_id).order_by(Objection.id.desc())
    ).all()


def list_follow_ups(case_id: int) -> Sequence[FollowUp]:
    """How the household answered, the newest first."""
    return db.session.scalars(sa.select(FollowUp).where(FollowUp.case_id == case_id).order_by(FollowUp.id.desc())).all()


def list_notices_of(case_id: int) -> Sequence[Notice]:
    """The notices that showed the case, the newest first."""
    return db.session.scalars(
        sa.select(Notice)
        .join(NoticeRow, NoticeRow.notice_id == Notice.id)
        .where(NoticeRow.case_id == case_id)
        .order_by(Notice.id.desc())
    ).all()


def get_notice(notice_id: int, *, by: Actor) -> Notice:
    """The notice, or NotYours outside the subtree."""
    by.require("case.read")
    notice = db.session.get(Notice, notice_id)
    if notice is None:
        raise NotYours
    by.require_sight(notice.union_id)
    return notice


def list_notice_rows(notice_id: int) -> Sequence[tuple[NoticeRow, Case]]:
    """The rows of a notice with their cases, in the order of the board."""
    rows = db.session.execute(
        sa.select(NoticeRow, Case)
        .join(Case, Case.id == NoticeRow.case_id)
        .where(NoticeRow.notice_id == notice_id)
        .order_by(NoticeRow.id)
    )
    return [(row[0], row[1]) for row in rows]


def get_meeting(meeting_id: int, *, by: Actor) -> Meeting:
    """The meeting, or NotYours outside the subtree."""
    by.require("household.read")
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotYours
    by.require_sight(meeting.union_id)
    return meeting


def list_meetings(union_id: int, limit: int = 20) -> Sequence[Meeting]:
    """The latest meetings of one union, the newest first: what a form offers."""
    of_union = sa.select(Meeting).where(Meeting.union_id == union_id)
    return db.session.scalars(of_union.order_by(Meeting.on.desc(), Meeting.id.desc()).limit(limit)).all()


def list_cases_of_meeting(meeting_id: int) -> list[tuple[CaseStep, Case]]:
    """The steps that a meeting carried, with their cases."""
    rows = db.session.execute(
        sa.select(CaseStep, Case)
        .join(Case, Case.id == CaseStep.case_id)
        .where(CaseStep.meeting_id == meeting_id)
        .order_by(CaseStep.id)
    )
    return [(row[0], row[1]) for row in rows]
