"""What do the files that a roster names hold now? Loaded together for a batch, to be compared with its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from relief.db import db
from relief.domain.household import Cause
from relief.households.models import Account, Household, HouseholdCause, Member


@dataclass
class Held:
    """A file with its active members, causes and active account."""

    household: Household
    members: list[Member] = field(default_factory=list)
    main_cause: Cause | None = None
    other_causes: list[Cause] = field(default_factory=list)
    account: Account | None = None

    @property
    def head(self) -> Member | None:
        """The head's membership; None when the head has died or left."""
        return next((member for member in self.members if member.person_id == self.household.head_id), None)


def load_held(household_ids: Iterable[int]) -> dict[int, Held]:
    """The files by id, in five queries however many they are."""
    ids = sorted(set(household_ids))
    held = {one.id: Held(one) for one in _all(Household, Household.id.in_(ids))}
    for member in _all(Member, Member.household_id.in_(ids), Member.until.is_(None)):
        held[member.household_id].members.append(member)
    for account in _all(Account, Account.household_id.in_(ids), Account.state == "active"):
        held[account.household_id].account = account
    causes: dict[int, list[HouseholdCause]] = defaultdict(list)
    for cause in _all(HouseholdCause, HouseholdCause.household_id.in_(ids)):
        causes[cause.household_id].append(cause)
    for household_id, of_household in causes.items():
        held[household_id].main_cause = next((Cause(int(one.code)) for one in of_household if one.is_main), None)
        held[household_id].other_causes = [Cause(int(one.code)) for one in of_household if not one.is_main]
    return held


def _all(model: Any, *conditions: sa.ColumnElement[bool]) -> Sequence[Any]:
    statement = sa.select(model).where(*conditions).order_by(model.id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).all()
