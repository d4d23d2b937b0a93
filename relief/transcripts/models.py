"""What is kept of a decision on paper? Who signed it, when, under which minutes, and the two who wrote it over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import JSON, Moment, Sealed, Versioned, db, key, ref


class Transcript(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A paper decision: nothing happens until a second person compared it with the photo.

    `verb` is the step that the signer took on paper; `given` its arguments. A paper that decides a whole list names the
    list and its rows there, and `case_id` is the first of them. `state`: waiting, applied, rejected.
    """

    __tablename__ = "transcript"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id")
    union_id: Mapped[int] = ref("union_org.id", index=False)
    verb: Mapped[str] = mapped_column(sa.String(24))
    given: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    note: Mapped[str | None] = mapped_column(Sealed("transcript.note"))
    signer_id: Mapped[int] = ref("user_account.id")
    signed_on: Mapped[date] = mapped_column(sa.Date)
    minutes_number: Mapped[str | None] = mapped_column(sa.String(40))
    state: Mapped[str] = mapped_column(sa.String(10), default="waiting")
    entered_by: Mapped[int | None] = ref("person.id", index=False)
    entered_at: Mapped[datetime] = mapped_column(Moment)
    compared_by: Mapped[int | None] = ref("person.id", index=False)
    compared_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(sa.String(300))
    __table_args__ = (
        sa.Index(None, "union_id", "state"),
        sa.CheckConstraint("state IN ('waiting','applied','rejected')", name="state"),
        sa.CheckConstraint("compared_by IS NULL OR entered_by IS NULL OR compared_by <> entered_by", name="two_hands"),
    )
