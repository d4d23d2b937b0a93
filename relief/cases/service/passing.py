"""How does a unit pass its opinions on? Named beforehand, to another unit or the bureau's reviewer; ended any day."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import holders_of
from relief.audit.service import record
from relief.cases.passing import FEWEST_REVIEWERS, OPINION, STANDS, nobody_left, passings_of, whom
from relief.cases.ways_models import OpinionPassed
from relief.db import db, locked, transaction
from relief.domain.errors import RuleBroken
from relief.domain.passing import REVIEW, Span, judge_span, last_day
from relief.domain.permissions import Actor


def pass_opinions(
    union_id: int, *, to_union_id: int | None, since: date, until: date | None, why: str, by: Actor
) -> OpinionPassed:
    """Name who gives the unit's opinion on the cases that it hands in from `since` on: a union, None the reviewer.

    RuleBroken on `to` for whom nobody could give it, `since` or `until` for days that have passed or are taken, `why`
    without a reason; NotYours outside the actor's subtree.
    """
    by.require("opinion.pass")
    by.require_sight(union_id)
    if not why.strip():
        raise RuleBroken("why", "Say why.")
    with transaction():
        unit = locked(Union, union_id)
        if unit.parent_id is None:
            raise RuleBroken("to", "The bureau itself gives no unit's opinion.")
        judge_span(since, until, clock.today(), _standing_spans(union_id))
        _judge_receiver(unit, to_union_id, since)
        passed = OpinionPassed(
            union_id=union_id, to_union_id=to_union_id, since=since, until=until, why=why.strip()[:200],
            named_by=by.person_id, named_at=clock.now(),
        )  # fmt: skip
        db.session.add(passed)
        db.session.flush()
        changes = {"to": to_union_id or "reviewer", "since": since, "until": until, "why": passed.why}
        record("opinion.pass", "union", union_id, by=by, union_id=union_id, changes=changes)
        return passed


def pass_again(passing_id: int, *, to_union_id: int | None, why: str, by: Actor) -> OpinionPassed:
    """Name somebody else where nobody is left to give what was passed on: for the cases that wait too, with its days.

    RuleBroken while somebody there still can, on `to` for whom nobody could either, on `why` without a reason.
    """
    by.require("opinion.pass")
    if not why.strip():
        raise RuleBroken("why", "Say why.")
    with transaction():
        old = locked(OpinionPassed, passing_id)
        by.require_sight(old.union_id)
        if old.replaced_at is not None:
            raise RuleBroken(None, "This was passed on again already.")
        if not nobody_left(old, clock.today()):
            raise RuleBroken(None, "%(whom)s can still give these opinions.", whom=whom(old))
        old.replaced_at = clock.now()
        db.session.flush()
        _judge_receiver(locked(Union, old.union_id), to_union_id, clock.today())
        passed = OpinionPassed(
            union_id=old.union_id, to_union_id=to_union_id, since=old.since, until=old.until, why=why.strip()[:200],
            named_by=by.person_id, named_at=clock.now(), instead_of=old.id,
        )  # fmt: skip
        db.session.add(passed)
        changes = {"to": (old.to_union_id or "reviewer", to_union_id or "reviewer"), "why": passed.why}
        record("opinion.pass_again", "union", old.union_id, by=by, union_id=old.union_id, changes=changes)
        return passed


def end_passing(passing_id: int, *, by: Actor) -> OpinionPassed:
    """The unit gives its own opinions again, on cases that it hands in from tomorrow on."""
    by.require("opinion.pass")
    with transaction():
        passed = locked(OpinionPassed, passing_id)
        by.require_sight(passed.union_id)
        before, passed.until = passed.until, last_day(passed.since, passed.until, clock.today())
        changes = {"until": (before, passed.until)}
        record("opinion.end_passing", "union", passed.union_id, by=by, union_id=passed.union_id, changes=changes)
        return passed


def refuse_needed(union_id: int) -> None:
    """RuleBroken while another unit passes its opinions to this one."""
    if db.session.scalar(_standing(OpinionPassed.to_union_id == union_id).limit(1)):
        raise RuleBroken(None, "Another union passes its opinion to this one. Change that first.")


def _judge_receiver(unit: Union, to_union_id: int | None, since: date) -> None:
    """Somebody must be there to give it, and after that somebody else to review it."""
    if to_union_id is None:
        if len({user.person_id for user in holders_of(REVIEW, since)}) < FEWEST_REVIEWERS:
            raise RuleBroken(
                "to", "The bureau has one reviewer only. Who gives the opinion does not review: name a second "
                "reviewer first, or choose another unit.",
            )  # fmt: skip
        return
    other = db.session.get(Union, to_union_id)
    if other is None or not other.active or other.id == unit.id:
        raise RuleBroken("to", "Choose another open union.")
    if other.id not in {user.union_id for user in holders_of(OPINION, since)}:
        raise RuleBroken("to", "%(union)s has nobody who gives opinions.", union=other.name)
    _refuse_chain(unit, other)


def _refuse_chain(unit: Union, other: Union) -> None:
    chained = sa.or_(OpinionPassed.union_id == other.id, OpinionPassed.to_union_id == unit.id)
    if db.session.scalar(_standing(chained).limit(1)):
        raise RuleBroken("to", "An opinion is passed on once, not from union to union.")


def _standing_spans(union_id: int) -> list[Span]:
    return [(one.since, one.until) for one in passings_of(union_id) if one.replaced_at is None]


def _standing(condition: sa.ColumnElement[bool]) -> sa.Select[int]:
    not_over = sa.or_(OpinionPassed.until.is_(None), OpinionPassed.until >= clock.today())
    return sa.select(OpinionPassed.id).where(condition, not_over, STANDS)
