"""Whose turn is it? The cases that wait for a step of this person, read from the step table."""

from __future__ import annotations

import sqlalchemy as sa

from relief.cases.models import Case, CaseStep, ChainLevel
from relief.domain.approval import BARRED_BY
from relief.domain.permissions import Actor
from relief.domain.workflow import CASE_STEPS, Step

FORWARD = ("submit", "give_opinion", "post_notice", "review", "approve", "follow_up", "close", "settle_objection")
_KEPT_AS = {"entered": "enter", "opinion": "opinion", "reviewed": "review"}


def is_turn_of(by: Actor) -> sa.ColumnElement[bool]:
    """The condition that a case waits for this actor: a step forward that the role may take and the hands allow.

    Visits and kinship are not judged here, only on the case itself: a list stays quick.
    """
    mine = [_waits_for(step, by) for step in CASE_STEPS if step.verb in FORWARD and by.can(step.permission)]
    return sa.or_(*mine) if mine else sa.false()


def _waits_for(step: Step, by: Actor) -> sa.ColumnElement[bool]:
    found: list[sa.ColumnElement[bool]] = [Case.state.in_([str(state) for state in step.leaves])]
    found += [getattr(Case, stop).is_(False) for stop in step.stopped_by]
    if step.verb == "settle_objection":
        found.append(Case.objection.is_(True))
    if step.verb == "approve":
        found.append(_level_is_of(by))
    return sa.and_(*found, *_not_barred(step, by))


def _level_is_of(by: Actor) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        ChainLevel.case_id == Case.id, ChainLevel.level == Case.level, ChainLevel.dropped_at.is_(None),
        ChainLevel.decided_at.is_(None), ChainLevel.role.in_(sorted(by.roles)),
    )  # fmt: skip


def _not_barred(step: Step, by: Actor) -> list[sa.ColumnElement[bool]]:
    barred = BARRED_BY.get(step.hand or "", ())
    found: list[sa.ColumnElement[bool]] = []
    if "entered" in barred:
        found.append(sa.or_(Case.entered_by.is_(None), Case.entered_by != by.person_id))
    hands = [_KEPT_AS[hand] for hand in barred if hand in _KEPT_AS]
    if hands:
        taken = sa.exists().where(
            CaseStep.case_id == Case.id, CaseStep.person_id == by.person_id, CaseStep.hand.in_(hands)
        )
        found.append(~taken)
    return found
