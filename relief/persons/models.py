"""What is known of a person? One row per human being, found by a blind index over the resident ID."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import Moment, Sealed, Versioned, db, key, ref


class Person(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A human being. Resident ID, phone and address are sealed; their indexes serve equality search."""

    __tablename__ = "person"
    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(sa.String(60))
    pinyin: Mapped[str] = mapped_column(sa.String(120), default="")
    resident_id: Mapped[str | None] = mapped_column(Sealed("person.resident_id"))
    resident_id_index: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    resident_id_masked: Mapped[str | None] = mapped_column(sa.String(20))
    born_on: Mapped[date | None] = mapped_column(sa.Date)
    sex: Mapped[str | None] = mapped_column(sa.String(8))
    nation: Mapped[str | None] = mapped_column(sa.String(30))
    phone: Mapped[str | None] = mapped_column(Sealed("person.phone"))
    phone_index: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    phone_masked: Mapped[str | None] = mapped_column(sa.String(20))
    deceased_on: Mapped[date | None] = mapped_column(sa.Date)
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        sa.Index("ix_person_deceased", "deceased_on", sqlite_where=sa.text("deceased_on IS NOT NULL"),
                 postgresql_where=sa.text("deceased_on IS NOT NULL")),
        sa.CheckConstraint("sex IN ('male','female')", name="sex"),
        sa.CheckConstraint("(resident_id IS NULL) = (resident_id_index IS NULL)", name="resident_id_indexed"),
    )  # fmt: skip


class DeclaredRelative(db.Model):  # type: ignore[name-defined, misc]
    """A staff member's declared relative: walled off from each other's cases (recusal)."""

    __tablename__ = "declared_relative"
    id: Mapped[int] = key()
    person_id: Mapped[int] = ref("person.id")
    relative_id: Mapped[int] = ref("person.id")
    relation: Mapped[str] = mapped_column(sa.String(20))
    declared_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        sa.UniqueConstraint("person_id", "relative_id"),
        sa.CheckConstraint("person_id <> relative_id", name="two_people"),
    )
