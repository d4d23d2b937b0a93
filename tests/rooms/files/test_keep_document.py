"""Is a paper issued once, and served as the same bytes for ever?"""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from relief.audit.models import AuditEntry
from relief.db import db
from relief.files.models import IssuedDocument
from relief.files.queries import content_of, find_document
from relief.files.service import keep_document
from tests.build import SYSTEM

KEY = {"kind": "voucher", "subject": "voucher", "subject_id": 7, "copy": "archive", "language": "zh_Hans_CN"}


def issue(content: bytes, **key: object) -> IssuedDocument:
    rest = {"media_type": "application/pdf", "file_name": "领款单-123.pdf", "by": SYSTEM}
    return keep_document(**(KEY | rest | key), content=content)


def test_the_first_bytes_stay(app: Flask) -> None:
    first = issue(b"first")
    assert content_of(first) == b"first"
    again = issue(b"second")
    assert (again.id, content_of(again)) == (first.id, b"first")
    lines = db.session.scalars(sa.select(AuditEntry).filter_by(verb="document.issue")).all()
    assert len(lines) == 1


def test_another_language_or_copy_is_another_paper(app: Flask) -> None:
    ids = {issue(b"a").id, issue(b"b", language="en").id, issue(b"c", copy="masked").id}
    assert len(ids) == 3


def test_it_is_found_by_its_key_and_nothing_before(app: Flask) -> None:
    assert find_document(**KEY, media_type="application/pdf") is None
    kept = issue(b"a")
    assert find_document(**KEY, media_type="application/pdf") is kept
