"""Is an application well said, who wrote it, and how does it differ from what another editor wrote?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases.given import Application
from relief.cases.models import Case, CaseStep, Event
from relief.cases.service.steps import log
from relief.db import db
from relief.domain.aid import kinds
from relief.domain.aid.kind import Kind
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.money import ZERO, Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Param
from relief.domain.workflow import Step


def judge_application(kind: str, said: Application) -> None:
    """RuleBroken on the field whose answer is none: a kind, event, grade or item of no list, no story, no amount."""
    known = kinds().get(kind)
    if known is None:
        raise RuleBroken("kind", "Choose the kind of aid.")
    _judge_event(known, said)
    if said.grade is not None and said.grade not in known.grades:
        raise RuleBroken("grade", "Choose a grade from the list.")
    if "item" in known.asks:
        _judge_item(known, said)
    if not said.story.strip():
        raise RuleBroken("story", "Say in a few sentences what happened.")
    if said.requested is not None and said.requested <= ZERO:
        raise RuleBroken("requested", "The amount must be above zero.")


def _judge_event(known: Kind, said: Application) -> None:
    if not said.event_kind and not known.needs_event:
        return
    if said.event_kind not in known.events:
        raise RuleBroken("event_kind", "Choose what happened.")
    if said.event_on is None:
        raise RuleBroken("event_on", "Enter the day on which it happened.")


def _judge_item(known: Kind, said: Application) -> None:
    if said.item not in known.items:
        raise RuleBroken("item", "Choose what the aid is for.")
    if said.months is not None and said.months < 1:
        raise RuleBroken("months", "Enter one month or more.")
    if said.cost is not None and said.cost <= ZERO:
        raise RuleBroken("cost", "The amount must be above zero.")


def as_entered(case: Case) -> Application:
    """What the application says, as it stands."""
    event = case.event
    return Application(
        story=(event.story if event else case.story) or "", event_kind=event.kind if event else "",
        event_on=event.on if event else None, grade=case.grade, item=case.item, months=case.months, cost=case.cost,
        beneficiary_id=case.beneficiary_id, requested=case.requested,
    )  # fmt: skip


def write_application(case: Case, said: Application) -> None:
    """Write what the application says to the case; its event is found by kind and day, or added."""
    event = _find_or_add_event(case.household_id, said) if said.event_kind else None
    case.event_id = event.id if event else None
    case.story = None if event else said.story
    case.grade, case.item, case.months, case.cost = said.grade, said.item, said.months, said.cost
    case.beneficiary_id, case.requested = said.beneficiary_id, said.requested
    if event:
        case.need_on = event.on


def _find_or_add_event(household_id: int, said: Application) -> Event:
    if said.event_on is None or said.event_on > clock.today():
        raise RuleBroken("event_on", "The event lies in the future. Enter the day on which it happened.")
    known = db.session.scalar(
        sa.select(Event).where(
            Event.household_id == household_id, Event.kind == said.event_kind, Event.on == said.event_on
        )
    )
    event = known or Event(household_id=household_id, kind=said.event_kind, on=said.event_on, story=said.story)
    event.story = said.story
    db.session.add(event)
    db.session.flush()
    return event


def compared(theirs: Application, yours: Application) -> dict[str, tuple[Param, Param]]:
    """Field → (theirs, yours) where two editors differ."""
    before, after = vars(theirs), vars(yours)
    return {
        name: (_said(name, before[name]), _said(name, after[name])) for name in before if before[name] != after[name]
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


def grades_in(policy: Any) -> dict[int, Money]:
    """What a policy gives by grade; empty for a kind without grades."""
    return dict(getattr(policy, "grades", {}))


def _said(name: str, value: Any) -> Param:
    if name == "event_kind" and value:
        return _event_label(value)
    if name == "item" and value:
        return next((kind.items[value] for kind in kinds().values() if value in kind.items), label(value))
    return "" if value is None else value


def _event_label(code: str) -> Param:
    found = next((kind.events[code] for kind in kinds().values() if code in kind.events), None)
    return found if found is not None else label(code)
