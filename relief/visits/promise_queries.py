"""Which promises are still owed? Mine or my unit's, the one due first on top, so that overdue ones lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.accounts.queries import within
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor
from relief.households.models import Household
from relief.persons.models import Person
from relief.visits.models import Promise
from relief.visits.promises import may_answer
from relief.visits.visit_page import ShownPromise, shown_promise
from relief.web.paging import Ask, Page, page_of


@dataclass(frozen=True)
class PromiseRow:
    """A promise of the list, with the household that it was given to."""

    promise: ShownPromise
    visit_id: int
    household_id: int
    head: str
    number: str


def list_promises(which: str = "mine", *, by: Actor, ask: Ask | None = None) -> Page[PromiseRow]:
    """Promises by due day: `mine` still owed, those still owed by my `unit`, or those that it `kept`."""
    by.require("visit.read")
    ask = ask or Ask()
    owner, head = aliased(Person), aliased(Person)
    rows = (
        sa.select(Promise, owner.name, head.name, Household.number)
        .join(owner, owner.id == Promise.owner_id)
        .join(Household, Household.id == Promise.household_id)
        .join(head, head.id == Household.head_id)
        .where(*_conditions(which, by))
    )
    if ask.key:
        rows = rows.where(_beyond(date.fromisoformat(str(ask.key[0])), int(str(ask.key[1])), ask.backwards))
    order = (Promise.due_on.desc(), Promise.id.desc()) if ask.backwards else (Promise.due_on, Promise.id)
    found = db.session.execute(rows.order_by(*order).limit(ask.size + 1))
    listed = [
        PromiseRow(shown_promise(one, owner_name, by=by), one.visit_id, one.household_id, head_name, number)
        for one, owner_name, head_name, number in found
    ]
    return page_of(listed, ask, lambda row: (row.promise.due_on.isoformat(), row.promise.id))


def get_promise(promise_id: int, *, by: Actor) -> Promise:
    """The promise, for whoever may answer it; NotYours for others."""
    promise = db.session.get(Promise, promise_id)
    if promise is None or not may_answer(promise, by=by):
        raise NotYours
    return promise


def head_of(promise: Promise) -> str:
    """The name of the head of the household that it was given to."""
    return db.session.get_one(Household, promise.household_id).head.name


def _conditions(which: str, by: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    settled = sa.and_(Promise.state.in_(("done", "impossible")), Promise.confirmed.is_(True))
    owed = sa.or_(Promise.state.in_(("open", "doing")), Promise.confirmed.is_not(True))
    if which == "mine":
        return Promise.owner_id == by.person_id, owed
    return within(Promise.union_id, by), settled if which == "kept" else owed


def _beyond(on: date, promise_id: int, backwards: bool) -> sa.ColumnElement[bool]:
    if backwards:
        return sa.or_(Promise.due_on < on, sa.and_(Promise.due_on == on, Promise.id < promise_id))
    return sa.or_(Promise.due_on > on, sa.and_(Promise.due_on == on, Promise.id > promise_id))
