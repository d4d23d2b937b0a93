"""What does an emergency case owe, and by when? Read from its file, its visits, papers and notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.cases import facts
from relief.cases.models import Case, Notice, NoticeRow
from relief.cases.ways_models import EmergencyFile
from relief.clock import SHANGHAI
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.aid.kind import CaseFacts
from relief.domain.calendar import Calendar
from relief.domain.emergency import Duty, FileFacts, duties, next_due
from relief.domain.notice import clean_from
from relief.domain.workflow import EMERGENCY, PROMISED
from relief.files.models import Attachment
from relief.policies.models import PolicyVersion
from relief.policies.queries import load_calendar, policy_of


def find_file(case: Case) -> EmergencyFile | None:
    """The emergency file of a case that is in the emergency lane."""
    if case.lane != EMERGENCY:
        return None
    return db.session.scalar(sa.select(EmergencyFile).where(EmergencyFile.case_id == case.id))


def stops_of_lane(case: Case) -> tuple[str, ...]:
    """What stops steps of a case in the emergency lane (`relief.domain.workflow.STOPS`); nothing in the other."""
    file = find_file(case)
    if file is None:
        return ()
    said = {
        "settled": file.settled_on is not None, "unratified": file.settled_on is None,
        "has_opinion": file.opinion_on is not None, "no_opinion": file.opinion_on is None,
        "has_notice": file.noticed_on is not None, "no_notice": _clean_on(case, file) is None,
    }  # fmt: skip
    return tuple(name for name, is_so in said.items() if is_so)


def facts_of_file(case: Case, file: EmergencyFile) -> FileFacts:
    """What the rule of emergency files asks of this one."""
    return facts_of_files([(case, file)], load_calendar())[0]


def facts_of_files(pairs: Sequence[tuple[Case, EmergencyFile]], calendar: Calendar) -> list[FileFacts]:
    """`facts_of_file` for many, in their order."""
    known = facts.facts_of_all([case for case, _file in pairs], clock.today())
    return [_facts(case, file, one, calendar) for (case, file), one in zip(pairs, known, strict=True)]


def _facts(case: Case, file: EmergencyFile, known: CaseFacts, calendar: Calendar) -> FileFacts:
    policy = policy_of(db.session.get_one(PolicyVersion, case.policy_id))
    return FileFacts(
        decide_by=file.decide_by, decided_on=case.approved_on, visit_by=file.visit_by, complete_by=file.complete_by,
        visited_on=_visited_on(case, known, policy), papers_on=_papers_on(case, known, policy, calendar),
        opinion_on=file.opinion_on, noticed_on=file.noticed_on, clean_on=_clean_on(case, file),
        settled_on=file.settled_on,
    )  # fmt: skip


def duties_of(case: Case, file: EmergencyFile, calendar: Calendar | None = None) -> tuple[Duty, ...]:
    """What the file owes, each part done, due or late."""
    return duties(facts_of_file(case, file), clock.today(), calendar or load_calendar())


def due_of(case: Case) -> date | None:
    """The deadline of a case in the emergency lane: of the decision, the visit, then the whole file."""
    file = find_file(case)
    return next_due(facts_of_file(case, file)) if file else None


def is_under_way(case: Case) -> bool:
    """Whether the lane's own days count: a decision is awaited, or the file is not settled yet."""
    return case.lane == EMERGENCY and case.state in ("in_approval", *PROMISED) and due_of(case) is not None


def _visited_on(case: Case, known: CaseFacts, policy: Any) -> date | None:
    """The first verification visit by enough people since the event."""
    since = known.event_on or case.need_on
    full = [one for one in known.visits if one.kind == "verification" and one.visitors >= policy.visitors]
    return min((one.on for one in full if one.on >= since), default=None)


def _papers_on(case: Case, known: CaseFacts, policy: Any, calendar: Calendar) -> date | None:
    """The day on which the last paper came, once every one that the policy asks for is there."""
    gates = find_kind(case.kind).gates(known, policy, calendar)
    if not all(gate.done for gate in gates if gate.code.startswith("evidence.")):
        return None
    last = db.session.scalar(
        sa.select(sa.func.max(Attachment.added_at)).where(
            Attachment.subject == "case", Attachment.subject_id == case.id, Attachment.removed_at.is_(None)
        )
    )
    return last.astimezone(SHANGHAI).date() if last else case.approved_on


def _clean_on(case: Case, file: EmergencyFile) -> date | None:
    """The first day after the file's notice, when it has come and nobody's objection is open."""
    if file.noticed_on is None or case.objection:
        return None
    ends = db.session.scalar(
        sa.select(sa.func.max(Notice.ends_on))
        .join(NoticeRow, NoticeRow.notice_id == Notice.id)
        .where(NoticeRow.case_id == case.id, Notice.posted_on >= file.noticed_on)
    )
    return clean_from(ends) if ends and clock.today() >= clean_from(ends) else None
