"""What was changed in the record of a visit, and how do the record and the other writer hear of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa

from relief.db import db
from relief.domain.permissions import Actor
from relief.domain.sentences import Param, sentence
from relief.domain.visit_codes import HEALTH_ASPECTS, Place, Theme
from relief.visits.given import Told
from relief.visits.models import Need, Visit
from relief.visits.observations import may_read_need, packed, seen_in

Changes = dict[str, tuple[Any, Any]]
SAID_IN_FULL = ("on", "place", "unchanged", "next_on")


def told_in(visit: Visit) -> Told:
    """The record as it stands."""
    needs = db.session.scalars(sa.select(Need).where(Need.visit_id == visit.id).order_by(Need.id))
    return Told(
        on=visit.on, place=Place(visit.place), talked_to=visit.talked_to or "", unchanged=visit.unchanged,
        seen=seen_in(visit), needs={Theme(one.theme): one.text or "" for one in needs}, next_on=visit.next_on,
        note=visit.note or "",
    )  # fmt: skip


def keep_hidden(before: Told, after: Told, *, by: Actor) -> Told:
    """What the actor could not read stays as it was."""
    if by.can("health.read"):
        return after
    hidden = {one: text for one, text in before.seen.items() if one in HEALTH_ASPECTS}
    needs = {
        theme: text if may_read_need(theme, by=by) else before.needs.get(theme, text)
        for theme, text in after.needs.items()
    }
    return replace(after, seen={**after.seen, **hidden}, needs=needs)


def changed(before: Told, after: Told) -> Changes:
    """Field → (before, after), for those that differ."""
    pairs = {one.name: (getattr(before, one.name), getattr(after, one.name)) for one in fields(Told)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def write(visit: Visit, told: Told) -> None:
    """Put what is told into the row and its needs."""
    visit.on, visit.place, visit.talked_to = told.on, told.place.value, told.talked_to or None
    visit.unchanged, visit.seen, visit.note = told.unchanged, packed(told.seen), told.note or None
    visit.next_on = told.next_on


def write_needs(visit: Visit, needs: Mapping[Theme, str]) -> None:
    """The visit's needs are these and no others."""
    db.session.execute(sa.delete(Need).where(Need.visit_id == visit.id))
    add_needs(visit, needs)


def add_needs(visit: Visit, needs: Mapping[Theme, str]) -> None:
    """What the household of a new visit needs."""
    db.session.add_all(
        Need(visit_id=visit.id, household_id=visit.household_id, theme=theme.value, text=text.strip() or None)
        for theme, text in needs.items()
    )


def for_record(changes: Changes) -> dict[str, Any]:
    """What the record keeps: days and codes in full, of people's own words only which were changed."""
    kept: dict[str, Any] = {name: pair for name, pair in changes.items() if name in SAID_IN_FULL}
    for name, (before, after) in changes.items():
        if name in ("seen", "needs"):
            kept[name] = sorted(code.value for code in {*before, *after} if before.get(code) != after.get(code))
        elif name not in SAID_IN_FULL:
            kept[name] = "changed"
    return kept


def for_reader(changes: Changes, *, by: Actor) -> dict[str, tuple[Param, Param]]:
    """The difference by field of the form, for the second of two writers; health only for those who may see it."""
    told: dict[str, tuple[Param, Param]] = {}
    for name, (before, after) in changes.items():
        if name == "seen":
            told |= {
                f"seen_{one.value}": (before.get(one, ""), after.get(one, ""))
                for one in {**before, **after}
                if before.get(one) != after.get(one) and (one not in HEALTH_ASPECTS or by.can("health.read"))
            }
        elif name == "needs":
            told["themes"] = (_themes(before), _themes(after))
        else:
            told[name] = (_said(before), _said(after))
    return told


def _themes(needs: Mapping[Theme, str]) -> Param:
    return tuple(theme.label for theme in needs)


def _said(value: Any) -> Param:
    if isinstance(value, Place):
        return value.label
    if isinstance(value, bool):
        return sentence("Yes") if value else sentence("No")
    return value if value is not None else ""
