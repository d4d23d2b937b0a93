"""What does the page of one visit show? What the reader may see of what was seen, needs, promises, papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.visit_codes import HEALTH_ASPECTS, Place, PromiseState, Theme, VisitKind
from relief.domain.visiting import is_settled, why_not_edit
from relief.files.queries import list_attachments
from relief.files.shown import ShownPaper, shown_papers
from relief.persons.models import Person
from relief.visits.models import Need, Promise, Visit
from relief.visits.observations import may_read_need, readable, seen_in
from relief.visits.promises import may_answer
from relief.visits.queries import get_visit


@dataclass(frozen=True)
class ShownNeed:
    """A need by theme; `text` is None when the reader may not see the words, or there are none."""

    theme: Theme
    text: str | None


@dataclass(frozen=True)
class ShownPromise:
    """A promise as a page prints it."""

    id: int
    text: str
    owner: str
    due_on: date
    state: PromiseState
    answer: str | None
    told_on: date | None
    confirmed: bool | None
    may_answer: bool
    is_settled: bool
    is_overdue: bool

    @property
    def tone(self) -> str:
        """The tone of its state."""
        if self.is_overdue or self.state is PromiseState.IMPOSSIBLE:
            return "bad"
        return {PromiseState.DONE: "good", PromiseState.DOING: "moves"}.get(self.state, "waits")


@dataclass(frozen=True)
class VisitPage:
    """All that the page prints."""

    visit: Visit
    kind: VisitKind
    place: Place
    seen: Sequence[tuple[Sentence, str]]
    hides_health: bool
    needs: Sequence[ShownNeed]
    promises: Sequence[ShownPromise]
    papers: Sequence[ShownPaper]
    entered_by: str | None
    may_edit: bool


def get_visit_page(visit_id: int, *, by: Actor) -> VisitPage:
    """The page of a visit; NotYours out of sight."""
    visit = get_visit(visit_id, by=by)
    seen = seen_in(visit)
    entered_on = clock.business_date(visit.entered_at)
    why_not = why_not_edit(by.person_id, visit.entered_by, entered_on, clock.today())
    papers = list_attachments("visit", visit.id, by=by)
    return VisitPage(
        visit=visit,
        kind=VisitKind(visit.kind),
        place=Place(visit.place),
        seen=[(one.label, text) for one, text in readable(seen, by=by).items()],
        hides_health=bool(HEALTH_ASPECTS & set(seen)) and not by.can("health.read"),
        needs=_needs(visit.id, by),
        promises=_promises(visit.id, by),
        papers=shown_papers(papers, by=by),
        entered_by=_name(visit.entered_by),
        may_edit=why_not is None and by.can("visit.write") and by.sees(visit.union_id),
    )


def shown_promise(promise: Promise, owner: str, *, by: Actor) -> ShownPromise:
    """A promise for the screen."""
    state = PromiseState(promise.state)
    settled = is_settled(state, promise.confirmed)
    return ShownPromise(
        promise.id, promise.text, owner, promise.due_on, state, promise.answer, promise.told_on, promise.confirmed,
        may_answer=not settled and may_answer(promise, by=by), is_settled=settled,
        is_overdue=state in (PromiseState.OPEN, PromiseState.DOING) and promise.due_on < clock.today(),
    )  # fmt: skip


def _needs(visit_id: int, by: Actor) -> list[ShownNeed]:
    rows = db.session.scalars(sa.select(Need).where(Need.visit_id == visit_id).order_by(Need.id))
    needs = [(Theme(row.theme), row.text) for row in rows]
    return [ShownNeed(theme, text if may_read_need(theme, by=by) else None) for theme, text in needs]


def _promises(visit_id: int, by: Actor) -> list[ShownPromise]:
    rows = db.session.execute(
        sa.select(Promise, Person.name)
        .join(Person, Person.id == Promise.owner_id)
        .where(Promise.visit_id == visit_id)
        .order_by(Promise.due_on, Promise.id)
    )
    return [shown_promise(promise, owner, by=by) for promise, owner in rows]


def _name(person_id: int | None) -> str | None:
    return db.session.scalar(sa.select(Person.name).where(Person.id == person_id)) if person_id else None
