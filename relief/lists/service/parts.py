"""How does a step of a long list go on in parts? Each is a transaction of its own, and a row takes the step once.

A row that took the step has left the state that waits for it: whoever begins again finds only the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from relief.cases.models import Case, CaseStep
from relief.db import db, transaction
from relief.domain.labels import label
from relief.domain.money import ZERO, Money
from relief.domain.permissions import Actor
from relief.lists.service.acts import NOTHING, Said, act_of
from relief.lists.service.deciding import lists_of, rows_to_decide, tell_decision
from relief.lists.service.proposing import households_to_judge, propose_some
from relief.lists.service.stepping import Behind, Tally, act_on, lock_rows, post_notice, rows_of_step, some, tell
from relief.windows.models import AidList
from relief.windows.queries import get_window

PROPOSE, POST_NOTICE, APPROVE = "propose", "post_notice", "approve"
PART = 200
"""Rows of a part: SQLite has one writer, and nobody shall wait for it longer than a second or two."""
CHANGED = label("The amount has changed since the step was asked for.")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Errand:
    """A step to take: of the list `subject_id`, or the decision on the window `subject_id` (`approve`).

    `rows` are those that stood there when it was asked for, each with its fen: what came or changed since is not
    what was signed for, and stays behind. None: whatever waits.
    """

    verb: str
    subject_id: int
    said: Said = NOTHING
    taken_out: int = 0
    rows: Mapping[int, int] | None = None

    def is_meant(self, case: Case) -> bool:
        """Whether the row stands as it stood when the step was asked for."""
        return self.rows is None or self.rows.get(case.id) == (case.proposed or ZERO).fen


def waiting_for(errand: Errand, by: Actor) -> Sequence[int]:
    """The rows that the step would take; for a proposal the households that it would judge. Judges nobody's sight."""
    if errand.verb == APPROVE:
        return rows_to_decide(errand.subject_id, by)
    if errand.verb == PROPOSE:
        households = households_to_judge(_list_of(errand)).subquery()
        return db.session.scalars(sa.select(households.c.id)).all()
    return rows_of_step(_list_of(errand), errand.verb, by)


def run(errand: Errand, *, since: datetime, progress: Progress, by: Actor) -> Tally:
    """Take the step, part by part; `progress(done, whole)` is told between them. Safe to begin again.

    `since` is when it was asked for: the tally counts what it did from then on. RuleBroken when no row took it.
    """
    return _ROADS.get(errand.verb, _step)(errand, since, progress, by)


def _step(errand: Errand, since: datetime, progress: Progress, by: Actor) -> Tally:
    wanted, before = _meant(errand, waiting_for(errand, by)), _taken(errand, since, by).rows
    behind: list[Behind] = []
    progress(before, before + len(wanted))
    for begin in range(0, len(wanted), PART):
        part = wanted[begin : begin + PART]
        behind += _take_part(errand, part, by).behind
        progress(before + begin + len(part), before + len(wanted))
    taken = _taken(errand, since, by)
    return some(Tally(taken.rows, taken.amount, tuple(behind)))


def _meant(errand: Errand, waiting: Sequence[int]) -> Sequence[int]:
    return waiting if errand.rows is None else [case_id for case_id in waiting if case_id in errand.rows]


def _take_part(errand: Errand, part: Sequence[int], by: Actor) -> Tally:
    """Those of the rows that still wait: in between one may have been lifted out or sent back."""
    with transaction():
        wait = set(waiting_for(errand, by)).intersection(part)
        cases = lock_rows(sorted(wait), by)
        meant = [case for case in cases if errand.is_meant(case)]
        tally = act_on(meant, errand.verb, act_of(errand.verb, errand.said, by), by)
        changed = tuple(Behind(case.id, CHANGED) for case in cases if not errand.is_meant(case))
        tally = replace(tally, behind=tally.behind + changed)
        if errand.verb == APPROVE:
            tell_decision(get_window(errand.subject_id), tally, errand.taken_out, errand.said.meeting_id, by)
        else:
            tell(_list_of(errand), errand.verb, tally, by)
        return tally


def _notice(errand: Errand, since: datetime, progress: Progress, by: Actor) -> Tally:
    """One notice is one paper: all its rows in one transaction."""
    wanted = len(waiting_for(errand, by))
    progress(0, wanted)
    taken = _taken(errand, since, by)
    if taken.rows:
        return taken
    _paper, tally = post_notice(errand.subject_id, place=errand.said.place, by=by)
    progress(wanted, wanted)
    return tally


def _propose(errand: Errand, since: datetime, progress: Progress, by: Actor) -> Tally:
    whole, done = len(waiting_for(errand, by)), 0
    last: int | None = 0
    while last is not None:
        progress(min(done, whole), whole)
        last = propose_some(errand.subject_id, after=last, most=PART, by=by)
        done += PART
    made = sa.select(sa.func.count(), sa.func.sum(Case.proposed)).where(
        Case.list_id == errand.subject_id, Case.created_at >= since
    )
    return _tally(made)


def _list_of(errand: Errand) -> AidList:
    return db.session.get_one(AidList, errand.subject_id)


_ROADS = {POST_NOTICE: _notice, PROPOSE: _propose}


def _taken(errand: Errand, since: datetime, by: Actor) -> Tally:
    """What this actor did since then: the rows that took the step, and their amounts."""
    lists = lists_of(errand.subject_id, by) if errand.verb == APPROVE else [errand.subject_id]
    return _tally(
        sa.select(sa.func.count(), sa.func.sum(sa.func.coalesce(CaseStep.amount, Case.approved, Case.proposed)))
        .join(Case, Case.id == CaseStep.case_id)
        .where(Case.list_id.in_(lists), CaseStep.verb == errand.verb, CaseStep.at >= since)
        .where(CaseStep.user_id == by.user_id)
    )


def _tally(counted: sa.Select[int, Any]) -> Tally:
    rows, amount = db.session.execute(counted).one()
    return Tally(rows, amount if isinstance(amount, Money) else Money(int(amount or 0)))
