"""What does the page of passed-on opinions show? Each unit with who gives its opinion, and who could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import holders_of, within
from relief.cases.models import Case
from relief.cases.passing import OPINION, covered, nobody_left, whom
from relief.cases.ways_models import OpinionPassed
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import State

STANDS: dict[str, tuple[Sentence, str]] = {
    "holds": (label("In force"), "good"),
    "coming": (label("Still to begin"), "waits"),
    "over": (label("Over"), "still"),
    "lost": (label("Nobody is left there: pass it on again"), "bad"),
    "replaced": (label("Passed on again"), "still"),
}


@dataclass(frozen=True)
class PassedRow:
    """One passing on: to whom, and whether it holds today."""

    passing: OpinionPassed
    whom: Sentence
    stands: str

    @property
    def words(self) -> Sentence:
        return STANDS[self.stands][0]

    @property
    def tone(self) -> str:
        return STANDS[self.stands][1]

    @property
    def may_end(self) -> bool:
        return self.stands in ("holds", "coming", "lost") and self.passing.until != clock.today()

    @property
    def may_pass_again(self) -> bool:
        """Whether nobody is left who could give it, for the cases that wait or are still to come."""
        return self.passing.replaced_at is None and nobody_left(self.passing, clock.today())


@dataclass(frozen=True)
class UnitRow:
    """A unit, how many people give its opinions themselves, and what stands now."""

    union: Union
    chairs: int
    passed: PassedRow | None


def shown(passing: OpinionPassed) -> PassedRow:
    """The row as the page prints it."""
    today = clock.today()
    over = passing.until is not None and passing.until < max(today, passing.since)
    if passing.replaced_at is not None:
        stands = "replaced"
    elif nobody_left(passing, today) and not over:
        stands = "lost"
    else:
        stands = "over" if over else "coming" if passing.since > today else "holds"
    return PassedRow(passing, whom(passing), stands)


def list_units(*, by: Actor) -> list[UnitRow]:
    """The open units of the actor's subtree, below the bureau, in tree order."""
    units = db.session.scalars(
        sa.select(Union).where(Union.active, Union.parent_id.is_not(None), within(Union.id, by)).order_by(Union.path)
    ).all()
    rows = db.session.scalars(sa.select(OpinionPassed).where(within(OpinionPassed.union_id, by))).all()
    standing = [row for row in map(shown, rows) if row.stands not in ("over", "replaced")]
    chairs = [user.union_id for user in holders_of(OPINION, clock.today())]
    return [
        UnitRow(unit, chairs.count(unit.id), next((row for row in standing if row.passing.union_id == unit.id), None))
        for unit in units
    ]


def list_givers(union_id: int) -> Sequence[Union]:
    """The other open unions that have somebody who gives opinions, in tree order."""
    there = {user.union_id for user in holders_of(OPINION, clock.today())} - {union_id}
    return db.session.scalars(sa.select(Union).where(Union.active, Union.id.in_(there)).order_by(Union.path)).all()


def get_passing(union_id: int, passing_id: int) -> OpinionPassed:
    """What this unit named; NotYours for a row of another unit, or of none."""
    passing = db.session.get(OpinionPassed, passing_id)
    if passing is None or passing.union_id != union_id:
        raise NotYours
    return passing


def count_waiting(passing: OpinionPassed) -> int:
    """How many cases wait for the opinion that was passed on with this row."""
    waiting = sa.select(sa.func.count(Case.id)).where(Case.state == State.SUBMITTED, covered(passing))
    return db.session.scalar(waiting) or 0
