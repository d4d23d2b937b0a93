"""How do bytes and their row stay together? Bytes first, row second; bytes without a row are swept."""

from __future__ import annotations

import time
from datetime import timedelta

import sqlalchemy as sa

from relief import clock, storage
from relief.db import db, insert_once, transaction
from relief.files.models import Blob

SWEPT_AFTER = timedelta(days=1)


def keep(content: bytes, media_type: str) -> str:
    """Keep bytes and give their SHA-256; the same bytes are kept once. Joins the verb around."""
    sha256 = storage.digest(content)
    if _is_kept(sha256):
        return sha256
    wrapped, sealed = storage.seal_blob(content, sha256)
    storage.store().put(storage.name_of(sha256, wrapped), sealed)
    with transaction():
        db.session.flush()
        insert_once(
            Blob, sha256=sha256, size=len(content), media_type=media_type, wrapped_key=wrapped, created_at=clock.now()
        )
    return sha256


def read(sha256: str) -> bytes:
    """The bytes of a kept blob; FileNotFoundError or InvalidTag when the store lost or altered them."""
    wrapped = db.session.scalars(sa.select(Blob.wrapped_key).where(Blob.sha256 == sha256)).one()
    return storage.open_blob(storage.store().get(storage.name_of(sha256, wrapped)), sha256, wrapped)


def count_missing() -> tuple[int, int]:
    """How many kept blobs the store has lost, and how many are kept at all."""
    store, missing, kept = storage.store(), 0, 0
    for sha256, wrapped in db.session.execute(sa.select(Blob.sha256, Blob.wrapped_key)):
        kept += 1
        missing += not store.exists(storage.name_of(sha256, wrapped))
    return missing, kept


def sweep_orphans() -> int:
    """Delete what is older than a day and has no row: a verb rolled back, or lost a race. How many went."""
    store, oldest, swept = storage.store(), time.time() - SWEPT_AFTER.total_seconds(), 0
    for name, written in store.sweep():
        if written < oldest and not _has_row(name):
            store.delete(name)
            swept += 1
    return swept


def _is_kept(sha256: str) -> bool:
    wrapped = db.session.scalar(sa.select(Blob.wrapped_key).where(Blob.sha256 == sha256))
    return wrapped is not None


def _has_row(name: str) -> bool:
    wrapped = db.session.scalar(sa.select(Blob.wrapped_key).where(Blob.sha256 == name.split(".")[0]))
    return wrapped is not None and storage.name_of(name.split(".")[0], wrapped) == name
