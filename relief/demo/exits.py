"""Who leaves hardship in the demo? 脱困: a household that was helped, stands on its own feet, and gives its file up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Case
from relief.db import db
from relief.demo import road
from relief.demo.book import Book
from relief.demo.people import crews, person
from relief.demo.steps import case_of, working_before, working_days_on
from relief.demo.units import HOME
from relief.domain.visit_codes import VisitKind
from relief.households.models import Household
from relief.households.open_cases import bars_closing
from relief.households.service import close_file

HELPED_AGO, DAYS_AGO = 300, 30
UNITS = 5


def leave(today: date, book: Book) -> Iterator[date]:
    """The newcomer's household of the story, and one in some other units; whoever has an open case stays a while."""
    yield working_before(today - timedelta(days=HELPED_AGO))
    while bars_closing(book.leaves):
        for case_id in db.session.scalars(_asked_after(book.leaves)).all():
            cases.close(case_id, version=case_of(case_id).version, by=person("chen"))
        yield working_days_on(2)
    _close(db.session.get_one(Household, book.leaves))
    book.tell("recovered", "households", book.leaves)
    yield working_before(max(today - timedelta(days=DAYS_AGO), clock.today() + timedelta(days=3)))
    others = [of for of in crews() if of.unit.name != HOME][:UNITS]
    for household in [one for of in others for one in _never_helped(of.union_id)]:
        _close(household)


def _asked_after(household_id: int) -> sa.Select[int]:
    return sa.select(Case.id).where(Case.household_id == household_id, Case.state == "followed_up")


def _close(household: Household) -> None:
    road.visit(household, f"{household.head.name}已重新上岗，家庭收入稳定，同意撤档。", kind=VisitKind.CARE)
    close_file(household.id, reason="recovered", by=person("chen"))


def _never_helped(union_id: int) -> Sequence[Household]:
    """The newest file of the unit of which no case is open."""
    mine = sa.select(Household).where(Household.union_id == union_id, Household.status == "active")
    newest = db.session.scalars(mine.order_by(Household.id.desc()).limit(20)).all()
    return [one for one in newest if not bars_closing(one.id)][:1]
