"""What is kept of the time before Relief? Awards of old sheets and awards that still run, never to be paid here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import JSON, Fen, Moment, Sealed, db, key, ref
from relief.domain.money import Money


class PastAward(db.Model):  # type: ignore[name-defined, misc]
    """What a household got before the office started here: a row of an old 发放表, or an award that still runs.

    It counts towards limits and stands on the timeline; no payment ever refers to it. `form` is paid or standing; a
    standing award runs up to and with `until_month`. `fingerprint` tells a row that was imported before.
    """

    __tablename__ = "past_award"
    id: Mapped[int] = key()
    household_id: Mapped[int] = ref("household.id", index=False)
    union_id: Mapped[int] = ref("union_org.id", index=False)
    kind: Mapped[str] = mapped_column(sa.String(20))
    item: Mapped[str | None] = mapped_column(sa.String(12))
    form: Mapped[str] = mapped_column(sa.String(8), default="paid")
    amount: Mapped[Money] = mapped_column(Fen)
    on: Mapped[date] = mapped_column(sa.Date)
    until_month: Mapped[str | None] = mapped_column(sa.String(7))
    fund: Mapped[str | None] = mapped_column(sa.String(4))
    sheet_number: Mapped[str | None] = mapped_column(sa.String(60))
    remark: Mapped[str | None] = mapped_column(Sealed("past_award.remark"))
    fingerprint: Mapped[str] = mapped_column(sa.String(64), unique=True)
    opening_id: Mapped[int] = ref("opening_import.id")
    __table_args__ = (
        sa.Index(None, "household_id", "on"),
        sa.Index(None, "union_id", "on"),
        sa.CheckConstraint("form IN ('paid','standing')", name="form"),
        sa.CheckConstraint("amount > 0", name="positive"),
    )


class OpeningImport(db.Model):  # type: ignore[name-defined, misc]
    """A workbook of past awards, as it was judged: staged with a preview, then taken over once."""

    __tablename__ = "opening_import"
    id: Mapped[int] = key()
    filename: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(10), default="staged")
    report: Mapped[str] = mapped_column(Sealed("opening_import.report"))
    tally: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_by: Mapped[int | None] = ref("person.id", index=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    imported_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (sa.CheckConstraint("state IN ('staged','imported','dropped')", name="state"),)
