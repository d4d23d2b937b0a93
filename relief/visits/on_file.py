"""What do visits add to a household's page and list? Their part of its life, a button, who was not seen for long."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import url_for

from relief import clock
from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.visit_codes import VisitKind
from relief.households import actions, list_filters, timeline
from relief.households.actions import Action
from relief.households.models import Household
from relief.households.timeline import TimelineItem
from relief.visits.due import HALF_A_YEAR, SEEN
from relief.visits.models import Visit
from relief.web.filters import Filter

VISITED = (("long_ago", label("No visit in 6 months")), ("lately", label("Visited in the last 6 months")))
LOG = label("Log a visit")
LATE = label("Entered late")


def tell(household_id: int, by: Actor) -> list[TimelineItem]:
    """The visits of a household, for those who may see visits."""
    if not by.can("visit.read"):
        return []
    visits = db.session.scalars(
        sa.select(Visit)
        .where(Visit.household_id == household_id)
        .order_by(Visit.on.desc(), Visit.id.desc())
        .limit(timeline.MOST)
    )
    return [_item(visit) for visit in visits]


def offer(household: Household, by: Actor) -> list[Action]:
    """The button for whoever logs visits."""
    if not by.can("visit.write"):
        return []
    return [Action(LOG, url_for("visits.log_visit", household=household.id))]


def was_visited(code: str) -> sa.ColumnElement[bool]:
    """Households that somebody went to in the last half year, or (`long_ago`) did not; a follow-up does not count."""
    since = clock.today() - timedelta(days=HALF_A_YEAR)
    lately = sa.exists().where(Visit.household_id == Household.id, Visit.kind.in_(SEEN), Visit.on > since)
    return ~lately if code == "long_ago" else lately


def _item(visit: Visit) -> TimelineItem:
    return TimelineItem(
        at=visit.on, kind="visit", label=VisitKind(visit.kind).label, tone="waits" if visit.is_late else "moves",
        url=url_for("visits.show_visit", visit_id=visit.id), state=LATE if visit.is_late else None,
        by="、".join(one.person.name for one in visit.visitors), text=visit.note or None,
    )  # fmt: skip


timeline.register(tell)
actions.register(offer)
list_filters.register(Filter("visited", label("Last visit"), options=VISITED), was_visited)
