"""What is kept of a follow-up 回访? Who asked the household, when, and what it said."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import Moment, Sealed, db, key, ref


class FollowUp(db.Model):  # type: ignore[name-defined, misc]
    """The household was asked, by somebody else than the visitor, whether it helped (1–5)."""

    __tablename__ = "follow_up"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id")
    household_id: Mapped[int] = ref("household.id")
    visit_id: Mapped[int | None] = ref("visit.id", index=False)
    on: Mapped[date] = mapped_column(sa.Date)
    way: Mapped[str] = mapped_column(sa.String(8))
    received_it: Mapped[bool]
    satisfaction: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(Sealed("follow_up.words"))
    asked_by: Mapped[int | None] = ref("person.id", index=False)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        sa.CheckConstraint("way IN ('visit','phone')", name="way"),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction"),
    )
