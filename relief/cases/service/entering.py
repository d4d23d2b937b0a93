"""Is an application well said, who wrote it, and how does it differ from what another editor wrote?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from relief.audit.service import record
from relief.cases.models import Case, CaseStep
from relief.cases.service.steps import log, policy_for
from relief.db import db
from relief.domain.aid import kinds
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.money import ZERO, Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Param
from relief.domain.workflow import Step


def judge_application(kind: str, *, event_kind: str, grade: int | None, story: str, requested: Money | None) -> None:
    """RuleBroken on the field whose answer is none: a kind, event or grade of no list, no story, nothing asked for."""
    known = kinds().get(kind)
    if known is None:
        raise RuleBroken("kind", "Choose the kind of aid.")
    if event_kind not in known.events:
        raise RuleBroken("event_kind", "Choose what happened.")
    if grade is not None and grade not in known.grades:
        raise RuleBroken("grade", "Choose a grade from the list.")
    if not story.strip():
        raise RuleBroken("story", "Say in a few sentences what happened.")
    if requested is not None and requested <= ZERO:
        raise RuleBroken("requested", "The amount must be above zero.")


def as_entered(case: Case) -> dict[str, Any]:
    """What the form of the application holds, as it stands."""
    event = case.event
    return {
        "event_kind": event.kind if event else "", "event_on": event.on if event else case.need_on,
        "story": event.story if event else "", "grade": case.grade, "requested": case.requested,
    }  # fmt: skip


def compared(theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> dict[str, tuple[Param, Param]]:
    """Field → (theirs, yours) where two editors differ."""
    return {
        name: (_said(name, theirs[name]), _said(name, yours[name])) for name in theirs if theirs[name] != yours[name]
    }


def keep_hand(case: Case, step: Step, by: Actor, changes: Mapping[str, Any]) -> None:
    """Keep who wrote. A draft that may still be thrown away has no history yet: the writer stands on the case."""
    if case.submitted_at is not None:
        log(case, step, case.state, by=by, changes=changes)
        return
    writers = {*case.details.get("writers", ()), by.person_id} - {None, case.entered_by}
    case.details = {**case.details, "writers": sorted(writers)} if writers else case.details
    record("case.edit", "case", case.id, by=by, union_id=case.union_id, changes=changes)


def last_opinion(case: Case) -> Money | None:
    """The amount of the unit's last opinion."""
    return db.session.scalar(
        sa.select(CaseStep.amount)
        .where(CaseStep.case_id == case.id, CaseStep.verb == "give_opinion")
        .order_by(CaseStep.id.desc())
        .limit(1)
    )


def grades_of(case: Case) -> dict[int, Money]:
    """What the policy of the case gives by grade."""
    return dict(policy_for(case).grades)


def _said(name: str, value: Any) -> Param:
    if name == "event_kind":
        return _event_label(value)
    return "" if value is None else value


def _event_label(code: str) -> Param:
    found = next((kind.events[code] for kind in kinds().values() if code in kind.events), None)
    return found if found is not None else label(code)
