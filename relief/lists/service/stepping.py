"""How do all rows of a list take one step? Each by its own rules; what is not ready stays behind with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief.audit.service import record
from relief.cases.models import Case, Notice
from relief.cases.passing import require_sight
from relief.cases.service.grounds import Ground, grounds_of
from relief.cases.service.notices import post_notice_on
from relief.cases.service.steps import judge
from relief.db import db, transaction
from relief.domain.errors import Refusal, RuleBroken
from relief.domain.money import ZERO, Money, total
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import CASE_STEPS, State
from relief.households.models import Household
from relief.lists.service.acts import Act, Pair, Said, act_of
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


# Rows that go on together: few enough that one which refuses does not undo much, many enough to be quick.
AT_ONCE = 100


def submit(list_id: int, *, by: Actor) -> Tally:
    """Hand every ready draft of the list in; RuleBroken when none is ready."""
    return _all_rows(list_id, "submit", Said(), by)


def give_opinion(list_id: int, *, meeting_id: int | None, note: str, by: Actor) -> Tally:
    """The unit's opinion on every row, by one meeting, with the amounts that stand on the list."""
    return _all_rows(list_id, OPINION, Said(note=note, meeting_id=meeting_id), by)


def post_notice(list_id: int, *, place: str, by: Actor) -> tuple[Notice, Tally]:
    """One notice for all rows that wait for it; RuleBroken on `place` without one."""
    if not place.strip():
        raise RuleBroken("place", "Say where the notice hangs.")
    with transaction():
        aid_list = get_list(list_id, by)
        cases = lock_rows(waiting_rows([aid_list.id], "post_notice"), by)
        ready, behind = _sorted_by_readiness(cases, grounds_of(cases, by), "post_notice", by)
        tally = some(Tally(len(ready), total(case.proposed or ZERO for case, _ in ready), tuple(behind)))
        notice = post_notice_on([case for case, _ in ready], [ground for _, ground in ready], place=place, by=by)
        tell(aid_list, "post_notice", tally, by)
        return notice, tally


def review(list_id: int, *, note: str, by: Actor) -> Tally:
    """Pass the bureau's review on every row, with the amounts on notice."""
    return _all_rows(list_id, "review", Said(note=note), by)


def close(list_id: int, *, by: Actor) -> Tally:
    """Close every row whose household was asked; RuleBroken when none waits for it."""
    by.require("case.follow_up")
    return _all_rows(list_id, "close", Said(), by)


def waiting_rows(list_ids: Sequence[int], verb: str) -> list[int]:
    """The rows of these lists that this step would take: in its state, and not lifted out."""
    states = {str(state) for step in CASE_STEPS if step.verb == verb for state in step.leaves}
    statement = sa.select(Case.id).where(
        Case.list_id.in_(list_ids), Case.state.in_(states & _AFTER_MONEY.get(verb, _COMMON)), Case.lifted.is_(False)
    )
    return list(db.session.scalars(statement.order_by(Case.id)))


def rows_of_step(aid_list: AidList, verb: str, by: Actor) -> Sequence[int]:
    """`waiting_rows` of one list; of an opinion that was passed on, those rows that are the actor's to give."""
    if verb == OPINION and not is_own_opinion(aid_list, by):
        return rows_passed_to(aid_list.id, by)
    return waiting_rows([aid_list.id], verb)


# A list's rows share these states' steps; the other rows of the table are a single case's own.
_COMMON = {State.DRAFT, State.SUBMITTED, State.OPINION_GIVEN, State.FORWARDED, State.IN_APPROVAL}
_AFTER_MONEY = {"follow_up": {State.PAID}, "close": {State.FOLLOWED_UP}}


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
    return why_not_by(case, ground, verb, by) or what_is_missing(ground, verb)


def why_not_by(case: Case, ground: Ground, verb: str, by: Actor) -> Sentence | None:
    """Why this actor cannot take the step now, whatever papers or visits are there."""
    return _refusal(lambda: judge(case, verb, by, ground.hands))


def what_is_missing(ground: Ground, verb: str) -> Sentence | None:
    """What must be there before the step."""
    return _refusal(lambda: ground.require_gates(verb))


def _refusal(judged: Callable[[], object]) -> Sentence | None:
    try:
        judged()
    except Refusal as refusal:
        return refusal.sentence
    return None


def _all_rows(list_id: int, verb: str, said: Said, by: Actor) -> Tally:
    with transaction():
        aid_list = list_for(verb, list_id, by)
        tally = some(act_on(lock_rows(rows_of_step(aid_list, verb, by), by), verb, act_of(verb, said, by), by))
        tell(aid_list, verb, tally, by)
        return tally


def list_for(verb: str, list_id: int, by: Actor) -> AidList:
    """The list for whoever takes this step; NotYours outside the subtree, but for an opinion passed on."""
    return get_for_opinion(list_id, by) if verb == OPINION else get_list(list_id, by)


def act_on(cases: Sequence[Case], verb: str, act: Act, by: Actor) -> Tally:
    """Let every ready case take the step; whoever refuses stays behind whole."""
    ready, behind = _sorted_by_readiness(cases, grounds_of(cases, by) if cases else [], verb, by)
    done: list[Case] = []
    for begin in range(0, len(ready), AT_ONCE):
        taken, refused = _act_together(ready[begin : begin + AT_ONCE], act, by)
        done += taken
        behind += refused
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
) -> tuple[list[Pair], list[Behind]]:
    ready, behind = [], []
    for case, ground in zip(cases, grounds, strict=True):
        reason = why_not(case, ground, verb, by)
        if reason is None:
            ready.append((case, ground))
        else:
            behind.append(Behind(case.id, reason))
    return ready, behind


def some(tally: Tally) -> Tally:
    """The tally; RuleBroken with the first reason when no row took the step."""
    if not tally.rows and tally.behind:
        raise RuleBroken(None, tally.behind[0].why.message, **tally.behind[0].why.params)
    if not tally.rows:
        raise RuleBroken(None, "No row of this list waits for this step.")
    return tally


def tell(aid_list: AidList, verb: str, tally: Tally, by: Actor) -> None:
    """Write what a step did to a list to the record."""
    changes = {"number": aid_list.number, "rows": tally.rows, "amount": tally.amount, "behind": len(tally.behind)}
    record(f"list.{verb}", "aid_list", aid_list.id, by=by, union_id=aid_list.union_id, changes=changes)
