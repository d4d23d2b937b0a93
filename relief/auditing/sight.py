"""Whose rows does an auditor see? His own subtree, and inside it the unit that a filter names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.domain.permissions import Actor


def seen(column: Any, chosen: Mapping[str, object], by: Actor) -> sa.ColumnElement[bool]:
    """The condition that a row's union lies in the actor's subtree and below the unit chosen, if one is."""
    if "unit" not in chosen:
        return within(column, by)
    top = sa.select(Union.path).where(Union.id == int(str(chosen["unit"]))).scalar_subquery()
    below = sa.select(Union.id).where(Union.path.like(top.concat("%")))
    return sa.and_(within(column, by), column.in_(below))
