"""Does an old case lie on a desk of the demo? Who was paid long ago was asked, and what was asked is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Case
from relief.db import db
from relief.demo import road
from relief.demo.people import person
from relief.demo.steps import case_of, working_before
from relief.domain.visit_codes import VisitKind
from relief.domain.workflow import State
from relief.households.models import Household

DAYS_AGO = 20


def clear(today: date) -> Iterator[date]:
    """Some weeks before the newcomer comes, what is overdue after its money is asked about and closed."""
    yield working_before(today - timedelta(days=DAYS_AGO))
    for case in _overdue(State.PAID):
        if case.kind == "spring_festival":
            household = db.session.get_one(Household, case.household_id)
            road.visit(household, "补做回访，慰问品已收到。", kind=VisitKind.CARE)
        road.ask_and_close(case.id)
    for case in _overdue(State.FOLLOWED_UP):
        cases.close(case.id, version=case_of(case.id).version, by=person("chen"))


def _overdue(state: State) -> Sequence[Case]:
    late = sa.select(Case).where(Case.state == state, Case.due_on < clock.today())
    return db.session.scalars(late.order_by(Case.id)).all()
