"""What must every list of a finding answer? Its rows in one shape, newest first, page by page, and their number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.auditing.columns import named
from relief.auditing.sight import seen
from relief.db import BIG, Fen, db
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.web.paging import COUNT_CAP, Ask, Page, page_of

Rows = sa.Select[Any]


@dataclass(frozen=True)
class Hit:
    """One row that a finding lists: what it is about, whose, when, how much, and what is odd in words."""

    key: int
    subject: str
    subject_id: int
    unit: str
    name: str
    number: str
    on: date | None
    amount: Money | None
    note: Sentence


@dataclass(frozen=True)
class Question:
    """One question of a finding. `rows(by)` selects what `told` labels; `note` puts a row's extra values in words.

    `slug` stands in addresses; `subject` is what its rows are about: case, household, payment, sheet, voucher, fund or
    visit.
    """

    slug: str
    code: str
    title: Sentence
    sentence: Sentence
    subject: str
    rows: Callable[[Actor], Rows]
    note: Callable[[Any], Sentence]


def told(
    *, key: Any, subject_id: Any, union_id: Any, name: Any, number: Any, on: Any = None, amount: Any = None,
    extra: Any = None,
) -> Rows:  # fmt: skip
    """A select of these columns under the names that every list reads; `key` orders the rows and is unique."""
    return sa.select(
        named(sa.type_coerce(key, BIG), "key"), named(sa.type_coerce(subject_id, BIG), "subject_id"),
        named(sa.type_coerce(union_id, BIG), "union_id"), named(name, "name"), named(number, "number"),
        named(_or_nothing(on, sa.Date()), "on"),
        named(sa.type_coerce(_or_nothing(amount, sa.BigInteger()), Fen()), "amount"),
        named(_or_nothing(extra, sa.String()), "extra"),
    )  # fmt: skip


def list_hits(question: Question, chosen: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[Hit]:
    """A page of the rows of a question, by falling key."""
    by.require("audit.read")
    found = question.rows(by).subquery("found")
    statement = sa.select(found, named(Union.short_name, "unit")).outerjoin(Union, Union.id == found.c.union_id)
    statement = statement.where(*_narrowed(found, chosen, by))
    edge = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    if edge is not None:
        statement = statement.where(found.c.key > edge if ask.backwards else found.c.key < edge)
    order = found.c.key.asc() if ask.backwards else found.c.key.desc()
    rows = db.session.execute(statement.order_by(order).limit(ask.size + 1))
    return page_of([_hit(question, row) for row in rows], ask, lambda hit: (hit.key,))


def count_hits(question: Question, chosen: Mapping[str, object], *, by: Actor) -> int:
    """How many rows a question finds, counted up to one above the cap."""
    by.require("audit.read")
    found = question.rows(by).subquery("found")
    some = sa.select(found.c.key).where(*_narrowed(found, chosen, by)).limit(COUNT_CAP + 1).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def _narrowed(found: sa.Subquery, chosen: Mapping[str, object], by: Actor) -> list[sa.ColumnElement[bool]]:
    return [seen(found.c.union_id, chosen, by)] if "unit" in chosen else []


def _hit(question: Question, row: Any) -> Hit:
    return Hit(
        row.key, question.subject, row.subject_id, row.unit or "", row.name or "", row.number or "", row.on, row.amount,
        question.note(row),
    )  # fmt: skip


def _or_nothing(column: Any, kind: Any) -> Any:
    return sa.cast(sa.null(), kind) if column is None else column
