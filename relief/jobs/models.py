"""What does a job remember? Lease, heartbeat, progress, result, and the key that makes it happen once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import JSON, Moment, db, key, ref


class Job(db.Model):  # type: ignore[name-defined, misc]
    """A piece of long work. `state`: queued, running, done, failed; what was read may be put away."""

    __tablename__ = "job"
    id: Mapped[int] = key()
    kind: Mapped[str] = mapped_column(sa.String(40))
    idempotency_key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    state: Mapped[str] = mapped_column(sa.String(20), default="queued", index=True)
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    failure: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    heartbeat_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    put_away_at: Mapped[datetime | None] = mapped_column(Moment)
    union_id: Mapped[int | None] = ref("union_org.id")
    asked_by: Mapped[int | None] = ref("user_account.id")

    @property
    def is_done(self) -> bool:
        """Whether its result is there."""
        return self.state == "done"

    __table_args__ = (sa.CheckConstraint("state IN ('queued','running','done','failed')", name="state"),)
