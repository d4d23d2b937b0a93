"""What did the record keep of a verb? The last line of that name, or how many there are."""

from __future__ import annotations

import sqlalchemy as sa

from relief.audit.models import AuditEntry
from relief.db import db


def last_line(verb: str) -> AuditEntry:
    """The last line of this verb; fails when there is none."""
    found = db.session.scalar(
        sa.select(AuditEntry).where(AuditEntry.verb == verb).order_by(AuditEntry.id.desc()).limit(1)
    )
    assert found is not None, f"no line {verb}"
    return found


def lines(verb: str) -> int:
    """How many lines of this verb there are."""
    return db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.verb == verb)) or 0
