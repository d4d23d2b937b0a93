"""What do cases tell the rooms below? A household's timeline, its buttons, its open cases, and numbers to find."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from relief.cases import passing, queries
from relief.cases.models import Case
from relief.db import db
from relief.domain.aid import kinds
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.domain.workflow import ENDS, STATE_LABELS, State
from relief.files import sight
from relief.files.models import Attachment
from relief.households import actions, finders, open_cases, timeline
from relief.households.actions import Action
from relief.households.finders import Found
from relief.households.models import Household
from relief.households.timeline import TimelineItem
from relief.web.states import state_tone


def tell(household_id: int, by: Actor) -> list[TimelineItem]:
    """Each case when it was opened, with where it stands now, and each award on its day."""
    if not by.can("case.read"):
        return []
    cases = db.session.scalars(sa.select(Case).where(Case.household_id == household_id).order_by(Case.id)).all()
    return [item for case in cases if by.sees(case.union_id) for item in _items(case)]


def _items(case: Case) -> list[TimelineItem]:
    url, kind = url_for("cases.show", case_id=case.id), kinds()[case.kind]
    opened = sentence("%(kind)s applied for, %(number)s", kind=kind.name, number=case.number)
    state, tone = STATE_LABELS[State(case.state)], state_tone(case.state)
    items = [TimelineItem(case.created_at, "case", opened, url, state=state, tone=tone)]
    if case.approved and case.approved_on:
        granted = sentence("%(kind)s approved: %(amount)s", kind=kind.name, amount=case.approved)
        items.append(TimelineItem(case.approved_on, "case", granted, url, tone="good"))
    return items


def offer(household: Household, by: Actor) -> list[Action]:
    """Open a case of each kind that is worked one by one."""
    if not by.can("case.write"):
        return []
    return [
        Action(
            sentence("Apply for: %(kind)s", kind=kind.name),
            url_for("cases.open", household_id=household.id, kind=code),
        )
        for code, kind in kinds().items()
        if kind.way == "single"
    ]


def find(number: str, by: Actor) -> list[Found]:
    """The case with this number."""
    case = queries.find_by_number(number, by=by) if by.can("case.read") else None
    if case is None:
        return []
    note = sentence("%(name)s, %(state)s", name=case.applicant.name, state=STATE_LABELS[State(case.state)])
    return [Found(case.number, url_for("cases.show", case_id=case.id), note)]


def opens_paper(paper: Attachment, by: Actor) -> bool:
    """The papers of a case whose opinion was passed on to the actor's union."""
    case = db.session.get(Case, paper.subject_id) if paper.subject == "case" else None
    return case is not None and passing.may_see(case, by)


def has_open_case(household_id: int) -> bool:
    """Whether a case of the household is still on its road."""
    found = sa.select(Case.id).where(Case.household_id == household_id, Case.state.not_in([str(end) for end in ENDS]))
    return db.session.scalar(found.limit(1)) is not None


def bars_closing(household_id: int) -> bool:
    """Whether a case must end before the file may be closed; aid that is paid month by month stops by itself."""
    by_month = [code for code, kind in kinds().items() if kind.runs_by_month]
    paying = sa.and_(Case.kind.in_(by_month), Case.state.in_((State.IN_PAYMENT, State.PAID, State.FOLLOWED_UP)))
    found = sa.select(Case.id).where(Case.household_id == household_id, Case.state.not_in([str(end) for end in ENDS]))
    return db.session.scalar(found.where(~paying).limit(1)) is not None


timeline.register(tell)
actions.register(offer)
finders.register(r"[A-Z][A-Z0-9]{1,9}-[A-Z]{2}-\d{4}-\d{5,}", find)
open_cases.register(has_open_case)
open_cases.register_bar(bars_closing)
sight.register(opens_paper)
