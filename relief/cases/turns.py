"""Whose turn is it? The cases that wait for a step of this person, read from the step table."""

from __future__ import annotations

import sqlalchemy as sa

from relief.cases.models import Case, CaseStep, ChainLevel
from relief.cases.passing import opinion_is_of
from relief.cases.ways_models import Appeal, EmergencyFile
from relief.domain.approval import BARRED_BY
from relief.domain.passing import REVIEW, is_opinion
from relief.domain.permissions import Actor
from relief.domain.workflow import CASE_STEPS, EMERGENCY, Step

FORWARD = (
    "submit", "give_opinion", "post_notice", "review", "approve", "ratify", "follow_up", "close", "settle_objection",
    "judge_appeal",
)  # fmt: skip
_KEPT_AS = {"entered": "enter", "opinion": "opinion", "reviewed": "review"}


def is_turn_of(by: Actor) -> sa.ColumnElement[bool]:
    """The condition that a case waits for this actor: a step forward that the role may take and the hands allow.

    Visits and kinship are not judged here, only on the case itself: a list stays quick.
    """
    mine = [_waits_for(step, by) for step in CASE_STEPS if step.verb in FORWARD and _is_open_to(step, by)]
    return sa.or_(*mine) if mine else sa.false()


def _is_open_to(step: Step, by: Actor) -> bool:
    """A unit's opinion may have been passed on to the reviewer: that is asked of the case, not of the role."""
    return by.can(step.permission) or (is_opinion(step) and by.can(REVIEW))


def _waits_for(step: Step, by: Actor) -> sa.ColumnElement[bool]:
    found: list[sa.ColumnElement[bool]] = [Case.state.in_([str(state) for state in step.leaves])]
    found += [~_is_stopped(stop) for stop in step.stopped_by]
    if step.lane is not None:
        found.append(Case.lane == step.lane)
    if step.verb == "settle_objection":
        found.append(Case.objection.is_(True))
    if step.verb == "approve":
        found.append(_level_is_of(by))
    if is_opinion(step):
        found.append(opinion_is_of(by))
    return sa.and_(*found, *_not_barred(step, by))


def _is_stopped(stop: str) -> sa.ColumnElement[bool]:
    """A stop as a condition: a flag of the case, or what its emergency file or its appeals say."""
    if stop in ("objection", "on_hold"):
        return getattr(Case, stop).is_(True)  # type: ignore[no-any-return]
    if stop in ("appeal", "no_appeal", "final"):
        pending = sa.exists().where(Appeal.case_id == Case.id, Appeal.outcome.is_(None))
        return pending if stop == "appeal" else ~pending
    said = {
        "settled": EmergencyFile.settled_on.is_not(None), "unratified": EmergencyFile.settled_on.is_(None),
        "has_opinion": EmergencyFile.opinion_on.is_not(None), "no_opinion": EmergencyFile.opinion_on.is_(None),
        "has_notice": EmergencyFile.noticed_on.is_not(None), "no_notice": EmergencyFile.noticed_on.is_(None),
    }  # fmt: skip
    in_lane = Case.lane == EMERGENCY
    return sa.and_(in_lane, sa.exists().where(EmergencyFile.case_id == Case.id, said[stop]))


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
            CaseStep.case_id == Case.id, CaseStep.hand.in_(hands),
            sa.func.coalesce(CaseStep.on_behalf_of, CaseStep.person_id) == by.person_id,
        )
        found.append(~taken)
    return found
