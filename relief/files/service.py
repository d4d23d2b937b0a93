"""How do papers come on file, and how does an issued document stay the same for ever?"""

from __future__ import annotations

from typing import Any

from relief import clock
from relief.audit.service import record
from relief.db import db, insert_once, locked, transaction
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor
from relief.files import blobs, queries
from relief.files.judging import Judged, judge, judge_all
from relief.files.kinds import judge_kind, may_read, require_write
from relief.files.models import Attachment, IssuedDocument

sweep_orphans = blobs.sweep_orphans


def attach(
    upload: Any, *, subject: str, subject_id: int, household_id: int | None, union_id: int, kind: str, by: Actor,
    field: str = "files",
) -> Attachment:  # fmt: skip
    """Keep a photo or PDF with a household, visit, case, notice, meeting, sheet or voucher.

    `upload` is a form's file, or what `judging.judge` made of it before the transaction began. Raises RuleBroken
    on `field` or `kind`, NotYours outside the actor's unions, NotAllowed without a permission of the subject.
    """
    by.require_sight(union_id)
    require_write(subject, by)
    judge_kind(kind)
    judged = upload if isinstance(upload, Judged) else judge(upload, field=field)
    with transaction():
        sha256 = blobs.keep(judged.content, judged.media_type)
        paper = Attachment(
            union_id=union_id, household_id=household_id, subject=subject, subject_id=subject_id, kind=kind,
            name=judged.name, sha256=sha256, added_by=by.user_id, added_at=clock.now(),
        )  # fmt: skip
        db.session.add(paper)
        db.session.flush()
        changes = {"attachment": paper.id, "kind": kind, "sha256": sha256}
        record("attachment.add", subject, subject_id, by=by, union_id=union_id, changes=changes)
        return paper


def attach_all(uploads: list[Any], *, field: str = "files", **place: Any) -> list[Attachment]:
    """Keep all files of one form, or none: each is judged before the first is kept. `place` as for `attach`."""
    judged = judge_all(uploads, field=field)
    with transaction():
        return [attach(one, field=field, **place) for one in judged]


def remove_attachment(attachment_id: int, *, by: Actor, reason: str = "") -> Attachment:
    """Take a paper off the file. Its row and bytes stay for the record; the screens show it no more."""
    with transaction():
        paper = locked(Attachment, attachment_id)
        by.require_sight(paper.union_id)
        if paper.removed_at is not None or not may_read(paper.subject, paper.kind, by):
            raise NotYours
        require_write(paper.subject, by)
        paper.removed_at = clock.now()
        changes = {"attachment": paper.id, "kind": paper.kind, "reason": reason[:200]}
        record("attachment.remove", paper.subject, paper.subject_id, by=by, union_id=paper.union_id, changes=changes)
        return paper


def keep_document(
    *, kind: str, subject: str, subject_id: int, copy: str, language: str, content: bytes, media_type: str,
    file_name: str, by: Actor, union_id: int | None = None,
) -> IssuedDocument:  # fmt: skip
    """Issue a paper, once: for the same kind, subject, copy, language and type the first bytes stay for ever.

    Whoever calls has judged who may issue it. `file_name` never holds an ID number.
    """
    with transaction():
        place = {"kind": kind, "subject": subject, "subject_id": subject_id, "copy": copy, "language": language}
        is_new = insert_once(
            IssuedDocument, **place, media_type=media_type, file_name=file_name,
            sha256=blobs.keep(content, media_type), issued_by=by.user_id, issued_at=clock.now(),
        )  # fmt: skip
        document = queries.find_document(**place, media_type=media_type)
        assert document is not None
        if is_new:
            changes = {"kind": kind, "copy": copy, "language": language, "sha256": document.sha256}
            record("document.issue", subject, subject_id, by=by, union_id=union_id, changes=changes)
        return document
