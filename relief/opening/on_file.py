"""What do past awards add to a household's page? Their place in its life, told apart from what was paid here."""

from __future__ import annotations

from relief.db import db
from relief.domain.aid import kinds
from relief.domain.labels import label
from relief.domain.opening import STANDING
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.households import timeline
from relief.households.models import Household
from relief.households.timeline import TimelineItem
from relief.opening.models import PastAward
from relief.opening.queries import list_past_awards

BEFORE = label("before Relief")


def tell(household_id: int, by: Actor) -> list[TimelineItem]:
    """Each past award on its day, for those who may see cases of the household's union."""
    household = db.session.get(Household, household_id)
    if household is None or not by.can("case.read") or not by.sees(household.union_id):
        return []
    return [_item(award) for award in list_past_awards(household_id)[: timeline.MOST]]


def _item(award: PastAward) -> TimelineItem:
    said = (
        sentence(
            "%(kind)s, %(amount)s a month until %(month)s",
            kind=_name(award), amount=award.amount, month=award.until_month or "",
        )
        if award.form == STANDING
        else sentence("%(kind)s, %(amount)s", kind=_name(award), amount=award.amount)
    )  # fmt: skip
    return TimelineItem(award.on, "before", said, state=BEFORE, text=award.sheet_number)


def _name(award: PastAward) -> Sentence:
    """The item where one is named, or else the kind; the code of a kind that is gone."""
    kind = kinds().get(award.kind)
    if kind is None:
        return Sentence(award.kind)
    return kind.items.get(award.item or "", kind.name)


timeline.register(tell)
