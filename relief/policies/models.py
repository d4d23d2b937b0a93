"""Which policy held when, and which days are worked? Versions as dated data; days from the notices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import JSON, Moment, db, key, ref


class PolicyVersion(db.Model):  # type: ignore[name-defined, misc]
    """The policy of a kind from a day on; `hash` is over its canonical JSON, kept by every decision."""

    __tablename__ = "policy_version"
    id: Mapped[int] = key()
    kind: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[int]
    document_number: Mapped[str] = mapped_column(sa.String(60), default="")
    since: Mapped[date] = mapped_column(sa.Date)
    until: Mapped[date | None] = mapped_column(sa.Date)
    config: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(sa.String(64))
    published_by: Mapped[int | None] = ref("user_account.id", index=False)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (sa.UniqueConstraint("kind", "number"),)


class CalendarDay(db.Model):  # type: ignore[name-defined, misc]
    """A day that differs from Monday-to-Friday, by the State Council's notice of its year."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[str] = mapped_column(sa.String(40), default="")
    notice: Mapped[str] = mapped_column(sa.String(80), default="")


class CalendarYear(db.Model):  # type: ignore[name-defined, misc]
    """A year whose notice is in: its days are final."""

    __tablename__ = "calendar_year"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    notice: Mapped[str] = mapped_column(sa.String(80))
