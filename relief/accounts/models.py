"""Who belongs where, and who is signed in? The union tree, users with dated grants, sessions, invitations."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from relief.db import Moment, Sealed, Versioned, db, key, ref
from relief.domain.permissions import Role
from relief.domain.sentences import Sentence
from relief.persons.models import Person


class Union(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A union of the tree 局工会 → 基层工会 → 小组. `path` is `/1/4/` from the root, itself included."""

    __tablename__ = "union_org"
    id: Mapped[int] = key()
    parent_id: Mapped[int | None] = ref("union_org.id")
    name: Mapped[str] = mapped_column(sa.String(80))
    short_name: Mapped[str] = mapped_column(sa.String(40))
    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    level: Mapped[str] = mapped_column(sa.String(12))
    path: Mapped[str] = mapped_column(sa.String(200), unique=True)
    phone: Mapped[str | None] = mapped_column(sa.String(30))
    address: Mapped[str | None] = mapped_column(sa.String(120))
    area: Mapped[str | None] = mapped_column(sa.String(40))
    active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (sa.CheckConstraint("level IN ('bureau','grassroots','group')", name="level"),)


class UnionAlias(db.Model):  # type: ignore[name-defined, misc]
    """Another spelling under which rosters name a union."""

    __tablename__ = "union_alias"
    id: Mapped[int] = key()
    union_id: Mapped[int] = ref("union_org.id")
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)


class User(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """An account of a person at a union. Roles come from dated grants; `totp_used` is the last code's time step."""

    __tablename__ = "user_account"
    id: Mapped[int] = key()
    person_id: Mapped[int] = ref("person.id")
    union_id: Mapped[int] = ref("union_org.id")
    username: Mapped[str] = mapped_column(sa.String(60), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    totp_secret: Mapped[str | None] = mapped_column(Sealed("user_account.totp_secret"))
    totp_used: Mapped[int | None] = mapped_column(sa.BigInteger)
    language: Mapped[str | None] = mapped_column(sa.String(16))
    large_type: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)
    password_changed_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    union: Mapped[Union] = relationship(lazy="joined", innerjoin=True)


class Grant(db.Model):  # type: ignore[name-defined, misc]
    """A role held by a user from a day on; never deleted, ended."""

    __tablename__ = "role_grant"
    id: Mapped[int] = key()
    user_id: Mapped[int] = ref("user_account.id")
    role: Mapped[str] = mapped_column(sa.String(20))
    since: Mapped[date] = mapped_column(sa.Date)
    until: Mapped[date | None] = mapped_column(sa.Date)
    granted_by: Mapped[int | None] = ref("user_account.id", index=False)

    @property
    def role_label(self) -> Sentence:
        """The role in words."""
        return Role(self.role).label


class SignInSession(db.Model):  # type: ignore[name-defined, misc]
    """A server-side session; the cookie holds the token, the row its hash."""

    __tablename__ = "sign_in_session"
    id: Mapped[int] = key()
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[int] = ref("user_account.id")
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime] = mapped_column(Moment)
    address: Mapped[str] = mapped_column(sa.String(64))
    agent: Mapped[str] = mapped_column(sa.String(200))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_why: Mapped[str | None] = mapped_column(sa.String(20))


class SignInFailure(db.Model):  # type: ignore[name-defined, misc]
    """A failed sign-in, counted per user name (as a keyed index) and per address; never globally."""

    __tablename__ = "sign_in_failure"
    id: Mapped[int] = key()
    name_index: Mapped[str] = mapped_column(sa.String(64))
    address: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (sa.Index(None, "name_index", "at"), sa.Index(None, "address", "at"))


class Invitation(db.Model):  # type: ignore[name-defined, misc]
    """A one-time link that lets a person set a password: a first one, or a reset."""

    __tablename__ = "invitation"
    id: Mapped[int] = key()
    user_id: Mapped[int] = ref("user_account.id")
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    purpose: Mapped[str] = mapped_column(sa.String(12))
    made_by: Mapped[int | None] = ref("user_account.id", index=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Draft(db.Model):  # type: ignore[name-defined, misc]
    """What a user was typing into a form, sealed, until it is sent or thrown away."""

    __tablename__ = "form_draft"
    id: Mapped[int] = key()
    user_id: Mapped[int] = ref("user_account.id")
    form_key: Mapped[str] = mapped_column(sa.String(80))
    body: Mapped[str] = mapped_column(Sealed("form_draft.body"))
    saved_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (sa.UniqueConstraint("user_id", "form_key"),)
