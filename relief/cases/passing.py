"""To whom did a unit pass its opinion on, for which cases, and who sees a case for that alone?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import holders_of, within
from relief.cases.models import Case
from relief.cases.ways_models import OpinionPassed
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours
from relief.domain.labels import label
from relief.domain.passing import REVIEW, is_opinion, steps_for_reviewer
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import CASE_STEPS, Step

OPINION = "case.opinion"
VERBS = frozenset(step.verb for step in CASE_STEPS if is_opinion(step))
UNUSUAL = "opinion_passed"
TO_REVIEWER = label("the bureau's reviewer")
STANDS = OpinionPassed.replaced_at.is_(None)
FEWEST_REVIEWERS = 2


def passed_of(case: Case) -> OpinionPassed | None:
    """To whom the unit had passed its opinion on when it handed this case in."""
    return passed_of_all([case])[0]


def passed_of_all(cases: Sequence[Case]) -> list[OpinionPassed | None]:
    """`passed_of` for many cases, in their order; one statement."""
    rows = db.session.scalars(
        sa.select(OpinionPassed).where(OpinionPassed.union_id.in_({case.union_id for case in cases}), STANDS)
    ).all()
    return [next((row for row in rows if _covers(row, case)), None) for case in cases]


def passings_of(union_id: int) -> Sequence[OpinionPassed]:
    """What a unit has named so far, the newest first."""
    of_unit = sa.select(OpinionPassed).where(OpinionPassed.union_id == union_id)
    return db.session.scalars(of_unit.order_by(OpinionPassed.since.desc(), OpinionPassed.id.desc())).all()


def table_of(passed: OpinionPassed | None) -> Sequence[Step]:
    """The steps of a case: those of the opinion are the reviewer's where it was passed on to him."""
    return steps_for_reviewer(CASE_STEPS) if passed is not None and passed.to_union_id is None else CASE_STEPS


def why_not(step: Step, case: Case, passed: OpinionPassed | None, by: Actor) -> Sentence | None:
    """Why a passed opinion keeps this actor from a step: it is another's to give, or it alone is theirs."""
    if is_opinion(step) and passed is not None:
        return None if _is_theirs(passed, by) else sentence("The opinion was passed on to %(whom)s.", whom=whom(passed))
    return None if by.sees(case.union_id) else sentence("Only the opinion on this case was passed on to you.")


def require_turn(step: Step, case: Case, passed: OpinionPassed | None, by: Actor) -> None:
    """NotAllowed where `why_not` says why."""
    reason = why_not(step, case, passed, by)
    if reason is not None:
        raise NotAllowed(None, reason.message, **reason.params)


def unusual_of(step: Step, case: Case) -> str | None:
    """What the record calls a step that somebody else takes in the unit's place."""
    return UNUSUAL if is_opinion(step) and passed_of(case) else None


def whom(passed: OpinionPassed) -> Sentence:
    """Who gives the opinion in the unit's place."""
    if passed.to_union_id is None:
        return TO_REVIEWER
    return Sentence("%(union)s", {"union": db.session.get_one(Union, passed.to_union_id).name})


def nobody_left(passed: OpinionPassed, on: date) -> bool:
    """Whether whoever it was passed on to is gone: no chair in that unit, or not two reviewers (one reviews it)."""
    if passed.to_union_id is None:
        return len({user.person_id for user in holders_of(REVIEW, on)}) < FEWEST_REVIEWERS
    return passed.to_union_id not in {user.union_id for user in holders_of(OPINION, on)}


def orphaned(by: Actor) -> sa.ColumnElement[bool]:
    """The condition that a case's opinion was passed on to where nobody is left to give it; of the actor's subtree."""
    return sa.or_(sa.false(), *map(covered, _lost(within(OpinionPassed.union_id, by))))


def require_sight(case: Case, by: Actor) -> None:
    """NotYours outside the subtree, but for a case whose opinion was passed on to the actor."""
    if not may_see(case, by):
        raise NotYours


