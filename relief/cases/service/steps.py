"""How does a case take a step? Judged by the table, written to the case, its history and the record at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relief import clock
from relief.audit.service import record
from relief.cases import passing
from relief.cases.appealing import stops_of_appeals
from relief.cases.hands import CaseHands, hands_of
from relief.cases.models import Case, CaseStep
from relief.cases.urgent import due_of, is_under_way, stops_of_lane
from relief.db import db, locked
from relief.domain.approval import require_hand
from relief.domain.deadlines import due_on
from relief.domain.errors import NotYours
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.workflow import ENDS, State, Step, take
from relief.households.models import Household
from relief.policies.models import PolicyVersion
from relief.policies.queries import load_calendar, policy_of
from relief.windows.models import AidWindow

if TYPE_CHECKING:
    from relief.cases.service.grounds import Ground


def lock_case(case_id: int, version: int | None, by: Actor) -> Case:
    """The case under a lock, for this actor; NotYours outside the subtree, Stale when it moved on.

    Its household is locked first: two cases of one household never pass a yearly limit side by side.
    """
    case = db.session.get(Case, case_id)
    if case is None:
        raise NotYours
    passing.require_sight(case, by)
    locked(Household, case.household_id)
    return locked(Case, case_id, version)


def stops_of(case: Case) -> tuple[str, ...]:
    """The flags that stop steps."""
    flags = tuple(name for name, is_set in (("objection", case.objection), ("on_hold", case.on_hold)) if is_set)
    return flags + stops_of_lane(case) + stops_of_appeals(case)


def judge(case: Case, verb: str, by: Actor, hands: CaseHands | None = None) -> Step:
    """The step when the table, the role, the flags and the hands (read, when not given) allow it; else a Refusal."""
    took = hands or (hands_of(case, by.person_id) if verb in passing.VERBS else None)
    passed = took.passed if took else None
    step = take(passing.table_of(passed), verb, case.state, by, stops_of(case), case.lane)
    passing.require_turn(step, case, passed, by)
    if step.hand and by.person_id is not None:
        require_hand(by.person_id, took or hands_of(case, by.person_id), step.hand)
    return step


def policy_for(case: Case) -> Any:
    """The typed policy under which the case runs."""
    return policy_of(db.session.get_one(PolicyVersion, case.policy_id))


def log(
    case: Case, step: Step, left: str, *, by: Actor, amount: Money | None = None, reason: str | None = None,
    note: str | None = None, fields: list[str] | None = None, meeting_id: int | None = None, level: int = 0,
    changes: Mapping[str, Any] | None = None, unusual: str | None = None,
) -> CaseStep:  # fmt: skip
    """Write the step to the case's history and to the record; the case is in its new state already.

    A step that was decided on paper is its signer's: whoever wrote it over stands beside.
    """
    who = by.through or by
    line = CaseStep(
        case_id=case.id, verb=step.verb, hand=step.hand, left=left, led_to=case.state, level=level, amount=amount,
        reason=reason, note=note, fields=fields or [], meeting_id=meeting_id, user_id=who.user_id,
        person_id=who.person_id, on_behalf_of=by.person_id if by.through else None, actor=by.name,
        on=clock.today(), at=clock.now(),
    )  # fmt: skip
    db.session.add(line)
    told: dict[str, Any] = {"state": (left, case.state), **(changes or {})}
    told |= {name: value for name, value in (("amount", amount), ("reason", reason), ("meeting", meeting_id)) if value}
    record(f"case.{step.verb}", "case", case.id, by=by, union_id=case.union_id, changes=told, unusual=unusual)
    return line


def move_to(case: Case, state: State, ground: Ground | None = None) -> str:
    """Put the case into a state, with its next deadline; the state that it left."""
    left, case.state = case.state, state.value
    if state is not State.ON_NOTICE:
        start_clock(case, ground)
    if state in ENDS:
        case.ended_at = clock.now()
    return left


def start_clock(case: Case, ground: Ground | None = None) -> None:
    """Give the case the deadline of its state: its window's day, or working days counted from today."""
    if is_under_way(case):
        case.due_on = due_of(case)
        return
    policy, calendar = (ground.policy, ground.calendar) if ground else (policy_for(case), load_calendar())
    window = ground.window if ground else db.session.get(AidWindow, case.window_id) if case.window_id else None
    case.due_on = due_on(State(case.state), clock.today(), policy, calendar, window)
