"""Was there an appeal 复核, until when may there be one, and against which decision?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief.cases.models import Case, CaseStep
from relief.cases.ways_models import Appeal
from relief.db import db
from relief.domain.workflow import State
from relief.policies.models import PolicyVersion
from relief.policies.queries import load_calendar, policy_of

AGAINST = (State.REFUSED, State.REVOKED)
UPHELD, DISMISSED = "upheld", "dismissed"


def list_appeals(case_id: int) -> Sequence[Appeal]:
    """Every appeal in the case, the newest first."""
    return db.session.scalars(sa.select(Appeal).where(Appeal.case_id == case_id).order_by(Appeal.id.desc())).all()


def open_appeal(case_id: int) -> Appeal | None:
    """The appeal that waits for its answer."""
    return next((one for one in list_appeals(case_id) if one.outcome is None), None)


def decision_of(case: Case) -> CaseStep:
    """The refusal or revocation that stands; a refused or revoked case has one."""
    return db.session.scalars(
        sa.select(CaseStep)
        .where(CaseStep.case_id == case.id, CaseStep.led_to == case.state, CaseStep.left != CaseStep.led_to)
        .order_by(CaseStep.id.desc())
        .limit(1)
    ).one()


def last_day(case: Case) -> date:
    """The last day on which an appeal against the decision is received."""
    return load_calendar().add_working_days(decision_of(case).on, appeal_days(case)).on


def appeal_days(case: Case) -> int:
    """Working days to appeal, and as many to answer."""
    policy: Any = policy_of(db.session.get_one(PolicyVersion, case.policy_id))
    days: int = policy.step_days.appeal
    return days


def stops_of_appeals(case: Case) -> tuple[str, ...]:
    """What stops the steps of an appeal (`relief.domain.workflow.STOPS`); nothing while the case is on its road.

    An answer is final: a case that was opened again and refused once more has a new decision, and a new appeal.
    """
    if case.state not in AGAINST:
        return ()
    appeals, since = list_appeals(case.id), decision_of(case).on
    is_open = any(one.outcome is None for one in appeals)
    is_final = any(one.outcome is not None and _is_against(one, since, case) for one in appeals)
    return tuple(
        name for name, is_so in (("appeal", is_open), ("no_appeal", not is_open), ("final", is_final)) if is_so
    )


def _is_against(appeal: Appeal, since: date, case: Case) -> bool:
    """Whether an answered appeal was against the decision that stands: one upheld that opened the case was not."""
    reopened = db.session.scalar(
        sa.select(sa.func.max(CaseStep.on)).where(CaseStep.case_id == case.id, CaseStep.verb == "reopen")
    )
    return appeal.received_on >= since and (reopened is None or (appeal.judged_on or since) > reopened)
