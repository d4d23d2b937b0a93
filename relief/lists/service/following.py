"""How are many households' answers recorded at once? Each as the single follow-up records it, or its row stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relief.audit.service import record
from relief.cases.models import Case
from relief.cases.service.follow_ups import follow_up_on, judge_answer
from relief.cases.service.grounds import Ground, grounds_of
from relief.db import transaction
from relief.domain.errors import NotYours, Refusal, RuleBroken, collected
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import State
from relief.lists.answers import RowAnswer, name_of
from relief.lists.service.proposing import get_list
from relief.lists.service.stepping import Behind, lock_rows
from relief.windows.models import AidList

CHANGED = label("Somebody else changed this case while you were writing. Look at it, then record the answer again.")


@dataclass(frozen=True)
class Asked:
    """What was recorded: the rows, how many of them have not received it, and which rows stay with their reason."""

    recorded: tuple[int, ...]
    missing: int
    behind: tuple[Behind, ...] = ()


def follow_up(list_id: int, answers: Mapping[int, RowAnswer], *, by: Actor) -> Asked:
    """Record these answers by case, each as the single `follow_up` does; who cannot be answered stays, the rest goes.

    RuleBroken, and nothing is recorded, for no answer at all, or on `row<case>-<field>` for each that is not whole.
    NotYours for a case that is not a row of the list.
    """
    by.require("case.follow_up")
    with transaction():
        aid_list = get_list(list_id, by)
        cases = _locked_rows(aid_list, sorted(answers), by)
        _judge_whole(answers)
        recorded: list[int] = []
        behind: list[Behind] = []
        for case, ground in zip(cases, grounds_of(cases, by), strict=True):
            why = _record_row(case, ground, answers[case.id], by)
            if why is None:
                recorded.append(case.id)
            else:
                behind.append(Behind(case.id, why))
        missing = sum(not answers[case_id].said.received_it for case_id in recorded)
        asked = Asked(tuple(recorded), missing, tuple(behind))
        if recorded:
            _tell(aid_list, asked, by)
        return asked


def _locked_rows(aid_list: AidList, case_ids: Sequence[int], by: Actor) -> list[Case]:
    if not case_ids:
        raise RuleBroken(None, "No row has an answer yet. Fill one in, or tick it to take the answer above.")
    cases = lock_rows(case_ids, by)
    if len(cases) < len(case_ids) or any(case.list_id != aid_list.id for case in cases):
        raise NotYours
    return cases


def _judge_whole(answers: Mapping[int, RowAnswer]) -> None:
    broken: list[Refusal] = []
    for case_id, row in answers.items():
        try:
            judge_answer(row.said)
        except RuleBroken as rule:
            broken.append(RuleBroken(f"{name_of(case_id)}-{rule.field}", rule.sentence.message, **rule.sentence.params))
    collected(broken)


def _record_row(case: Case, ground: Ground, row: RowAnswer, by: Actor) -> Sentence | None:
    """Why the row stays; None when its answer is recorded. What refuses does so before anything is written."""
    if case.state == State.PAID and row.version is not None and case.version != row.version:
        return CHANGED
    try:
        follow_up_on(case, ground, row.said, by=by)
    except Refusal as refusal:
        return refusal.sentence
    return None


def _tell(aid_list: AidList, asked: Asked, by: Actor) -> None:
    changes = {
        "number": aid_list.number, "rows": len(asked.recorded), "missing": asked.missing, "behind": len(asked.behind),
    }  # fmt: skip
    record("list.follow_up", "aid_list", aid_list.id, by=by, union_id=aid_list.union_id, changes=changes)
