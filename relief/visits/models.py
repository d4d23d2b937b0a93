"""What is kept of a visit? Who went, when, where, what was seen, what was asked for, what was promised."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from relief.db import Moment, Sealed, Versioned, db, key, ref
from relief.households.models import Household
from relief.persons.models import Person


class Visit(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A visit or call. Made on a phone, so it brings its own UUID: sent twice, kept once.

    `kind`: verification (two people), care, follow_up. `place`: home, unit, phone, hospital.
    `seen` maps what was looked at (housing, heating, food, health, school, work) to what was found.
    """

    __tablename__ = "visit"
    id: Mapped[int] = key()
    client_uuid: Mapped[str] = mapped_column(sa.String(36), unique=True)
    household_id: Mapped[int] = ref("household.id", index=False)
    union_id: Mapped[int] = ref("union_org.id", index=False)
    kind: Mapped[str] = mapped_column(sa.String(16))
    on: Mapped[date] = mapped_column(sa.Date)
    place: Mapped[str] = mapped_column(sa.String(12))
    talked_to: Mapped[str | None] = mapped_column(sa.String(60))
    unchanged: Mapped[bool] = mapped_column(default=False)
    seen: Mapped[str] = mapped_column(Sealed("visit.seen"))
    note: Mapped[str | None] = mapped_column(Sealed("visit.note"))
    next_on: Mapped[date | None] = mapped_column(sa.Date)
    is_late: Mapped[bool] = mapped_column(default=False)
    entered_by: Mapped[int | None] = ref("person.id", index=False)
    entered_at: Mapped[datetime] = mapped_column(Moment)
    household: Mapped[Household] = relationship(lazy="select")
    visitors: Mapped[list[Visitor]] = relationship(lazy="selectin", order_by="Visitor.id")
    __table_args__ = (
        sa.Index(None, "household_id", "on", "id"),
        sa.Index(None, "union_id", "on", "id"),
        sa.Index("ix_visit_late", "entered_at", "id", sqlite_where=sa.text("is_late IS 1"),
                 postgresql_where=sa.text("is_late IS true")),
        sa.CheckConstraint("kind IN ('verification','care','follow_up')", name="kind"),
    )  # fmt: skip


class Visitor(db.Model):  # type: ignore[name-defined, misc]
    """Somebody who went; a named person, with an account or without one (then the signed form shows it)."""

    __tablename__ = "visitor"
    id: Mapped[int] = key()
    visit_id: Mapped[int] = ref("visit.id")
    person_id: Mapped[int] = ref("person.id")
    has_account: Mapped[bool] = mapped_column(default=True)
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    __table_args__ = (
        sa.UniqueConstraint("visit_id", "person_id"),
        sa.Index("ix_visitor_stranger", "visit_id", sqlite_where=sa.text("has_account IS 0"),
                 postgresql_where=sa.text("has_account IS false")),
    )  # fmt: skip


class Need(db.Model):  # type: ignore[name-defined, misc]
    """Something that the household asked for, by theme, so that needs can be counted across households."""

    __tablename__ = "visit_need"
    id: Mapped[int] = key()
    visit_id: Mapped[int] = ref("visit.id")
    household_id: Mapped[int] = ref("household.id")
    theme: Mapped[str] = mapped_column(sa.String(16))
    text: Mapped[str | None] = mapped_column(Sealed("visit_need.text"))


class Promise(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A promise: its owner, its day, its answer, and that the household was told and agrees."""

    __tablename__ = "visit_promise"
    id: Mapped[int] = key()
    visit_id: Mapped[int] = ref("visit.id")
    household_id: Mapped[int] = ref("household.id")
    union_id: Mapped[int] = ref("union_org.id", index=False)
    text: Mapped[str] = mapped_column(Sealed("visit_promise.text"))
    owner_id: Mapped[int] = ref("person.id")
    due_on: Mapped[date] = mapped_column(sa.Date)
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    answer: Mapped[str | None] = mapped_column(Sealed("visit_promise.answer"))
    told_on: Mapped[date | None] = mapped_column(sa.Date)
    confirmed: Mapped[bool | None]
    __table_args__ = (
        sa.Index(None, "union_id", "state", "due_on"),
        sa.CheckConstraint("state IN ('open','doing','done','impossible')", name="state"),
    )
