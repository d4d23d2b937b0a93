"""What is a household file? A household at a union, its dated members, causes, account, consents and proposals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from relief.accounts.models import Union
from relief.db import JSON, Fen, Moment, Sealed, Versioned, db, key, ref
from relief.domain.money import Money
from relief.persons.models import Person


class Household(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A hardship file 困难职工档案. Declared category, assessed category and file tier are three things.

    `by_hand` lists the fields that a person edited: a later roster does not overwrite them.
    """

    __tablename__ = "household"
    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    union_id: Mapped[int] = ref("union_org.id", index=False)
    head_id: Mapped[int] = ref("person.id")
    status: Mapped[str] = mapped_column(sa.String(12), default="active")
    declared_category: Mapped[str | None] = mapped_column(sa.String(12))
    assessed_category: Mapped[str | None] = mapped_column(sa.String(12))
    file_tier: Mapped[str] = mapped_column(sa.String(12), default="bureau")
    heating: Mapped[str | None] = mapped_column(sa.String(12))
    address: Mapped[str | None] = mapped_column(Sealed("household.address"))
    declared_size: Mapped[int | None]
    income_12: Mapped[Money | None] = mapped_column(Fen)
    rigid_12: Mapped[Money | None] = mapped_column(Fen)
    opened_on: Mapped[date] = mapped_column(sa.Date)
    reviewed_on: Mapped[date | None] = mapped_column(sa.Date)
    closed_on: Mapped[date | None] = mapped_column(sa.Date)
    closed_why: Mapped[str | None] = mapped_column(sa.String(20))
    remark: Mapped[str | None] = mapped_column(Sealed("household.remark"))
    source: Mapped[str] = mapped_column(sa.String(12), default="form")
    by_hand: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(Moment)
    head: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    union: Mapped[Union] = relationship(lazy="joined", innerjoin=True)
    __table_args__ = (
        sa.Index(None, "union_id", "status", "id"),
        sa.Index(None, "status", "id"),
        sa.CheckConstraint("status IN ('active','temporary','exited','closed')", name="status"),
        sa.CheckConstraint("file_tier IN ('national','provincial','bureau')", name="file_tier"),
    )


class HouseholdUnion(db.Model):  # type: ignore[name-defined, misc]
    """To which union a household belonged, with dates."""

    __tablename__ = "household_union"
    id: Mapped[int] = key()
    household_id: Mapped[int] = ref("household.id")
    union_id: Mapped[int] = ref("union_org.id")
    since: Mapped[date] = mapped_column(sa.Date)
    until: Mapped[date | None] = mapped_column(sa.Date)


