"""Which papers does somebody see, and what are their bytes?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor
from relief.files import blobs
from relief.files.kinds import HEALTH, may_read
from relief.files.models import Attachment, Blob, IssuedDocument
from relief.files.sight import sees

MOST_LISTED = 200
EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


def list_attachments(subject: str, subject_id: int, *, by: Actor) -> Sequence[Attachment]:
    """The papers of one subject that the actor may open, oldest first; removed ones are left out."""
    return _seen(by, Attachment.subject == subject, Attachment.subject_id == subject_id)


def list_household_attachments(household_id: int, *, by: Actor) -> Sequence[Attachment]:
    """All papers of a household, whatever they hang on, that the actor may open, oldest first."""
    return _seen(by, Attachment.household_id == household_id)


def kinds_attached(subject: str, subject_id: int) -> frozenset[str]:
    """The kinds of paper on file for a subject: what the gates of a step ask for. For verbs, not for screens."""
    held = sa.select(Attachment.kind).where(
        Attachment.subject == subject, Attachment.subject_id == subject_id, Attachment.removed_at.is_(None)
    )
    return frozenset(db.session.scalars(held))


def get_attachment(attachment_id: int, *, by: Actor) -> Attachment:
    """The paper; NotYours when it is missing, removed, of another union, or not for these roles."""
    paper = db.session.get(Attachment, attachment_id)
    if paper is None or paper.removed_at is not None or not sees(paper, by):
        raise NotYours
    if not may_read(paper.subject, paper.kind, by):
        raise NotYours
    return paper


def content_of(paper: Attachment | IssuedDocument) -> bytes:
    """The bytes of an attachment or an issued document."""
    return blobs.read(paper.sha256)


def media_type_of(paper: Attachment) -> str:
    """What the paper is: image/jpeg, image/png or application/pdf."""
    return db.session.scalars(sa.select(Blob.media_type).where(Blob.sha256 == paper.sha256)).one()


def find_document(**key: Any) -> IssuedDocument | None:
    """The paper issued for kind, subject, subject_id, copy, language and media_type, if it was."""
    return db.session.scalar(sa.select(IssuedDocument).filter_by(**key))


def _seen(by: Actor, *conditions: Any) -> Sequence[Attachment]:
    health = () if by.can("health.read") else (Attachment.kind.not_in(HEALTH),)
    listed = sa.select(Attachment).where(*conditions, *health, Attachment.removed_at.is_(None))
    papers = db.session.scalars(listed.order_by(Attachment.id).limit(MOST_LISTED)).all()
    return [paper for paper in papers if by.sees(paper.union_id) and may_read(paper.subject, paper.kind, by)]
