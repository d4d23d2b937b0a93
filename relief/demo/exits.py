"""Who leaves hardship in the demo? 脱困: a household that was helped, stands on its own feet, and gives its file up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from relief.db import db
from relief.demo import road
from relief.demo.book import Book
from relief.demo.people import crews, person
from relief.demo.steps import working_before, working_days_on
from relief.demo.units import HOME
from relief.domain.visit_codes import VisitKind
from relief.households.models import Household
from relief.households.open_cases import bars_closing
from relief.households.service import close_file

DAYS_AGO = 30
UNITS = 5


def leave(today: date, book: Book) -> Iterator[date]:
    """The newcomer's household of the story, and one in some other units; whoever has an open case stays a while."""
    yield working_before(today - timedelta(days=DAYS_AGO))
    others = [of for of in crews() if of.unit.name != HOME][:UNITS]
    for household in [one for of in others for one in _never_helped(of.union_id)]:
        _close(household)
    while bars_closing(book.leaves):
        yield working_days_on(3)
    _close(db.session.get_one(Household, book.leaves))
    book.tell("recovered", "households", book.leaves)


def _close(household: Household) -> None:
    road.visit(household, f"{household.head.name}已重新上岗，家庭收入稳定，同意撤档。", kind=VisitKind.CARE)
    close_file(household.id, reason="recovered", by=person("chen"))


def _never_helped(union_id: int) -> Sequence[Household]:
    """The newest file of the unit of which no case is open."""
    mine = sa.select(Household).where(Household.union_id == union_id, Household.status == "active")
    newest = db.session.scalars(mine.order_by(Household.id.desc()).limit(20)).all()
    return [one for one in newest if not bars_closing(one.id)][:1]
