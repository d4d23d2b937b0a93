"""What is frozen beside the facts of a decision? Members, account, means, papers and chain, read once for all cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from relief.cases.fact_rows import grouped
from relief.cases.models import Case, ChainLevel
from relief.db import db
from relief.files.models import Attachment
from relief.households.models import Account, Household, Member


class Beside:
    """The rows around some cases that their snapshots keep: each sort is read on first asking, for all of them."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = sorted({case.id for case in cases if case.id is not None})
        self._households = sorted({case.household_id for case in cases})

    @cached_property
    def members(self) -> dict[int, list[Any]]:
        """The active members by household, the head first."""
        rows = db.session.execute(
            sa.select(Member.household_id, Member.person_id, Member.relation, Member.monthly_income)
            .where(Member.household_id.in_(self._households), Member.until.is_(None))
            .order_by(Member.relation != "head", Member.id)
        )
        return grouped((row.household_id, row) for row in rows)

    @cached_property
    def accounts(self) -> dict[int, Any]:
        """Payee and blind index of the account that money goes to, by household."""
        rows = db.session.execute(
            sa.select(Account.household_id, Account.payee_id, Account.number_index).where(
                Account.household_id.in_(self._households), Account.state == "active"
            )
        )
        return {row.household_id: row for row in rows}

    @cached_property
    def means(self) -> dict[int, Any]:
        """Incomes and categories of the files, by household."""
        rows = db.session.execute(
            sa.select(
                Household.id, Household.income_12, Household.rigid_12, Household.declared_category,
                Household.assessed_category,
            ).where(Household.id.in_(self._households))
        )  # fmt: skip
        return {row.id: row for row in rows}

    @cached_property
    def papers(self) -> dict[int, list[Any]]:
        """The papers by case."""
        rows = db.session.execute(
            sa.select(Attachment.subject_id, Attachment.id, Attachment.kind, Attachment.sha256)
            .where(Attachment.subject == "case", Attachment.subject_id.in_(self._cases))
            .where(Attachment.removed_at.is_(None))
            .order_by(Attachment.id)
        )
        return grouped((row.subject_id, row) for row in rows)

    @cached_property
    def chains(self) -> dict[int, list[ChainLevel]]:
        """The standing levels by case, the first first; whoever freezes a chain adds it here too."""
        rows = db.session.scalars(
            sa.select(ChainLevel)
            .where(ChainLevel.case_id.in_(self._cases), ChainLevel.dropped_at.is_(None))
            .order_by(ChainLevel.level)
        )
        return grouped((row.case_id, row) for row in rows)
