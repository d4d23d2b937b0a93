"""How is a whole window decided in one sitting? Rows taken out go on alone, the others pass with one meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from relief import clock
from relief.accounts.queries import within
from relief.audit.service import record
from relief.cases.models import Case, ChainLevel, Meeting
from relief.cases.service.decisions import sign_on
from relief.db import db, transaction
from relief.domain.budget import Movement
from relief.domain.money import ZERO
from relief.domain.permissions import Actor
from relief.funds.models import Fund
from relief.funds.service import Paid, move_many
from relief.lists.service.lifting import lift_out
from relief.lists.service.stepping import Pair, Tally, act_on, held, lock_rows, waiting_rows
from relief.windows.models import AidList
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

        def act(pairs: Sequence[Pair]) -> None:
            _sign(pairs, note=note, fund_id=fund_id, meeting_id=meeting_id, by=by)

        tally = act_on(lock_rows(rows_to_decide(window_id, by), by), "approve", act, by)
        changes = {
            "window": window.code, "rows": tally.rows, "amount": tally.amount, "taken_out": len(taken_out),
            "behind": len(tally.behind), "meeting": meeting_id,
        }  # fmt: skip
        record("list.decide", "aid_window", window_id, by=by, union_id=by.union_id, changes=changes)
        return tally


def _sign(pairs: Sequence[Pair], *, note: str, fund_id: int | None, meeting_id: int | None, by: Actor) -> None:
    """Sign these rows, then promise the money of those that are through in one change of the fund's balance."""
    promised: list[Paid] = []
    with held((Meeting, meeting_id), (Fund, fund_id)):
        for case, ground in pairs:
            amount = case.proposed or ZERO
            if sign_on(case, ground, amount=amount, note=note, fund_id=fund_id, meeting_id=meeting_id, by=by):
                promised.append(Paid(amount, case.id, document_number=case.number))
    if promised and fund_id:
        move_many(fund_id, Movement.COMMIT, promised, on=clock.today(), by=by)


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
