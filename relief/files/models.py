"""Which files are kept? Encrypted blobs by content hash, what people attached, and what was issued."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import Moment, Sealed, db, key, ref


class Blob(db.Model):  # type: ignore[name-defined, misc]
    """A stored file: named by the SHA-256 of its plain bytes, encrypted under its own wrapped key."""

    __tablename__ = "blob"
    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    media_type: Mapped[str] = mapped_column(sa.String(80))
    wrapped_key: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Attachment(db.Model):  # type: ignore[name-defined, misc]
    """A paper or photo attached to a household file, a visit, a case, a notice, a meeting or a voucher."""

    __tablename__ = "attachment"
    id: Mapped[int] = key()
    union_id: Mapped[int] = ref("union_org.id")
    household_id: Mapped[int | None] = ref("household.id")
    subject: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int] = mapped_column(sa.BigInteger)
    kind: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(Sealed("attachment.name"))
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("blob.sha256"))
    added_by: Mapped[int | None] = ref("user_account.id", index=False)
    added_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (sa.Index(None, "subject", "subject_id"),)


class IssuedDocument(db.Model):  # type: ignore[name-defined, misc]
    """A paper that was issued: rendered once in its language, stored, and served as the same bytes."""

    __tablename__ = "issued_document"
    id: Mapped[int] = key()
    kind: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int] = mapped_column(sa.BigInteger)
    copy: Mapped[str] = mapped_column(sa.String(20), default="archive")
    language: Mapped[str] = mapped_column(sa.String(16))
    media_type: Mapped[str] = mapped_column(sa.String(80))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("blob.sha256"))
    issued_by: Mapped[int | None] = ref("user_account.id", index=False)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (sa.UniqueConstraint("kind", "subject", "subject_id", "copy", "language", "media_type"),)