class Member(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A person's dated membership of a household; active (until NULL) in one household only."""

    __tablename__ = "household_member"
    id: Mapped[int] = key()
    household_id: Mapped[int] = ref("household.id")
    person_id: Mapped[int] = ref("person.id")
    relation: Mapped[str] = mapped_column(sa.String(20))
    health: Mapped[str | None] = mapped_column(Sealed("household_member.health"))
    monthly_income: Mapped[Money | None] = mapped_column(Fen)
    occupation: Mapped[str | None] = mapped_column(sa.String(60))
    since: Mapped[date] = mapped_column(sa.Date)
    until: Mapped[date | None] = mapped_column(sa.Date)
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    __table_args__ = (
        sa.Index("uq_household_member_active", "person_id", unique=True, sqlite_where=sa.text("until IS NULL"),
                 postgresql_where=sa.text("until IS NULL")),
    )  # fmt: skip


class HouseholdCause(db.Model):  # type: ignore[name-defined, misc]
    """A cause of hardship: exactly one main, up to three secondary (national form)."""

    __tablename__ = "household_cause"
    id: Mapped[int] = key()
    household_id: Mapped[int] = ref("household.id", index=False)
    code: Mapped[str] = mapped_column(sa.String(4))
    is_main: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(Sealed("household_cause.note"))
    __table_args__ = (
        sa.UniqueConstraint("household_id", "code"),
        sa.Index("uq_household_cause_main", "household_id", unique=True, sqlite_where=sa.text("is_main"),
                 postgresql_where=sa.text("is_main")),
    )  # fmt: skip


class Account(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """Where money goes. `state`: active (one per household), proposed, replaced, rejected."""

    __tablename__ = "household_account"
    id: Mapped[int] = key()
    household_id: Mapped[int] = ref("household.id", index=False)
    payee_id: Mapped[int] = ref("person.id")
    holder: Mapped[str] = mapped_column(sa.String(60))
    bank: Mapped[str] = mapped_column(sa.String(80))
    number: Mapped[str] = mapped_column(Sealed("household_account.number"))
    number_index: Mapped[str] = mapped_column(sa.String(64), index=True)
    number_tail: Mapped[str] = mapped_column(sa.String(4))
    passes_luhn: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(sa.String(12), default="active")
    entered_by: Mapped[int | None] = ref("person.id", index=False)
    confirmed_by: Mapped[int | None] = ref("person.id", index=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        sa.Index(None, "household_id", "state"),
        sa.Index("uq_household_account_active", "household_id", unique=True,
                 sqlite_where=sa.text("state = 'active'"), postgresql_where=sa.text("state = 'active'")),
        sa.Index("ix_household_account_luhn", "created_at", "id", sqlite_where=sa.text("passes_luhn IS 0"),
                 postgresql_where=sa.text("passes_luhn IS false")),
        sa.CheckConstraint("state IN ('active','proposed','replaced','rejected')", name="state"),
    )  # fmt: skip


class Consent(db.Model):  # type: ignore[name-defined, misc]
    """A signed consent for one purpose; withdrawal stops the use."""

    __tablename__ = "consent"
    id: Mapped[int] = key()
    household_id: Mapped[int] = ref("household.id")
    person_id: Mapped[int] = ref("person.id")
    purpose: Mapped[str] = mapped_column(sa.String(12))
    wording: Mapped[str] = mapped_column(sa.String(20))
    signed_on: Mapped[date] = mapped_column(sa.Date)
    withdrawn_on: Mapped[date | None] = mapped_column(sa.Date)
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Assessment(db.Model):  # type: ignore[name-defined, misc]
    """A means assessment: inputs, line, version, result. A record, never edited."""

    __tablename__ = "means_assessment"
    id: Mapped[int] = key()
    household_id: Mapped[int] = ref("household.id")
    on: Mapped[date] = mapped_column(sa.Date)
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    category: Mapped[str | None] = mapped_column(sa.String(12))
    net_per_head: Mapped[Money] = mapped_column(Fen)
    line: Mapped[Money] = mapped_column(Fen)
    made_by: Mapped[int | None] = ref("user_account.id", index=False)
    made_at: Mapped[datetime] = mapped_column(Moment)


class Proposal(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A change that waits for a person: a roster's or a caseworker's, to a card or member. Body sealed JSON."""

    __tablename__ = "household_proposal"
    id: Mapped[int] = key()
    household_id: Mapped[int] = ref("household.id")
    union_id: Mapped[int] = ref("union_org.id")
    subject: Mapped[str] = mapped_column(sa.String(12))
    body: Mapped[str] = mapped_column(Sealed("household_proposal.body"))
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    why: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_by: Mapped[int | None] = ref("person.id", index=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[int | None] = ref("person.id", index=False)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        sa.UniqueConstraint("household_id", "subject", "fingerprint"),
        sa.CheckConstraint("state IN ('open','accepted','declined')", name="state"),
    )


class SearchGram(db.Model):  # type: ignore[name-defined, misc]
    """One searchable piece of a household: one or two characters of a member's name, initials, a number's tail."""

    __tablename__ = "household_gram"
    gram: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id"), primary_key=True)
    union_id: Mapped[int] = mapped_column(sa.ForeignKey("union_org.id"))
    __table_args__ = (
        sa.Index("ix_household_gram_union", "gram", "union_id", "household_id"),
        sa.Index("ix_household_gram_household", "household_id"),
    )
