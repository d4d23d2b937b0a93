"""Somebody objects: what then? The notice stops, the decision waits, and another hand settles it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.cases.models import Case, Notice, NoticeRow, Objection
from relief.cases.service.chains import drop_chain
from relief.cases.service.endings import refuse_upheld
from relief.cases.service.lanes import forget_notice
from relief.cases.service.notices import forward_if_over, last_notice, resume_clock
from relief.cases.service.steps import judge, lock_case, log, move_to, policy_for
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.notice import judge_reposting, stops_notice
from relief.domain.permissions import Actor
from relief.domain.workflow import NOTICE_STEPS, PROMISED, NoticeState, State, take
from relief.policies.queries import load_calendar


def record_objection(
    case_id: int, *, version: int, received_on: date, text: str, who: str | None = None, by: Actor
) -> Objection:
    """Write down an objection, named or not; it blocks the decision, and stops a notice that still stands."""
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "record_objection", by)
        if received_on > clock.today():
            raise RuleBroken("received_on", "This day lies in the future.")
        if not text.strip():
            raise RuleBroken("text", "Write down what was objected.")
        notice = last_notice(case)
        days = policy_for(case).step_days.objection
        objection = Objection(
            case_id=case.id, notice_id=notice.id if notice else None, received_on=received_on, text=text, who=who,
            due_on=load_calendar().add_working_days(received_on, days).on, recorded_by=by.person_id,
        )  # fmt: skip
        db.session.add(objection)
        case.objection, case.due_on = True, objection.due_on
        if notice and _is_stopped_by(notice, received_on):
            notice.state = NoticeState.STOPPED.value
        log(case, step, case.state, by=by, changes={"objection": True})
        return objection


def settle_objection(
    case_id: int, *, version: int, upheld: bool, finding: str, repost: bool = False, by: Actor
) -> Case:
    """Close the open objection after looking into it.

    Upheld: the case is refused (J08), or of an emergency award less is ratified. Not upheld: the notice is posted
    anew (`repost`), or `finding` says why that is not needed and the notice goes on. Whoever recorded the objection
    does not settle it.
    """
    with transaction():
        case = lock_case(case_id, version, by)
        step = judge(case, "settle_objection", by)
        objection = open_objection(case)
        if objection is None:
            raise RuleBroken(None, "No objection is open.")
        if objection.recorded_by is not None and objection.recorded_by == by.person_id:
            raise NotAllowed(None, "You wrote this objection down. Somebody else must settle it.")
        if not finding.strip():
            raise RuleBroken("finding", "Write down what was found.")
        judge_reposting(repost=repost or upheld, reason=finding)
        objection.outcome = "upheld" if upheld else "dismissed"
        objection.finding, objection.settled_by, objection.settled_at = finding, by.person_id, clock.now()
        case.objection = False
        left = _back_to_notice(case) if repost and not upheld else case.state
        log(case, step, left, by=by, note=finding, changes={"outcome": objection.outcome, "repost": repost})
        if upheld and case.state in PROMISED:
            resume_clock(case)
        elif upheld:
            refuse_upheld(case, by)
        elif not repost:
            _go_on(case, by)
        return case


def open_objection(case: Case) -> Objection | None:
    """The objection that waits to be settled."""
    return db.session.scalar(
        sa.select(Objection).where(Objection.case_id == case.id, Objection.outcome.is_(None)).order_by(Objection.id)
    )


def _is_stopped_by(notice: Notice, received_on: date) -> bool:
    if notice.state != NoticeState.POSTED or notice.posted_on is None or notice.ends_on is None:
        return False
    alone = db.session.scalar(sa.select(sa.func.count()).where(NoticeRow.notice_id == notice.id)) == 1
    return alone and stops_notice(received_on, notice.posted_on, notice.ends_on)


def _back_to_notice(case: Case) -> str:
    """To a new notice; an emergency case, which was decided before it, keeps its state."""
    if forget_notice(case):
        resume_clock(case)
        return case.state
    drop_chain(case)
    return move_to(case, State.OPINION_GIVEN)


def _go_on(case: Case, by: Actor) -> None:
    notice = last_notice(case)
    if notice is not None and notice.state == NoticeState.STOPPED:
        take(NOTICE_STEPS, "resume", notice.state, by)
        over = notice.ends_on is not None and notice.ends_on < clock.today()
        notice.state = NoticeState.ENDED.value if over else NoticeState.POSTED.value
    resume_clock(case)
    forward_if_over(case)
