"""How does an award by month end before its last month? With a reason; what is to come goes back to the fund."""

from __future__ import annotations

from relief.cases.models import Case
from relief.cases.service.steps import judge, lock_case, log
from relief.db import transaction
from relief.domain.errors import RuleBroken, WrongState
from relief.domain.permissions import Actor
from relief.domain.reasons import judge_reason
from relief.payments.coming import ToCome, bar_to_end, months_to_come
from relief.payments.service.dropping import drop_to_come

NO_RECHECK = "E01"


def end_months(case_id: int, *, version: int, reason: str, note: str, by: Actor) -> Case:
    """End a monthly award: the months to come are dropped and their money is free again, what is on its way arrives.

    RuleBroken on `reason` when it names a missing re-check and none is missing; WrongState when no month is to come,
    or when none went out: then the approval is taken back, or the case withdrawn.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "end_months", by)
        coming = _to_end(case)
        _judge(coming, reason, note)
        changes = {"instalments": [one.number for one in coming.left]}
        log(case, step, case.state, amount=coming.amount, reason=reason, note=note, changes=changes, by=by)
        drop_to_come(case, by)
        return case


def _to_end(case: Case) -> ToCome:
    coming = months_to_come(case)
    if (bar := bar_to_end(coming)) is not None:
        raise WrongState(None, bar.message)
    assert coming is not None
    return coming


def _judge(coming: ToCome, reason: str, note: str) -> None:
    judge_reason("end", reason)
    if reason == NO_RECHECK and coming.stop is None:
        raise RuleBroken("reason", "The re-check is not missing: choose another reason, or let the aid go on.")
    if not note.strip():
        raise RuleBroken("note", "Explain it in a sentence.")
