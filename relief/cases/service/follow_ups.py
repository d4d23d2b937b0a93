"""Did it help? The household is asked by somebody else than the visitor; then the case is closed."""

from __future__ import annotations

from datetime import date

from relief import clock
from relief.cases.follow_up_models import FollowUp
from relief.cases.given import Answer
from relief.cases.models import Case
from relief.cases.service.grounds import Ground, ground_of
from relief.cases.service.steps import judge, lock_case, log, move_to
from relief.db import db, transaction
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor
from relief.domain.workflow import State

WAYS = ("visit", "phone")


def follow_up(
    case_id: int, *, version: int, on: date, way: str, received_it: bool, satisfaction: int | None, words: str = "",
    by: Actor,
) -> Case:  # fmt: skip
    """Record the call or visit after payment: did the money arrive, how satisfied (1–5) is the household.

    A household that did not receive it is asked again later: the case waits on, and the auditor is told. Raises
    NotAllowed for somebody who visited for this case; RuleBroken on `on`, `way` or `satisfaction`, and, when it was
    received, on the anchor of a gate that is not passed (what is handed over in person). That it was not received can
    always be recorded.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        return follow_up_on(case, ground_of(case, by), Answer(on, way, received_it, satisfaction, words), by=by)


def follow_up_on(case: Case, ground: Ground, said: Answer, *, by: Actor) -> Case:
    """`follow_up` for a case that is locked and whose ground was read."""
    step = judge(case, "follow_up", by, ground.hands)
    judge_answer(said)
    received_it = bool(said.received_it)
    if received_it:
        ground.require_gates("follow_up")
    db.session.add(
        FollowUp(
            case_id=case.id, household_id=case.household_id, on=said.on, way=said.way, received_it=received_it,
            satisfaction=said.satisfaction, words=said.words or None, asked_by=by.person_id, recorded_at=clock.now(),
        )
    )
    left = move_to(case, State.FOLLOWED_UP, ground) if received_it else case.state
    changes = {"satisfaction": said.satisfaction, "received": received_it}
    log(case, step, left, changes=changes, unusual=None if received_it else "not_received", by=by)
    return case


def close(case_id: int, *, version: int, by: Actor) -> Case:
    """Close the case: paid, asked after, done."""
    with transaction():
        return close_on(lock_case(case_id, version, by), by=by)


def close_on(case: Case, ground: Ground | None = None, *, by: Actor) -> Case:
    """`close` for a case that is locked."""
    step = judge(case, "close", by)
    left = move_to(case, State.CLOSED, ground)
    log(case, step, left, by=by)
    return case


def judge_answer(said: Answer) -> None:
    """RuleBroken on `on`, `way`, `received_it` or `satisfaction` for what is no answer."""
    if said.on > clock.today():
        raise RuleBroken("on", "This day lies in the future.")
    if said.way not in WAYS:
        raise RuleBroken("way", "Say whether you called or visited.")
    if said.received_it is None:
        raise RuleBroken("received_it", "Say whether they received the money.")
    if said.satisfaction is None and said.received_it:
        raise RuleBroken("satisfaction", "Say how satisfied the household is.")
    if said.satisfaction is not None and not 1 <= said.satisfaction <= 5:
        raise RuleBroken("satisfaction", "Satisfaction goes from 1 to 5.")
