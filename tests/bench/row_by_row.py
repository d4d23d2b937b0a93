"""What does a step take for one row by itself? The peer of the list: the same verbs on the same kind of rows, one by one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from relief.cases import service as cases
from relief.cases.models import Case
from relief.db import db
from relief.domain.permissions import Actor
from relief.lists import service as lists
from tests.build import Office
from tests.rooms.lists.many import Unit, many_households

ONES = 40
PLACE_OF_THE_FIRST = 50_000  # beyond the numbers of the long list's persons
Verb = Callable[[Case], object]


@dataclass
class RowByRow:
    """A short list in the same window; its rows go each step before the long list does."""

    office: Office
    unit: Unit
    window_id: int
    fund_id: int
    list_id: int = 0

    def begin(self) -> None:
        """The short list is proposed."""
        visitors = [self.unit.caseworker, self.office.zhao]
        many_households(self.unit.union, ONES, visitors, begin=PLACE_OF_THE_FIRST)
        self.list_id = lists.propose(self.window_id, self.unit.union.id, by=self.unit.caseworker).id

    def seconds_a_row(self, step: str, meetings: Callable[[int, Actor], int]) -> float | None:
        """What a row took in this step; None for a step that no row takes by itself."""
        verb = self._verb(step, meetings)
        if verb is None:
            if step == "post notice":
                lists.post_notice(self.list_id, place="林场公示栏", by=self.unit.caseworker)
            return None
        rows = db.session.scalars(sa.select(Case).where(Case.list_id == self.list_id).order_by(Case.id)).all()
        began = time.perf_counter()
        for row in rows:
            verb(row)
        return (time.perf_counter() - began) / len(rows)

    def _verb(self, step: str, meetings: Callable[[int, Actor], int]) -> Verb | None:
        """The verb of one row; a meeting is recorded before the clock runs."""
        office, unit = self.office, self.unit
        if step == "submit":
            return lambda row: cases.submit(row.id, version=row.version, by=unit.caseworker)
        if step == "give opinion":
            theirs = meetings(unit.union.id, unit.chair)
            return lambda row: cases.give_opinion(
                row.id, version=row.version, amount=row.proposed, meeting_id=theirs, note="同意", by=unit.chair
            )
        if step == "review":
            return lambda row: cases.review(
                row.id, version=row.version, amount=row.noticed, note="同意", by=office.chen
            )
        if step == "decide":
            ours = meetings(office.bureau.id, office.sun)
            return lambda row: cases.approve(
                row.id, version=row.version, amount=row.proposed, note="同意", fund_id=self.fund_id,
                meeting_id=ours, by=office.sun,
            )  # fmt: skip
        return None
