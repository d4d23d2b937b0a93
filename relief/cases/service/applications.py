"""How does a case begin? Opened for a household, mended while a draft, submitted when its gates are passed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases import facts
from relief.cases.given import Application
from relief.cases.hands import hands_of
from relief.cases.models import Case
from relief.cases.service.chains import freeze_chain
from relief.cases.service.entering import (
    as_entered,
    compared,
    judge_application,
    keep_hand,
    last_opinion,
    write_application,
)
from relief.cases.service.grounds import Ground, ground_of
from relief.cases.service.steps import judge, lock_case, log, move_to, policy_for
from relief.db import db, locked, transaction
from relief.domain.aid import find_kind
from relief.domain.approval import require_hand
from relief.domain.errors import RuleBroken, Stale
from relief.domain.money import Money
from relief.domain.notice import needs_new_notice
from relief.domain.numbering import case_number
from relief.domain.permissions import Actor
from relief.domain.workflow import State
from relief.files.models import Attachment
from relief.households.models import Household
from relief.numbering import next_number
from relief.office import office_prefix
from relief.policies.queries import get_policy_version


def open_case(household_id: int, kind: str, said: Application, *, by: Actor) -> Case:
    """Open a draft of one kind of aid for a household, in its union of today.

    Raises RuleBroken on `event_on` for a day to come, on the field of the application for what is no answer, on
    `household` for a file that is closed; NotAllowed for one's own household.
    """
    by.require("case.write")
    judge_application(kind, said)
    if find_kind(kind).way == "list":
        raise RuleBroken("kind", "This aid is worked as a list: add the household to the list of its window.")
    with transaction():
        household = locked(Household, household_id)
        by.require_sight(household.union_id)
        if household.status not in ("active", "temporary"):
            raise RuleBroken("household", "This file is closed. Open it again first.")
        case = new_draft(household, kind, by)
        write_application(case, said)
        case.proposed = amount_of(case)
        db.session.add(case)
        db.session.flush()
        if by.person_id is not None:
            require_hand(by.person_id, hands_of(case, by.person_id), "enter")
        changes = {"number": case.number, "kind": kind, "household": household.number, "need_on": case.need_on}
        record("case.open", "case", case.id, by=by, union_id=case.union_id, changes=changes)
        return case


def new_draft(household: Household, kind: str, by: Actor) -> Case:
    """A draft with its number, not yet in the session."""
    today = clock.today()
    mark = find_kind(kind).mark
    return Case(
        kind=kind, household_id=household.id, union_id=household.union_id, applicant_id=household.head_id,
        entered_by=by.person_id, need_on=today, policy_id=get_policy_version(kind, today).id, month=f"{today:%Y-%m}",
        created_at=clock.now(),
        number=case_number(office_prefix(), mark, today.year, next_number(f"case/{mark}/{today.year}")),
    )  # fmt: skip


def edit_case(case_id: int, said: Application, *, version: int, by: Actor) -> Case:
    """Mend a draft; an amount whose grounds changed is reckoned anew. Stale tells what the other editor wrote."""
    with transaction():
        case = lock_case(case_id, None, by)
        step = judge(case, "edit", by)
        judge_application(case.kind, said)
        before = as_entered(case)
        if case.version != version:
            raise Stale(compared(before, said), version=case.version)
        write_application(case, said)
        changed = {name: pair for name, pair in _both(before, said).items() if pair[0] != pair[1]}
        if set(changed) - {"story"}:
            case.proposed = amount_of(case)
        keep_hand(case, step, by, {**changed, **({"story": "changed"} if "story" in changed else {})})
        return case


def submit(case_id: int, *, version: int, by: Actor) -> Case:
    """Hand the draft to the unit, or back to the step that sent it back.

    Raises RuleBroken on the gate's anchor for the first missing gate, the rest as `others`. A higher amount than
    the one on notice goes to a new notice first.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        return submit_on(case, ground_of(case, by), by=by)


def submit_on(case: Case, ground: Ground, *, by: Actor) -> Case:
    """`submit` for a case that is locked and whose ground was read: one of many on a list, say."""
    step = judge(case, "submit", by, ground.hands)
    ground.require_gates("submit")
    amount = _amount_to_submit(case, ground)
    if not amount:
        raise RuleBroken("grade", "The amount comes to nothing: the household's yearly limit is used up.")
    case.proposed = amount
    left = move_to(case, _goes_to(case), ground)
    if case.state == State.IN_APPROVAL:
        freeze_chain(case, ground)
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
    return find_kind(case.kind).amount(facts.facts_of(case, clock.today()), policy_for(case))


def _amount_to_submit(case: Case, ground: Ground) -> Money:
    """The standard; after a correction what the unit and the bureau had come to, unless the grounds changed."""
    most = ground.amount
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


def _both(before: Application, after: Application) -> dict[str, tuple[Any, Any]]:
    told = vars(after)
    return {name: (value, told[name]) for name, value in vars(before).items()}
