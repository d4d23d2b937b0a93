"""急难: what do the ordinary steps leave in the file of an emergency case? Its days, its opinion, its notice."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.cases.models import Case
from relief.cases.service.grounds import Ground
from relief.cases.urgent import due_of, find_file, is_under_way
from relief.cases.ways_models import EmergencyFile
from relief.db import db, transaction
from relief.domain.workflow import EMERGENCY, State, Step


def count_duties(case: Case, ground: Ground) -> None:
    """Let the days of visit and file run from today, the day on which the money is approved."""
    file, rule = find_file(case), ground.kind.emergency(ground.policy)
    if file is not None and rule is not None:
        today = clock.today()
        file.visit_by = ground.calendar.add_working_days(today, rule.visit_within).on
        file.complete_by = ground.calendar.add_working_days(today, rule.complete_within).on


def keeps_state(case: Case, step: Step) -> bool:
    """Whether the step is made up after the money: then the file notes it, and the case keeps state and amount."""
    file = find_file(case)
    if file is None or step.leads_to is not None:
        return False
    if step.verb == "give_opinion":
        file.opinion_on = clock.today()
    if step.verb == "post_notice":
        file.noticed_on = clock.today()
        case.noticed = case.approved
    case.due_on = due_of(case)
    return True


def forget_notice(case: Case) -> bool:
    """After an objection the notice of an emergency case hangs anew; whether the case is one."""
    file = find_file(case)
    if file is None or case.state == State.IN_APPROVAL:
        return file is not None
    file.noticed_on = None
    return True


def refresh_due() -> int:
    """Give every emergency case whose file is open the deadline of what it owes today; the number that moved.

    A visit is logged in a room below: the day of the file moves on by itself, at the latest overnight.
    """
    open_files = sa.select(EmergencyFile.case_id).where(EmergencyFile.settled_on.is_(None))
    moved = 0
    with transaction():
        wanted = sa.select(Case).where(Case.id.in_(open_files), Case.lane == EMERGENCY).order_by(Case.id)
        for case in db.session.scalars(wanted.with_for_update(of=Case)):
            due = due_of(case) if is_under_way(case) and not case.objection else case.due_on
            moved += due != case.due_on
            case.due_on = due
    return moved
