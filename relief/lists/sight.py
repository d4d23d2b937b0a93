"""Who works on a list from outside its unit? Whoever its opinion was passed on to, and on nothing but its opinion."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from relief.cases.models import Case
from relief.cases.passing import OPINION, opinion_is_of
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor
from relief.domain.workflow import State
from relief.windows.models import AidList


def is_own_opinion(aid_list: AidList, by: Actor) -> bool:
    """Whether the actor gives this unit's opinions by role and union, passed on or not."""
    return by.sees(aid_list.union_id) and by.can(OPINION)


def rows_passed_to(list_id: int, by: Actor) -> Sequence[int]:
    """The rows that wait for an opinion that is this actor's to give, in the order of their numbers."""
    waiting = sa.select(Case.id).where(
        Case.list_id == list_id, Case.state == State.SUBMITTED, Case.lifted.is_(False), opinion_is_of(by)
    )
    return db.session.scalars(waiting.order_by(Case.id)).all()


def get_for_opinion(list_id: int, by: Actor) -> AidList:
    """The list, within the actor's subtree or for the sake of rows passed on to the actor; else NotYours."""
    by.require("case.read")
    found = db.session.get(AidList, list_id)
    if found is None or not (by.sees(found.union_id) or rows_passed_to(list_id, by)):
        raise NotYours
    return found
