"""Which doubts wait? Those that ask this person, and the answers that an auditor has to judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from relief.accounts.queries import within
from relief.auditing.models import Doubt
from relief.db import db
from relief.desk.queues import SHOWN, Item, Sort
from relief.domain.audit_findings import CODES
from relief.domain.auditing import DoubtState
from relief.domain.labels import label
from relief.domain.permissions import Actor


def _asks_me(by: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(Doubt.owner_id == by.user_id, Doubt.state == DoubtState.OPEN)


def _answered(by: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(within(Doubt.union_id, by), Doubt.state == DoubtState.ANSWERED)


def _first(waits: sa.ColumnElement[bool]) -> Iterable[Doubt]:
    return db.session.scalars(sa.select(Doubt).where(waits).order_by(Doubt.due_on, Doubt.id).limit(SHOWN))


def _tell(waits: sa.ColumnElement[bool]) -> list[Item]:
    return [_item(one, one.due_on) for one in _first(waits)]


def _tell_answered(waits: sa.ColumnElement[bool]) -> list[Item]:
    """Without a day: the day of a doubt is its owner's, who has answered."""
    return [_item(one, None) for one in _first(waits)]


def _item(doubt: Doubt, due_on: date | None) -> Item:
    return Item(doubt.number, CODES[doubt.code].title, f"/auditing/register/{doubt.id}", False, due_on)


DOUBTS = Sort("doubts", label("Doubts that ask me"), "/auditing/mine", Doubt.id, _asks_me, _tell)
ANSWERS = Sort(
    "answers", label("Answers to judge"), "/auditing/register?state=answered", Doubt.id, _answered, _tell_answered
)
