"""What does the file itself tell on the household's timeline? Opened, moved, reviewed, closed, a death."""

from __future__ import annotations

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.households import timeline
from relief.households.closing import CLOSING
from relief.households.models import Household, HouseholdUnion, Member
from relief.households.timeline import TimelineItem
from relief.persons.models import Person


def tell(household_id: int, by: Actor) -> list[TimelineItem]:
    """The file's own days."""
    household = db.session.get_one(Household, household_id)
    items = [TimelineItem(household.opened_on, "file", label("File opened"))]
    if household.reviewed_on and household.reviewed_on != household.opened_on:
        items.append(TimelineItem(household.reviewed_on, "file", label("File reviewed"), tone="good"))
    if household.closed_on:
        why = CLOSING.get(household.closed_why or "")
        items.append(TimelineItem(household.closed_on, "file", label("File closed"), text=why))
    return items + _moves(household_id) + _deaths(household_id)


def _moves(household_id: int) -> list[TimelineItem]:
    rows = db.session.execute(
        sa.select(HouseholdUnion.since, Union.short_name)
        .join(Union, Union.id == HouseholdUnion.union_id)
        .where(HouseholdUnion.household_id == household_id)
        .order_by(HouseholdUnion.id)
    ).all()
    return [TimelineItem(since, "file", sentence("Moved to %(unit)s", unit=unit)) for since, unit in rows[1:]]


def _deaths(household_id: int) -> list[TimelineItem]:
    rows = db.session.execute(
        sa.select(Person.deceased_on, Person.name)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, Person.deceased_on.is_not(None))
        .distinct()
    ).all()
    return [TimelineItem(day, "death", sentence("%(name)s died", name=name), tone="bad") for day, name in rows if day]


timeline.register(tell)
