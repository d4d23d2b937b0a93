"""Is a step taken on what stood on the page? Rows that came, went or changed meanwhile are looked at first."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import WrongState
from relief.domain.money import ZERO
from relief.sealing import token_hash


def as_they_stand(case_ids: Collection[int]) -> list[tuple[int, int]]:
    """Each of these rows with its amount in fen, by their numbers."""
    amounts = sa.select(Case.id, Case.proposed).where(Case.id.in_(case_ids)).order_by(Case.id)
    return [(case_id, (amount or ZERO).fen) for case_id, amount in db.session.execute(amounts)]


def mark_of(case_ids: Collection[int]) -> str:
    """The same for the same rows with the same amounts: what a step is asked for."""
    return token_hash("|".join(f"{case_id}:{fen}" for case_id, fen in as_they_stand(case_ids)))


def require_seen(mark: str | None, case_ids: Collection[int]) -> None:
    """WrongState when these are not the rows, or not the amounts, that `mark` was made of; no mark asks nothing."""
    if mark and mark != mark_of(case_ids):
        raise WrongState(None, "Rows came, went or changed since you opened the page. Look at the numbers again.")
