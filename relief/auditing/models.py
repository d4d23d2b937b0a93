"""What does the auditor keep? A register of doubts with owner, day and answer, and the samples that were drawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import JSON, Moment, Sealed, Versioned, db, key, ref


class Doubt(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A doubt 疑点: what the auditor asks, of whom, by when, and what was answered. `code` is the finding, A1 to A14.

    `state`: open, answered (the owner wrote), settled (the auditor is content) or upheld.
    """

    __tablename__ = "audit_doubt"
    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    code: Mapped[str] = mapped_column(sa.String(4))
    subject: Mapped[str] = mapped_column(sa.String(20))
    subject_id: Mapped[int] = mapped_column(sa.BigInteger)
    union_id: Mapped[int] = ref("union_org.id", index=False)
    question: Mapped[str] = mapped_column(Sealed("audit_doubt.question"))
    owner_id: Mapped[int] = ref("user_account.id")
    due_on: Mapped[date] = mapped_column(sa.Date)
    state: Mapped[str] = mapped_column(sa.String(10), default="open")
    answer: Mapped[str | None] = mapped_column(Sealed("audit_doubt.answer"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    finding: Mapped[str | None] = mapped_column(Sealed("audit_doubt.finding"))
    raised_by: Mapped[int | None] = ref("person.id", index=False)
    raised_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        sa.Index(None, "state", "due_on"),
        sa.Index(None, "subject", "subject_id"),
        sa.CheckConstraint("state IN ('open','answered','settled','upheld')", name="state"),
    )


class Sample(db.Model):  # type: ignore[name-defined, misc]
    """A sample that was drawn: its seed and bounds give the same rows again."""

    __tablename__ = "audit_sample"
    id: Mapped[int] = key()
    seed: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int]
    bounds: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    population: Mapped[int]
    case_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    drawn_by: Mapped[int | None] = ref("person.id", index=False)
    drawn_at: Mapped[datetime] = mapped_column(Moment)
