"""What does the unit say? Its opinion after 集体研究, with the meeting's number."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.cases.models import Case, Meeting
from relief.cases.service.grounds import Ground, ground_of
from relief.cases.service.lanes import keeps_state
from relief.cases.service.snapshots import take_snapshot
from relief.cases.service.steps import judge, lock_case, log, move_to
from relief.db import db, transaction
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.workflow import State

FEWEST_ATTENDEES = 2


def record_meeting(
    union_id: int, *, number: str, on: date, attendees: list[str], resolution: str | None = None, by: Actor
) -> Meeting:
    """Record a meeting of a union; one meeting carries many cases.

    Raises RuleBroken on `number` when it is blank or the union has used it, on `meeting_on` for a day to come, on
    `attendees` for fewer than two names.
    """
    by.require("meeting.write")
    by.require_sight(union_id)
    number = number.strip()
    if not number:
        raise RuleBroken("number", "Write the number of the minutes.")
    if on > clock.today():
        raise RuleBroken("meeting_on", "The meeting lies in the future.")
    names = [name.strip() for name in attendees if name.strip()]
    if len(names) < FEWEST_ATTENDEES:
        raise RuleBroken("attendees", "Name at least %(count)s people who took part.", count=FEWEST_ATTENDEES)
    with transaction():
        taken = sa.select(Meeting.id).where(Meeting.union_id == union_id, Meeting.number == number)
        if db.session.scalar(taken):
            raise RuleBroken("number", "There is a meeting with this number already. Choose it from the list.")
        meeting = Meeting(
            union_id=union_id, number=number, on=on, attendees=names, resolution=resolution,
            recorded_by=by.person_id, recorded_at=clock.now(),
        )  # fmt: skip
        db.session.add(meeting)
        db.session.flush()
        changes = {"number": number, "on": on, "attendees": len(names)}
        record("meeting.record", "meeting", meeting.id, by=by, union_id=union_id, changes=changes)
        return meeting


def meeting_for(case: Case, meeting_id: int | None, *, by: Actor) -> Meeting:
    """The meeting of the actor's own union that decided on the case.

    RuleBroken on `meeting` when none was chosen, or for one of another union or from before the event.
    """
    if meeting_id is None:
        raise RuleBroken("meeting", "Choose the meeting that decided this, or record it.")
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or not by.sees(meeting.union_id):
        raise NotYours
    if by.union_id is not None and meeting.union_id != by.union_id:
        raise RuleBroken("meeting", "This is a meeting of another union. Choose one of your own.")
    if meeting.on < case.need_on:
        raise RuleBroken("meeting", "This meeting took place before the event. Choose the one that decided on it.")
    return meeting


def give_opinion(
    case_id: int, *, version: int, amount: Money, meeting_id: int | None, note: str, by: Actor
) -> Case:
    """The unit proposes an amount, up to what the policy gives, decided together in a meeting."""
    with transaction():
        case = lock_case(case_id, version, by)
        return give_opinion_on(case, ground_of(case, by), amount=amount, meeting_id=meeting_id, note=note, by=by)


def give_opinion_on(
    case: Case, ground: Ground, *, amount: Money, meeting_id: int | None, note: str, by: Actor
) -> Case:
    """`give_opinion` for a case that is locked and whose ground was read."""
    step = judge(case, "give_opinion", by, ground.hands)
    meeting = meeting_for(case, meeting_id, by=by)
    ground.judge_amount(amount)
    if keeps_state(case, step):
        left = case.state
    else:
        case.proposed = amount
        left = move_to(case, State.OPINION_GIVEN, ground)
    line = log(case, step, left, amount=amount, note=note, meeting_id=meeting.id, by=by,
               unusual=ground.hands.unusual_opinion)  # fmt: skip
    take_snapshot(case, line, ground, amount)
    return case
