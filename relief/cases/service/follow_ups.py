"""Did it help? The household is asked by somebody else than the visitor; then the case is closed."""

from __future__ import annotations

from datetime import date

from relief import clock
from relief.cases.follow_up_models import FollowUp
from relief.cases.models import Case
from relief.cases.service.grounds import ground_of
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
    NotAllowed for somebody who visited for this case; RuleBroken on the anchor of a gate that is not passed (what is
    handed over in person), and on `on`, `way` or `satisfaction`.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        ground = ground_of(case, by)
        step = judge(case, "follow_up", by, ground.hands)
        ground.require_gates("follow_up")
        _judge_answer(on, way, received_it, satisfaction)
        db.session.add(
            FollowUp(
                case_id=case.id, household_id=case.household_id, on=on, way=way, received_it=received_it,
                satisfaction=satisfaction, words=words or None, asked_by=by.person_id, recorded_at=clock.now(),
            )
        )
        left = move_to(case, State.FOLLOWED_UP) if received_it else case.state
        changes = {"satisfaction": satisfaction, "received": received_it}
        log(case, step, left, changes=changes, unusual=None if received_it else "not_received", by=by)
        return case


def close(case_id: int, *, version: int, by: Actor) -> Case:
    """Close the case: paid, asked after, done."""
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "close", by)
        left = move_to(case, State.CLOSED)
        log(case, step, left, by=by)
        return case


def _judge_answer(on: date, way: str, received_it: bool, satisfaction: int | None) -> None:
    if on > clock.today():
        raise RuleBroken("on", "This day lies in the future.")
    if way not in WAYS:
        raise RuleBroken("way", "Say whether you called or visited.")
    if satisfaction is None and received_it:
        raise RuleBroken("satisfaction", "Say how satisfied the household is.")
    if satisfaction is not None and not 1 <= satisfaction <= 5:
        raise RuleBroken("satisfaction", "Satisfaction goes from 1 to 5.")
