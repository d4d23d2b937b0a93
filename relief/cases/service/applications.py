"""How does a case begin? Opened for a household, mended while a draft, submitted when its gates are passed."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases import facts
from relief.cases.models import Case, Event
from relief.cases.service.chains import freeze_chain
from relief.cases.service.entering import as_entered, compared, judge_application, keep_hand, last_opinion
from relief.cases.service.steps import judge, lock_case, log, move_to, policy_for
from relief.db import db, locked, transaction
from relief.domain.aid import find_kind
from relief.domain.approval import require_hand
from relief.domain.errors import RuleBroken, Stale, collected
from relief.domain.money import Money, total
from relief.domain.notice import needs_new_notice
from relief.domain.numbering import case_number
from relief.domain.permissions import Actor
from relief.domain.workflow import State
from relief.files.models import Attachment
from relief.households.models import Household
from relief.numbering import next_number
from relief.office import office_prefix
from relief.policies.queries import get_policy_version, load_calendar


def open_case(
    household_id: int, kind: str, *, event_kind: str, event_on: date, story: str, grade: int | None,
    requested: Money | None = None, by: Actor,
) -> Case:  # fmt: skip
    """Open a draft of one kind of aid for a household, in its union of today.

    Raises RuleBroken on `event_on` for a day to come, on `event_kind`, `grade`, `story` or `requested` for what is
    no answer, on `household` for a file that is closed; NotAllowed for one's own household.
    """
    by.require("case.write")
    judge_application(kind, event_kind=event_kind, grade=grade, story=story, requested=requested)
    with transaction():
        household = locked(Household, household_id)
        by.require_sight(household.union_id)
        if household.status not in ("active", "temporary"):
            raise RuleBroken("household", "This file is closed. Open it again first.")
        event = _find_or_add_event(household.id, event_kind, event_on, story)
        case = Case(
            kind=kind, household_id=household.id, union_id=household.union_id, applicant_id=household.head_id,
            event_id=event.id, grade=grade, requested=requested, entered_by=by.person_id, need_on=event_on,
            policy_id=get_policy_version(kind, clock.today()).id, month=f"{clock.today():%Y-%m}",
            created_at=clock.now(), number="",
        )  # fmt: skip
        case.proposed = amount_of(case)
        year, mark = clock.today().year, find_kind(kind).mark
        case.number = case_number(office_prefix(), mark, year, next_number(f"case/{mark}/{year}"))
        db.session.add(case)
        db.session.flush()
        if by.person_id is not None:
            require_hand(by.person_id, facts.hands_of(case, by.person_id), "enter")
        changes = {"number": case.number, "kind": kind, "household": household.number, "event_on": event_on}
        record("case.open", "case", case.id, by=by, union_id=case.union_id, changes=changes)
        return case


def edit_case(
    case_id: int, *, version: int, event_kind: str, event_on: date, story: str, grade: int | None,
    requested: Money | None, by: Actor,
) -> Case:  # fmt: skip
    """Mend a draft; an amount whose grounds changed is reckoned anew. Stale tells what the other editor wrote."""
    with transaction():
        case = lock_case(case_id, None, by)
        step = judge(case, "edit", by)
        judge_application(case.kind, event_kind=event_kind, grade=grade, story=story, requested=requested)
        given = {"event_kind": event_kind, "event_on": event_on, "story": story, "grade": grade, "requested": requested}
        before = as_entered(case)
        if case.version != version:
            raise Stale(compared(before, given), version=case.version)
        case.event_id = _find_or_add_event(case.household_id, event_kind, event_on, story).id
        case.grade, case.requested, case.need_on = grade, requested, event_on
        changed = [name for name in before if before[name] != given[name]]
        if set(changed) - {"story"}:
            case.proposed = amount_of(case)
        changes = {name: (before[name], given[name]) for name in changed if name != "story"}
        keep_hand(case, step, by, changes | ({"story": "changed"} if "story" in changed else {}))
        return case


def submit(case_id: int, *, version: int, by: Actor) -> Case:
    """Hand the draft to the unit, or back to the step that sent it back.

    Raises RuleBroken on the gate's anchor for the first missing gate, the rest as `others`. A higher amount than
    the one on notice goes to a new notice first.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "submit", by)
        require_gates(case, "submit")
        case.proposed = _amount_to_submit(case)
        if not case.proposed:
            raise RuleBroken("grade", "The amount comes to nothing: the household's yearly limit is used up.")
        left = move_to(case, _goes_to(case))
        if case.state == State.IN_APPROVAL:
            freeze_chain(case)
        case.submitted_at = case.submitted_at or clock.now()
        case.resume_to, case.mend_fields = None, []
        log(case, step, left, amount=case.proposed, by=by)
        return case


def discard(case_id: int, *, version: int, by: Actor) -> None:
    """Throw away a draft that was never submitted; one that was is withdrawn instead."""
    with transaction():
        case = lock_case(case_id, version, by)
        judge(case, "discard", by)
        if case.submitted_at is not None:
            raise RuleBroken(None, "This case has been submitted before. Withdraw it instead.")
        db.session.execute(
            sa.update(Attachment)
            .where(Attachment.subject == "case", Attachment.subject_id == case.id)
            .values(removed_at=clock.now())
        )
        record("case.discard", "case", case.id, by=by, union_id=case.union_id, changes={"number": case.number})
        db.session.delete(case)


def amount_of(case: Case) -> Money:
    """What the policy gives for the case as it stands."""
    known = facts.facts_of(case, clock.today())
    return total(line.amount for line in find_kind(case.kind).amount_lines(known, policy_for(case)))


def require_gates(case: Case, verb: str) -> None:
    """RuleBroken for the first gate that the verb waits for and that is not passed, the others attached."""
    known = facts.facts_of(case, clock.today())
    gates = find_kind(case.kind).gates(known, policy_for(case), load_calendar())
    collected(
        [RuleBroken(gate.anchor or gate.code, gate.missing.message, **gate.missing.params)
         for gate in gates if verb in gate.before and not gate.done]
    )  # fmt: skip


def _amount_to_submit(case: Case) -> Money:
    """The standard; after a correction what the unit and the bureau had come to, unless the grounds changed."""
    most = amount_of(case)
    return most if case.resume_to is None or case.proposed is None else min(case.proposed, most)


def _goes_to(case: Case) -> State:
    """Back to the step that sent it; above the unit's opinion to a new one, above the notice to a new notice."""
    back_to = State(case.resume_to) if case.resume_to else State.SUBMITTED
    if back_to not in (State.FORWARDED, State.IN_APPROVAL) or not _shows_too_little(case):
        return back_to
    opinion = last_opinion(case)
    is_covered = opinion is not None and case.proposed is not None and case.proposed <= opinion
    return State.OPINION_GIVEN if is_covered else State.SUBMITTED


def _shows_too_little(case: Case) -> bool:
    return case.noticed is None or (case.proposed is not None and needs_new_notice(case.noticed, case.proposed))


def _find_or_add_event(household_id: int, kind: str, on: date, story: str) -> Event:
    if on > clock.today():
        raise RuleBroken("event_on", "The event lies in the future. Enter the day on which it happened.")
    known = db.session.scalar(
        sa.select(Event).where(Event.household_id == household_id, Event.kind == kind, Event.on == on)
    )
    event = known or Event(household_id=household_id, kind=kind, on=on, story=story)
    event.story = story
    db.session.add(event)
    db.session.flush()
    return event
