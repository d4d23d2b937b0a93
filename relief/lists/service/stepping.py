"""How do all rows of a list take one step? Each by its own rules; what is not ready stays behind with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relief.audit.service import record
from relief.cases.models import Case, Meeting, Notice
from relief.cases.passing import require_sight
from relief.cases.service.applications import submit_on
from relief.cases.service.decisions import review_on
from relief.cases.service.grounds import Ground, grounds_of
from relief.cases.service.notices import post_notice_on
from relief.cases.service.opinions import give_opinion_on
from relief.cases.service.steps import judge
from relief.db import db, transaction
from relief.domain.errors import Refusal, RuleBroken
from relief.domain.money import ZERO, Money, total
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import CASE_STEPS, State
from relief.households.models import Household
from relief.lists.service.proposing import get_list
from relief.lists.sight import get_for_opinion, is_own_opinion, rows_passed_to
from relief.windows.models import AidList

OPINION = "give_opinion"


@dataclass(frozen=True)
class Behind:
    """A row that did not take the step, and why."""

    case_id: int
    why: Sentence


@dataclass(frozen=True)
class Tally:
    """What a step did: how many rows took it, with which sum, and which stayed behind."""

    rows: int
    amount: Money
    behind: tuple[Behind, ...] = ()


Pair = tuple[Case, Ground]
Act = Callable[[Sequence[Pair]], object]
# Rows that go on together: few enough that one which refuses does not undo much, many enough to be quick.
AT_ONCE = 100


def submit(list_id: int, *, by: Actor) -> Tally:
    """Hand every ready draft of the list in; RuleBroken when none is ready."""
    return _all_rows(list_id, "submit", lambda case, ground: submit_on(case, ground, by=by), by)


def give_opinion(list_id: int, *, meeting_id: int | None, note: str, by: Actor) -> Tally:
    """The unit's opinion on every row, by one meeting, with the amounts that stand on the list."""

    def act(case: Case, ground: Ground) -> object:
        return give_opinion_on(
            case, ground, amount=case.proposed or ZERO, meeting_id=meeting_id, note=note, by=by
        )

    return _all_rows(list_id, "give_opinion", act, by, meeting_id)


def post_notice(list_id: int, *, place: str, by: Actor) -> tuple[Notice, Tally]:
    """One notice for all rows that wait for it; RuleBroken on `place` without one."""
    if not place.strip():
        raise RuleBroken("place", "Say where the notice hangs.")
    with transaction():
        aid_list = get_list(list_id, by)
        cases = lock_rows(waiting_rows([aid_list.id], "post_notice"), by)
        ready, behind = _sorted_by_readiness(cases, grounds_of(cases, by), "post_notice", by)
        _some(ready, behind)
        notice = post_notice_on([case for case, _ in ready], [ground for _, ground in ready], place=place, by=by)
        tally = Tally(len(ready), total(case.noticed or ZERO for case, _ in ready), tuple(behind))
        _tell(aid_list, "post_notice", tally, by)
        return notice, tally


def review(list_id: int, *, note: str, by: Actor) -> Tally:
    """Pass the bureau's review on every row, with the amounts on notice."""

    def act(case: Case, ground: Ground) -> object:
        return review_on(case, ground, amount=case.noticed or case.proposed or ZERO, note=note, by=by)

    return _all_rows(list_id, "review", act, by)


def waiting_rows(list_ids: Sequence[int], verb: str) -> list[int]:
    """The rows of these lists that this step would take: in its state, and not lifted out."""
    states = {str(state) for step in CASE_STEPS if step.verb == verb for state in step.leaves}
    statement = sa.select(Case.id).where(
        Case.list_id.in_(list_ids), Case.state.in_(states & _COMMON), Case.lifted.is_(False)
    )
    return list(db.session.scalars(statement.order_by(Case.id)))


def rows_of_step(aid_list: AidList, verb: str, by: Actor) -> Sequence[int]:
    """`waiting_rows` of one list; of an opinion that was passed on, those rows that are the actor's to give."""
    if verb == OPINION and not is_own_opinion(aid_list, by):
        return rows_passed_to(aid_list.id, by)
    return waiting_rows([aid_list.id], verb)


# A list's rows share these states' steps; the other rows of the table are a single case's own.
_COMMON = {State.DRAFT, State.SUBMITTED, State.OPINION_GIVEN, State.FORWARDED, State.IN_APPROVAL}