def may_see(case: Case, by: Actor) -> bool:
    """Whether the case lies in the actor's subtree, or its opinion was passed on to the actor."""
    if by.sees(case.union_id):
        return True
    passed = passed_of(case) if by.can(OPINION) else None
    return passed is not None and _is_theirs(passed, by)


def as_reader(case: Case, by: Actor) -> Actor:
    """The actor with sight of this case's union, to read what hangs on this one case."""
    return by if by.scope is None or by.sees(case.union_id) else replace(by, scope=by.scope | {case.union_id})


def sight_of_cases(by: Actor) -> sa.ColumnElement[bool]:
    """The condition that keeps a list to what the actor sees: the subtree, and cases passed on to the actor."""
    return sa.or_(within(Case.union_id, by), *_handed_to(by)) if by.scope is not None else sa.true()


def opinion_is_of(by: Actor) -> sa.ColumnElement[bool]:
    """The condition that a case's opinion is this actor's to give: the own unit's, less and plus what was passed on."""
    return sa.or_(sa.false(), *opinions_of(by))


def opinions_of(by: Actor) -> list[sa.ColumnElement[bool]]:
    """The same as one condition for each ground; none for an actor who gives no opinion at all."""
    mine = []
    if by.can(OPINION):
        away = [covered(row) for row in _rows(within(OpinionPassed.union_id, by))]
        mine += [sa.and_(within(Case.union_id, by), *(~one for one in away)), *_handed_to(by)]
    if by.can(REVIEW):
        mine += [sa.and_(within(Case.union_id, by), covered(row)) for row in _rows(OpinionPassed.to_union_id.is_(None))]
    return mine


def passed_now() -> tuple[tuple[object, ...], ...]:
    """Whose opinion is passed on to whom, as it stands: what `opinion_is_of` and `sight_of_cases` say hangs on it."""
    columns = OpinionPassed.__table__.c
    said = sa.select(
        columns.id, columns.union_id, columns.to_union_id, columns.since, columns.until, columns.named_at,
        columns.replaced_at,
    ).order_by(columns.id)
    lost = tuple(row.id for row in _lost(sa.true()))
    return (*(tuple(row) for row in db.session.execute(said)), lost)


def _handed_to(by: Actor) -> list[sa.ColumnElement[bool]]:
    if by.union_id is None or not by.can(OPINION):
        return []
    return [covered(row) for row in _rows(OpinionPassed.to_union_id == by.union_id)]


def _rows(condition: sa.ColumnElement[bool]) -> Iterable[OpinionPassed]:
    return db.session.scalars(sa.select(OpinionPassed).where(condition, STANDS).order_by(OpinionPassed.id)).all()


def _lost(condition: sa.ColumnElement[bool]) -> list[OpinionPassed]:
    return [row for row in _rows(condition) if nobody_left(row, clock.today())]


def _is_theirs(passed: OpinionPassed, by: Actor) -> bool:
    if passed.to_union_id is None:
        return by.can(REVIEW)
    return by.is_system or by.union_id == passed.to_union_id


def _covers(row: OpinionPassed, case: Case) -> bool:
    begins, ends = _moments(row)
    handed_in = case.submitted_at
    return (
        row.union_id == case.union_id and handed_in is not None and begins <= handed_in
        and (ends is None or handed_in < ends)
    )  # fmt: skip


def covered(row: OpinionPassed) -> sa.ColumnElement[bool]:
    """The condition that a case was handed in while this passing held."""
    begins, ends = _moments(row)
    found = [Case.union_id == row.union_id, Case.submitted_at >= begins]
    return sa.and_(*found, *([Case.submitted_at < ends] if ends else ()))


def _moments(row: OpinionPassed) -> tuple[datetime, datetime | None]:
    """From the first day on, never before it was named; up to the end of the last day."""
    ends = _midnight(row.until + timedelta(days=1)) if row.until else None
    return max(_first_named(row), _midnight(row.since)), ends


def _first_named(row: OpinionPassed) -> datetime:
    """One that stands instead of another holds for the same cases."""
    while row.instead_of is not None:
        row = db.session.get_one(OpinionPassed, row.instead_of)
    return row.named_at


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.SHANGHAI)
