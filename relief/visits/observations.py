"""What was seen, and what may be read of it? Kept as sealed JSON; health only for those who may see it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa

from relief.db import db
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor
from relief.domain.visit_codes import HEALTH_ASPECTS, HEALTH_THEMES, Aspect, Theme
from relief.visits.models import Visit

Seen = Mapping[Aspect, str]
LOOKED_BACK = 10


def tidy(seen: Mapping[Aspect, str | None] | None) -> dict[Aspect, str]:
    """The aspects of which something was said, in the order of the form."""
    given = seen or {}
    return {one: text for one in Aspect if (text := (given.get(one) or "").strip())}


def packed(seen: Seen) -> str:
    """What was seen as the column keeps it."""
    return json.dumps({one.value: text for one, text in seen.items()}, ensure_ascii=False)


def seen_in(visit: Visit) -> dict[Aspect, str]:
    """All that was seen: for verbs, not for screens."""
    kept = json.loads(visit.seen)
    return {one: kept[one.value] for one in Aspect if one.value in kept}


def readable(seen: Seen, *, by: Actor) -> dict[Aspect, str]:
    """What the actor may read of it."""
    return {one: text for one, text in seen.items() if one not in HEALTH_ASPECTS or by.can("health.read")}


def may_read_need(theme: Theme, *, by: Actor) -> bool:
    """Whether the words of such a need may be read; its theme always is."""
    return theme not in HEALTH_THEMES or by.can("health.read")


def find_last_seen(household_id: int, *, before: Visit | None = None) -> Visit | None:
    """The latest visit of a household on which something was seen; with `before`, the latest one before that visit."""
    visits = sa.select(Visit).where(Visit.household_id == household_id)
    if before is not None:
        earlier = sa.and_(Visit.on == before.on, Visit.id < before.id)
        visits = visits.where(sa.or_(Visit.on < before.on, earlier))
    found = db.session.scalars(visits.order_by(Visit.on.desc(), Visit.id.desc()).limit(LOOKED_BACK))
    return next((visit for visit in found if seen_in(visit)), None)


def settle(household_id: int, unchanged: bool, seen: Seen, *, visit: Visit | None = None) -> Seen:
    """What to keep: what was written, or what the last visit saw. RuleBroken on `unchanged` when there is none."""
    if not unchanged:
        return seen
    last = find_last_seen(household_id, before=visit)
    if last is None:
        raise RuleBroken("unchanged", "There is no earlier visit to compare with. Write what you saw.")
    return seen_in(last)
