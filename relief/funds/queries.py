"""Where does a fund stand, and does its cached row agree with its journal?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief.db import db
from relief.domain.budget import Balance, Movement, project
from relief.domain.errors import NotYours
from relief.domain.money import Money
from relief.funds.models import Fund, FundBalance, JournalEntry
from relief.funds.service import COLUMNS

JOURNAL_PAGE = 50


@dataclass(frozen=True)
class FundStanding:
    """A fund with its balance."""

    fund: Fund
    balance: Balance


def list_standings() -> list[FundStanding]:
    """Every active fund with its balance, by code."""
    rows = db.session.execute(
        sa.select(Fund, *(getattr(FundBalance, name) for name in COLUMNS))
        .join(FundBalance, FundBalance.fund_id == Fund.id)
        .where(Fund.active)
        .order_by(Fund.code)
    )
    return [FundStanding(row[0], Balance(*row[1:])) for row in rows]


def get_fund(fund_id: int) -> FundStanding:
    """A fund with its balance; NotYours when there is none."""
    found = [standing for standing in list_standings() if standing.fund.id == fund_id]
    if not found:
        raise NotYours
    return found[0]


def find_fund(code: str) -> Fund | None:
    """The fund with this code."""
    return db.session.scalar(sa.select(Fund).where(Fund.code == code))


def list_journal(fund_id: int, before: int | None = None, limit: int = JOURNAL_PAGE) -> Sequence[JournalEntry]:
    """The journal, newest first, from below the entry `before`."""
    statement = sa.select(JournalEntry).where(JournalEntry.fund_id == fund_id)
    if before is not None:
        statement = statement.where(JournalEntry.id < before)
    return db.session.scalars(statement.order_by(JournalEntry.id.desc()).limit(limit)).all()


def recomputed(fund_id: int) -> Balance:
    """The balance that the journal adds up to."""
    rows = db.session.execute(
        sa.select(JournalEntry.movement, JournalEntry.amount)
        .where(JournalEntry.fund_id == fund_id)
        .order_by(JournalEntry.id)
    )
    return project((Movement(movement), amount) for movement, amount in rows)


def committed_of(case_id: int) -> Money:
    """What the journal still holds promised for a case: commitments less drops and payments."""
    signs = {"commit": 1, "uncommit": -1, "pay": -1, "bounce_after_pay": 1}
    rows = db.session.execute(
        sa.select(JournalEntry.movement, JournalEntry.amount).where(
            JournalEntry.case_id == case_id, JournalEntry.movement.in_(signs)
        )
    )
    return Money(sum(signs[movement] * amount.fen for movement, amount in rows))
