"""Did it help? The household is asked by somebody else than the visitor; then the case is closed."""

from __future__ import annotations

from datetime import date

from relief import clock
from relief.cases import facts
from relief.cases.models import Case, FollowUp
from relief.cases.service.steps import judge, lock_case, log, move_to
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.permissions import Actor
from relief.domain.workflow import State


def follow_up(
    case_id: int, *, version: int, on: date, way: str, received_it: bool, satisfaction: int | None, words: str = "",
    by: Actor,
) -> Case:  # fmt: skip
    """Record the call or visit after payment: did the money arrive, how satisfied (1–5) is the household.

    Raises NotAllowed for somebody who visited for this case; RuleBroken on `on`, or on `satisfaction` without one.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "follow_up", by)
        if by.person_id in facts.hands_of(case, by.person_id).visited:
            raise NotAllowed(None, "You visited this household for this case. Somebody else must ask.")
        if on > clock.today():
            raise RuleBroken("on", "This day lies in the future.")
        if satisfaction is None and received_it:
            raise RuleBroken("satisfaction", "Say how satisfied the household is.")
        db.session.add(
            FollowUp(
                case_id=case.id, household_id=case.household_id, on=on, way=way, received_it=received_it,
                satisfaction=satisfaction, words=words or None, asked_by=by.person_id, recorded_at=clock.now(),
            )
        )
        left = move_to(case, State.FOLLOWED_UP)
        log(case, step, left, changes={"satisfaction": satisfaction, "received": received_it}, by=by)
        return case


def close(case_id: int, *, version: int, by: Actor) -> Case:
    """Close the case: paid, asked after, done."""
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "close", by)
        left = move_to(case, State.CLOSED)
        log(case, step, left, by=by)
        return case
