"""What does the record hold? Append-only lines, the seals that chain them, and who looked at what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import JSON, Moment, db, key


class AuditEntry(db.Model):  # type: ignore[name-defined, misc]
    """One verb done by one actor to one subject. `mac` is a keyed hash over the canonical JSON of the line."""

    __tablename__ = "audit_entry"
    id: Mapped[int] = key()
    at: Mapped[datetime] = mapped_column(Moment)
    on: Mapped[date] = mapped_column(sa.Date)
    union_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    user_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    person_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    actor: Mapped[str] = mapped_column(sa.String(120))
    verb: Mapped[str] = mapped_column(sa.String(60))
    subject: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    unusual: Mapped[str | None] = mapped_column(sa.String(40))
    mac: Mapped[str] = mapped_column(sa.String(64))
    __table_args__ = (
        sa.Index(None, "subject", "subject_id", "id"),
        sa.Index(None, "union_id", "id"),
        sa.Index(None, "subject", "id"),
        sa.Index(None, "on", "id"),
        sa.Index(None, "unusual", "at", "id"),
    )


class AuditSeal(db.Model):  # type: ignore[name-defined, misc]
    """A link of a union's chain: the entry, its number in the chain, and the hash over the link before it."""

    __tablename__ = "audit_seal"
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_entry.id"), primary_key=True)
    chain: Mapped[int] = mapped_column(sa.BigInteger)
    number: Mapped[int] = mapped_column(sa.BigInteger)
    head: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (sa.UniqueConstraint("chain", "number"),)


class AccessEntry(db.Model):  # type: ignore[name-defined, misc]
    """Somebody saw a masked field in full, or took a document away: who, what, why."""

    __tablename__ = "access_entry"
    id: Mapped[int] = key()
    at: Mapped[datetime] = mapped_column(Moment)
    user_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    actor: Mapped[str] = mapped_column(sa.String(120))
    subject: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    what: Mapped[str] = mapped_column(sa.String(60))
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    __table_args__ = (sa.Index(None, "subject", "subject_id", "id"), sa.Index(None, "subject", "at", "id"))


