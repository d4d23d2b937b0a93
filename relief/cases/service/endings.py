"""How else does a case leave its road? Sent back, refused, withdrawn, revoked; paused and resumed."""

from __future__ import annotations

from relief.cases import passing
from relief.cases.models import Case
from relief.cases.service.chains import drop_chain
from relief.cases.service.decisions import drop_award, release_promise
from relief.cases.service.grounds import ground_of
from relief.cases.service.notices import forward_if_over, resume_clock
from relief.cases.service.recoveries import book_recoverable, paid_of
from relief.cases.service.snapshots import take_snapshot
from relief.cases.service.steps import judge, lock_case, log, move_to
from relief.db import transaction
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor
from relief.domain.reasons import judge_reason
from relief.domain.workflow import CASE_STEPS, ORDINARY, State

MENDABLE = frozenset({"event", "grade", "requested", "story", "evidence", "visits", "account", "members", "notice"})


def send_back(case_id: int, *, version: int, reason: str, fields: list[str], note: str, by: Actor) -> Case:
    """Give the case back to be mended, with the fields; earlier opinions stay, resubmission comes back here.

    An urgent request that goes back leaves the emergency lane: it is asked for anew, or handed in as any other.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "send_back", by)
        judge_reason("return", reason)
        if not set(fields) or not set(fields) <= MENDABLE:
            raise RuleBroken("fields", "Tick what has to be mended.")
        case.resume_to, case.mend_fields = case.state, sorted(fields)
        drop_chain(case)
        case.lane = ORDINARY
        left = move_to(case, State.DRAFT)
        unusual = passing.unusual_of(step, case)
        log(case, step, left, reason=reason, note=note, fields=sorted(fields), unusual=unusual, by=by)
        return case


def refuse(case_id: int, *, version: int, reason: str, note: str, by: Actor) -> Case:
    """Refuse the case with a reason that the applicant is told."""
    with transaction():
        case = lock_case(case_id, version, by)
        ground = ground_of(case, by)
        step = judge(case, "refuse", by, ground.hands)
        judge_reason("refuse", reason)
        if not note.strip():
            raise RuleBroken("note", "Explain it in a sentence: the applicant will read it.")
        drop_chain(case)
        left, unusual = move_to(case, State.REFUSED), passing.unusual_of(step, case)
        take_snapshot(case, log(case, step, left, reason=reason, note=note, unusual=unusual, by=by), ground)
        return case


def refuse_upheld(case: Case, by: Actor) -> None:
    """An objection was upheld: the case is refused under J08, by the hand that settled it."""
    step = next(step for step in CASE_STEPS if step.verb == "refuse")
    ground = ground_of(case, by)
    drop_chain(case)
    left = move_to(case, State.REFUSED, ground)
    take_snapshot(case, log(case, step, left, reason="J08", by=by), ground)


def withdraw(case_id: int, *, version: int, reason: str, note: str, by: Actor) -> Case:
    """The applicant gives the case up; money that was promised is free again."""
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "withdraw", by)
        judge_reason("withdraw", reason)
        left = drop_award(case, State.WITHDRAWN)
        log(case, step, left, reason=reason, note=note, by=by)
        release_promise(case, by)
        return case


def revoke(case_id: int, *, version: int, reason: str, note: str, by: Actor) -> Case:
    """Take an award away. What is still promised goes back to the fund; what was paid is booked as recoverable."""
    with transaction():
        return revoke_on(lock_case(case_id, version, by), reason=reason, note=note, by=by)


def revoke_on(case: Case, *, reason: str, note: str, by: Actor) -> Case:
    """`revoke` for a case that is locked."""
    step = judge(case, "revoke", by)
    judge_reason("revoke", reason)
    if not note.strip():
        raise RuleBroken("note", "Explain it in a sentence.")
    left = drop_award(case, State.REVOKED)
    log(case, step, left, reason=reason, note=note, by=by)
    book_recoverable(case, paid_of(case), reason=reason, note=note, by=by)
    release_promise(case, by)
    return case


def hold(case_id: int, *, version: int, note: str, by: Actor) -> Case:
    """Pause a case: nothing is decided and nothing paid until it is resumed."""
    return _flag(case_id, version, "hold", True, note, by)


def resume(case_id: int, *, version: int, note: str, by: Actor) -> Case:
    """Let a paused case go on."""
    return _flag(case_id, version, "resume", False, note, by)


def _flag(case_id: int, version: int, verb: str, on_hold: bool, note: str, by: Actor) -> Case:
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, verb, by)
        if not note.strip():
            raise RuleBroken("note", "Say why.")
        if case.on_hold == on_hold:
            raise RuleBroken(None, "The case is on hold already." if on_hold else "The case is not on hold.")
        case.on_hold = on_hold
        if not on_hold and not case.objection:
            resume_clock(case)
        log(case, step, case.state, note=note, changes={"on_hold": on_hold}, by=by)
        forward_if_over(case)
        return case
