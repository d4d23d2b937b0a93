"""What is a thing that waits, and what is a queue of such things?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence

SHOWN = 8


@dataclass(frozen=True)
class Item:
    """One thing that waits: whom it is about, what it is, by when, and where to do it."""

    title: str | Sentence
    text: Sentence
    url: str
    is_person: bool = True
    due_on: date | None = None
    amount: Money | None = None
    unit: str = ""


@dataclass(frozen=True)
class Queue:
    """Everything of one sort that waits: its first items, how many there are, and where all of them are."""

    code: str
    label: Sentence
    items: Sequence[Item]
    count: int
    url: str


@dataclass(frozen=True)
class Sort:
    """One sort of thing that waits: whose rows, on which condition, and how its first ones are told."""

    code: str
    label: Sentence
    url: str
    column: Any
    waits: Callable[[Actor], sa.ColumnElement[bool]]
    tell: Callable[[sa.ColumnElement[bool]], list[Item]]

    def counted(self, by: Actor, cap: int) -> sa.ScalarSelect[int]:
        """How many wait, counted up to `cap`."""
        inner = sa.select(self.column).where(self.waits(by)).limit(cap).subquery()
        return sa.select(sa.func.count()).select_from(inner).scalar_subquery()
