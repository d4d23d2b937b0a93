"""How is a whole window decided in one sitting? Rows taken out go on alone, the others pass with one meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from relief.accounts.queries import within
from relief.audit.service import record
from relief.cases.models import Case, ChainLevel
from relief.db import db, transaction
from relief.domain.permissions import Actor
from relief.lists.service.acts import Said, act_of
from relief.lists.service.lifting import lift_out
from relief.lists.service.stepping import Tally, act_on, lock_rows, some, waiting_rows
from relief.windows.models import AidList, AidWindow
from relief.windows.queries import get_window


def decide(
    window_id: int, *, taken_out: Mapping[int, str], fund_id: int | None, meeting_id: int | None, note: str, by: Actor
) -> Tally:
    """Approve every row of the window that waits for the actor's level, but for those taken out (case → why).

    One fund pays, one meeting stands behind it. A row that the rules refuse stays behind with its reason; the rest
    passes. RuleBroken when no row passes.
    """
    by.require("case.approve")
    with transaction():
        window = get_window(window_id)
        for case_id, why in taken_out.items():
            lift_out(case_id, version=None, why=why, by=by)
        act = act_of("approve", Said(note=note, fund_id=fund_id, meeting_id=meeting_id), by)
        tally = some(act_on(lock_rows(rows_to_decide(window_id, by), by), "approve", act, by))
        tell_decision(window, tally, len(taken_out), meeting_id, by)
        return tally


def tell_decision(window: AidWindow, tally: Tally, taken_out: int, meeting_id: int | None, by: Actor) -> None:
    """Write what a sitting decided to the record."""
    changes = {
        "window": window.code, "rows": tally.rows, "amount": tally.amount, "taken_out": taken_out,
        "behind": len(tally.behind), "meeting": meeting_id,
    }  # fmt: skip
    record("list.decide", "aid_window", window.id, by=by, union_id=by.union_id, changes=changes)


def rows_to_decide(window_id: int, by: Actor) -> list[int]:
    """The rows of the window's lists, within the actor's subtree, whose open level is one of the actor's roles."""
    waiting = waiting_rows(lists_of(window_id, by), "approve")
    mine = sa.select(ChainLevel.case_id).where(
        ChainLevel.case_id.in_(waiting), ChainLevel.dropped_at.is_(None), ChainLevel.decided_at.is_(None),
        ChainLevel.role.in_([role.value for role in by.roles]), ChainLevel.level == Case.level,
        ChainLevel.case_id == Case.id,
    )  # fmt: skip
    return sorted(db.session.scalars(mine))


def lists_of(window_id: int, by: Actor) -> Sequence[int]:
    """The lists of the window within the actor's subtree."""
    wanted = sa.select(AidList.id).where(AidList.window_id == window_id, within(AidList.union_id, by))
    return db.session.scalars(wanted.order_by(AidList.id)).all()
