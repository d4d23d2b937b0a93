"""Which household files are there? The list with its filters, page by page, and a count up to a cap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.db import db
from relief.domain.household import Category, FileTier, Heating
from relief.domain.permissions import Actor
from relief.households import list_filters
from relief.households.models import Account, Household, Member
from relief.persons.models import Person
from relief.web.paging import COUNT_CAP, Ask, Page, every_row, page_of

DIRECT = {"category": "declared_category", "status": "status", "tier": "file_tier", "heating": "heating"}


@dataclass(frozen=True)
class ListRow:
    """One file of the list."""

    id: int
    number: str
    head: str
    unit: str
    status: str
    declared_category: str | None
    assessed_category: str | None
    file_tier: str
    heating: str | None
    members: int
    has_account: bool
    opened_on: date
    reviewed_on: date | None

    @property
    def category(self) -> Category | None:
        """The assessed category where there is one, else the declared."""
        code = self.assessed_category or self.declared_category
        return Category(code) if code else None

    @property
    def tier(self) -> FileTier:
        return FileTier(self.file_tier)

    @property
    def warmth(self) -> Heating | None:
        return Heating(self.heating) if self.heating else None


def list_households(chosen: Mapping[str, object], *, by: Actor, ask: Ask | None = None) -> Page[ListRow]:
    """A page of files, the newest first. `chosen` may hold unit, category, status, tier, heating,
    and the filters of rooms above."""
    by.require("household.read")
    ask = ask or Ask()
    rows = _rows(chosen, by)
    if ask.key:
        rows = rows.where(Household.id > ask.key[0] if ask.backwards else Household.id < ask.key[0])
    rows = rows.order_by(Household.id if ask.backwards else Household.id.desc()).limit(ask.size + 1)
    found = [ListRow(*row) for row in db.session.execute(rows)]
    return page_of(found, ask, lambda row: (row.id,))


def count_households(chosen: Mapping[str, object], *, by: Actor) -> int:
    """How many files the filters leave, counted up to one above the cap."""
    capped = sa.select(Household.id).where(*_conditions(chosen, by)).limit(COUNT_CAP + 1).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(capped)) or 0


def stream_households(chosen: Mapping[str, object], *, by: Actor) -> Iterator[ListRow]:
    """Every file that the filters leave, the newest first, fetched a few hundred at a time."""
    return every_row(lambda ask: list_households(chosen, by=by, ask=ask), 1)


def _rows(chosen: Mapping[str, object], by: Actor) -> Any:
    members = (
        sa.select(sa.func.count())
        .where(Member.household_id == Household.id, Member.until.is_(None))
        .scalar_subquery()
    )
    account = sa.exists().where(Account.household_id == Household.id, Account.state == "active")
    return (
        sa.select(
            Household.id, Household.number, Person.name, Union.short_name, Household.status,
            Household.declared_category, Household.assessed_category, Household.file_tier, Household.heating,
            members, account, Household.opened_on, Household.reviewed_on,
        )
        .join(Person, Person.id == Household.head_id)
        .join(Union, Union.id == Household.union_id)
        .where(*_conditions(chosen, by))
    )  # fmt: skip


def _conditions(chosen: Mapping[str, object], by: Actor) -> list[sa.ColumnElement[bool]]:
    found = [within(Household.union_id, by)]
    found += [getattr(Household, DIRECT[name]) == value for name, value in chosen.items() if name in DIRECT]
    found += list_filters.conditions(chosen)
    if "unit" in chosen:
        found.append(Household.union_id.in_(_subtree(int(str(chosen["unit"])))))
    return found


def _subtree(union_id: int) -> list[int]:
    path = db.session.scalar(sa.select(Union.path).where(Union.id == union_id))
    below = sa.select(Union.id).where(Union.path.startswith(path or "?", autoescape=True))
    return list(db.session.scalars(below))
