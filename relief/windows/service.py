"""How does a window open and close? Its days are computed once, under the policy of the day on which it opens."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.aid import kinds
from relief.domain.errors import RuleBroken, WrongState
from relief.domain.permissions import Actor
from relief.policies.queries import get_policy_version
from relief.windows.models import AidWindow
from relief.windows.queries import computed_windows


def open_window(kind: str, code: str, *, by: Actor) -> AidWindow:
    """Open a window of a list kind for the whole bureau; its days stand from now on.

    RuleBroken on `code` for a window that the policy does not know, that is over, or that was opened before.
    """
    by.require("window.open")
    with transaction():
        today = clock.today()
        found = [one for one in computed_windows(today) if one.kind.code == kind and one.window.code == code]
        if kind not in kinds() or not found:
            raise RuleBroken("code", "The policy has no such window now.")
        if db.session.scalar(sa.select(AidWindow.id).where(AidWindow.kind == kind, AidWindow.code == code)):
            raise RuleBroken("code", "This window was opened before.")
        window = found[0].window
        row = AidWindow(
            kind=kind, code=code, name=window.name.message, award_year=window.award_year, opens_on=window.opens_on,
            apply_by=window.apply_by, post_by=window.post_by, last_safe_day=window.last_safe_day,
            notice_over_by=window.notice_over_by, approve_by=window.approve_by, sheet_by=window.sheet_by,
            bank_by=window.bank_by, pay_by=window.pay_by, provisional=window.provisional,
            policy_id=get_policy_version(kind, today).id, opened_by=by.person_id, opened_at=clock.now(),
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        changes = {"kind": kind, "code": code, "pay_by": row.pay_by, "provisional": row.provisional}
        record("window.open", "aid_window", row.id, by=by, union_id=by.union_id, changes=changes)
        return row


def close_window(window_id: int, *, version: int, by: Actor) -> AidWindow:
    """Close a window: no row enters its lists any more; rows on their way go on."""
    by.require("window.open")
    with transaction():
        row = locked(AidWindow, window_id, version)
        if row.closed_at is not None:
            raise WrongState(None, "The window is closed already.")
        row.closed_at = clock.now()
        record("window.close", "aid_window", row.id, by=by, union_id=by.union_id, changes={"code": row.code})
        return row
