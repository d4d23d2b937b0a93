"""Who must approve this case, in which order? Frozen when approval starts, by amount and earlier requests."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.cases import facts
from relief.cases.models import Case, ChainLevel
from relief.cases.service.steps import policy_for
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.approval import amount_for_threshold, chain_for
from relief.domain.errors import RuleBroken
from relief.domain.money import Money


def freeze_chain(case: Case, amount: Money | None = None) -> list[ChainLevel]:
    """Write the levels that must sign; RuleBroken above the last tier, with the advice to file upward."""
    today = clock.today()
    amount = amount or case.proposed
    if amount is None:
        raise RuleBroken("amount", "Say which amount is proposed.")
    known = facts.facts_of(case, today)
    threshold = amount_for_threshold(amount, known.earlier_requests, today)
    tiers = find_kind(case.kind).tiers(policy_for(case))
    levels = [
        ChainLevel(case_id=case.id, level=number, role=level.role, needs_meeting=level.needs_meeting)
        for number, level in enumerate(chain_for(threshold, tiers), 1)
    ]
    db.session.add_all(levels)
    case.level = 1
    return levels


def open_level(case: Case) -> ChainLevel | None:
    """The level whose turn it is."""
    return db.session.scalar(
        sa.select(ChainLevel)
        .where(ChainLevel.case_id == case.id, ChainLevel.dropped_at.is_(None), ChainLevel.decided_at.is_(None))
        .order_by(ChainLevel.level)
        .limit(1)
    )

def drop_chain(case: Case) -> None:
    """Drop the open levels of a chain: the case goes back and will be approved anew."""
    db.session.execute(
        sa.update(ChainLevel)
        .where(ChainLevel.case_id == case.id, ChainLevel.dropped_at.is_(None))
        .values(dropped_at=clock.now())
    )
    case.level = 0
