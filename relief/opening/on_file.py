"""What do past awards add to a household's page? Their place in its life, told apart from what was paid here."""

from __future__ import annotations

from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.households import timeline
from relief.households.models import Household
from relief.households.timeline import TimelineItem
from relief.opening.models import PastAward
from relief.opening.queries import given_by, list_past_awards

BEFORE = label("before Relief")


def tell(household_id: int, by: Actor) -> list[TimelineItem]:
    """Each past award on its day, for those who may see cases of the household's union."""
    household = db.session.get(Household, household_id)
    if household is None or not by.can("case.read") or not by.sees(household.union_id):
        return []
    return [_item(award) for award in list_past_awards(household_id)[: timeline.MOST]]


def _item(award: PastAward) -> TimelineItem:
    told = [sentence("until %(month)s", month=award.until_month)] if award.until_month else []
    if award.sheet_number:
        told.append(sentence("old sheet %(number)s", number=award.sheet_number))
    text = sentence("%(parts)s", parts=tuple(told)) if told else None
    return TimelineItem(award.on, "before", given_by(award), state=BEFORE, text=text)


timeline.register(tell)
