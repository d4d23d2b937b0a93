"""How does a doubtful row leave the common steps, and how does it come back? It goes on alone, the rest is not held."""

from __future__ import annotations

from relief.cases.models import Case
from relief.cases.service.steps import judge, lock_case, log
from relief.db import transaction
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor


def lift_out(case_id: int, *, version: int | None, why: str, by: Actor) -> Case:
    """Lift a row out of its list with a reason; its own steps go on one by one. RuleBroken on `why` without one."""
    return _set(case_id, version, "lift_out", True, why, by)


def put_back(case_id: int, *, version: int | None, why: str, by: Actor) -> Case:
    """Let a lifted row take its list's steps again."""
    return _set(case_id, version, "put_back", False, why, by)


def _set(case_id: int, version: int | None, verb: str, lifted: bool, why: str, by: Actor) -> Case:
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, verb, by)
        if not why.strip():
            raise RuleBroken("why", "Say why.")
        if case.list_id is None or case.lifted == lifted:
            raise RuleBroken(None, "The row is out of its list already." if lifted else "The row is on its list.")
        case.lifted = lifted
        log(case, step, case.state, note=why, changes={"lifted": lifted}, by=by)
        return case
