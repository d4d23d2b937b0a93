"""Who must approve this case, in which order? Frozen when approval starts, by amount and earlier requests."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.cases.models import Case, ChainLevel
from relief.cases.service.grounds import Ground
from relief.db import db
from relief.domain.approval import amount_for_threshold, chain_for
from relief.domain.errors import RuleBroken


def freeze_chain(case: Case, ground: Ground) -> list[ChainLevel]:
    """Write the levels that must sign; RuleBroken above the last tier, with the advice to file upward."""
    if case.proposed is None:
        raise RuleBroken("amount", "Say which amount is proposed.")
    threshold = amount_for_threshold(case.proposed, ground.known.earlier_requests, ground.known.on)
    levels = [
        ChainLevel(case_id=case.id, level=number, role=level.role, needs_meeting=level.needs_meeting)
        for number, level in enumerate(chain_for(threshold, ground.kind.tiers(ground.policy)), 1)
    ]
    ground.beside.chains[case.id].extend(levels)
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
