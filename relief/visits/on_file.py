"""What do visits add to a household's page? Their part of its life, and the button that logs another one."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.visit_codes import VisitKind
from relief.households import actions, timeline
from relief.households.actions import Action
from relief.households.models import Household
from relief.households.timeline import TimelineItem
from relief.visits.models import Visit

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


def _item(visit: Visit) -> TimelineItem:
    return TimelineItem(
        at=visit.on, kind="visit", label=VisitKind(visit.kind).label, tone="waits" if visit.is_late else "moves",
        url=url_for("visits.show_visit", visit_id=visit.id), state=LATE if visit.is_late else None,
        by="、".join(one.person.name for one in visit.visitors), text=visit.note or None,
    )  # fmt: skip


timeline.register(tell)
actions.register(offer)