def lock_rows(case_ids: Sequence[int], by: Actor) -> list[Case]:
    """The cases under a lock, their households first, in the order of their numbers; NotYours outside the subtree."""
    asked = sa.select(Case.household_id).where(Case.id.in_(case_ids))
    held = sa.select(Household.id).where(Household.id.in_(asked)).order_by(Household.id)
    db.session.execute(held.with_for_update()).all()
    statement = sa.select(Case).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update(of=Case)
    cases = list(db.session.scalars(statement.execution_options(populate_existing=True)))
    for case in cases:
        require_sight(case, by)
    return cases


def why_not(case: Case, ground: Ground, verb: str, by: Actor) -> Sentence | None:
    """Why this row would stay behind; None when it takes the step."""
    try:
        judge(case, verb, by, ground.hands)
        ground.require_gates(verb)
    except Refusal as refusal:
        return refusal.sentence
    return None


def _all_rows(
    list_id: int, verb: str, act: Callable[[Case, Ground], object], by: Actor, meeting_id: int | None = None
) -> Tally:
    with transaction():
        aid_list = get_for_opinion(list_id, by) if verb == OPINION else get_list(list_id, by)
        cases = lock_rows(rows_of_step(aid_list, verb, by), by)
        tally = act_on(cases, verb, _each(act, meeting_id), by)
        _tell(aid_list, verb, tally, by)
        return tally


def _each(act: Callable[[Case, Ground], object], meeting_id: int | None) -> Act:
    def act_on_each(pairs: Sequence[Pair]) -> None:
        with held((Meeting, meeting_id)):
            for case, ground in pairs:
                act(case, ground)

    return act_on_each


@contextmanager
def held(*asked: tuple[type[Any], int | None]) -> Iterator[None]:
    """Keep rows that every case asks for in the session: it forgets what nobody refers to, and reads it again."""
    rows = [db.session.get(model, row_id) for model, row_id in asked if row_id]
    yield
    rows.clear()


def act_on(cases: Sequence[Case], verb: str, act: Act, by: Actor) -> Tally:
    """Let every ready case take the step; RuleBroken when none did. Whoever refuses stays behind whole."""
    ready, behind = _sorted_by_readiness(cases, grounds_of(cases, by) if cases else [], verb, by)
    done: list[Case] = []
    for begin in range(0, len(ready), AT_ONCE):
        taken, refused = _act_together(ready[begin : begin + AT_ONCE], act, by)
        done += taken
        behind += refused
    _some(done, behind)
    return Tally(len(done), total(case.approved or case.proposed or ZERO for case in done), tuple(behind))


def _act_together(pairs: Sequence[Pair], act: Act, by: Actor) -> tuple[list[Case], list[Behind]]:
    """All of these rows at once; when one of them refuses, each by itself."""
    try:
        with db.session.begin_nested():
            act(pairs)
    except Refusal:
        return _act_singly([case.id for case, _ground in pairs], act, by)
    return [case for case, _ground in pairs], []


def _act_singly(case_ids: Sequence[int], act: Act, by: Actor) -> tuple[list[Case], list[Behind]]:
    """Each row by itself, on grounds that are read anew: what was undone left its traces in the old ones."""
    done, behind = [], []
    cases = lock_rows(case_ids, by)
    for case, ground in zip(cases, grounds_of(cases, by), strict=True):
        case_id = case.id
        try:
            with db.session.begin_nested():
                act([(case, ground)])
            done.append(case)
        except Refusal as refusal:
            behind.append(Behind(case_id, refusal.sentence))
    return done, behind


def _sorted_by_readiness(
    cases: Sequence[Case], grounds: Sequence[Ground], verb: str, by: Actor
) -> tuple[list[tuple[Case, Ground]], list[Behind]]:
    ready, behind = [], []
    for case, ground in zip(cases, grounds, strict=True):
        reason = why_not(case, ground, verb, by)
        if reason is None:
            ready.append((case, ground))
        else:
            behind.append(Behind(case.id, reason))
    return ready, behind


def _some(done: Sequence[object], behind: Sequence[Behind]) -> None:
    if done:
        return
    if behind:
        raise RuleBroken(None, behind[0].why.message, **behind[0].why.params)
    raise RuleBroken(None, "No row of this list waits for this step.")


def _tell(aid_list: AidList, verb: str, tally: Tally, by: Actor) -> None:
    changes = {"number": aid_list.number, "rows": tally.rows, "amount": tally.amount, "behind": len(tally.behind)}
    record(f"list.{verb}", "aid_list", aid_list.id, by=by, union_id=aid_list.union_id, changes=changes)
