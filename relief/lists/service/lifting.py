"""How does a doubtful row leave the common steps, and how does it come back? It goes on alone, the rest is not held."""

from __future__ import annotations

from collections.abc import Callable, Collection

from relief.cases.models import Case
from relief.cases.service.steps import judge, lock_case, log
from relief.db import transaction
from relief.domain.errors import NotYours, Refusal, RuleBroken
from relief.domain.permissions import Actor
from relief.lists.service.proposing import get_list
from relief.lists.service.stepping import lock_rows


def lift_out(case_id: int, *, version: int | None, why: str, by: Actor) -> Case:
    """Lift a row out of its list with a reason; its own steps go on one by one. RuleBroken on `why` without one."""
    return _set(case_id, version, "lift_out", True, why, by)


def put_back(case_id: int, *, version: int | None, why: str, by: Actor) -> Case:
    """Let a lifted row take its list's steps again."""
    return _set(case_id, version, "put_back", False, why, by)


def lift_out_rows(list_id: int, case_ids: Collection[int], *, why: str, by: Actor) -> int:
    """Lift these rows out with one reason, all or none; how many. RuleBroken names the row that cannot."""
    return _set_all(list_id, case_ids, lift_out, why, by)


def put_back_rows(list_id: int, case_ids: Collection[int], *, why: str, by: Actor) -> int:
    """Let these rows take their list's steps again, all or none; how many. RuleBroken names the row that cannot."""
    return _set_all(list_id, case_ids, put_back, why, by)


def _set_all(list_id: int, case_ids: Collection[int], act: Callable[..., Case], why: str, by: Actor) -> int:
    if not why.strip():
        raise RuleBroken("why", "Say why.")
    if not case_ids:
        raise RuleBroken(None, "No row is marked. Mark rows on the list first.")
    with transaction():
        get_list(list_id, by)
        cases = lock_rows(sorted(case_ids), by)
        if {case.list_id for case in cases} != {list_id} or len(cases) != len(set(case_ids)):
            raise NotYours
        for case in cases:
            try:
                act(case.id, version=None, why=why, by=by)
            except Refusal as refusal:
                raise RuleBroken(None, "%(case)s: %(why)s", case=case.number, why=refusal.sentence) from refusal
        return len(cases)


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
