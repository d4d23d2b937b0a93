"""Do bytes come back as they were kept, unreadable to others, and are orphans swept?"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask

from relief import storage
from relief.config import Settings
from relief.db import db, transaction
from relief.files import blobs
from relief.files.models import Blob
from relief.storage import LocalFolder

CONTENT = "诊断: 尿毒症".encode() * 50


def files_in(settings: Settings) -> list[Path]:
    return [one for one in settings.blob_folder.rglob("*") if one.is_file()]


def make_old(path: Path) -> None:
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(path, (long_ago, long_ago))


def test_it_comes_back_and_lies_encrypted_under_its_hash(app: Flask, settings: Settings) -> None:
    sha256 = blobs.keep(CONTENT, "application/pdf")
    assert blobs.read(sha256) == CONTENT
    (file,) = files_in(settings)
    assert file.name.startswith(sha256) and file.parent.name == sha256[2:4] and file.parent.parent.name == sha256[:2]
    assert CONTENT[:15] not in file.read_bytes()


def test_the_same_bytes_are_kept_once(app: Flask, settings: Settings) -> None:
    assert blobs.keep(CONTENT, "application/pdf") == blobs.keep(CONTENT, "application/pdf")
    assert len(files_in(settings)) == 1


def test_an_altered_file_does_not_open(app: Flask, settings: Settings) -> None:
    sha256 = blobs.keep(CONTENT, "application/pdf")
    (file,) = files_in(settings)
    altered = bytearray(file.read_bytes())
    altered[40] ^= 1
    file.write_bytes(altered)
    with pytest.raises(InvalidTag):
        blobs.read(sha256)


def test_a_key_of_another_file_does_not_open_it(app: Flask) -> None:
    wrapped, sealed = storage.seal_blob(CONTENT, "a" * 64)
    with pytest.raises(InvalidTag):
        storage.open_blob(sealed, "b" * 64, wrapped)
    assert storage.open_blob(sealed, "a" * 64, wrapped) == CONTENT


def test_two_that_keep_the_same_bytes_at_once_leave_one_that_opens(app: Flask, settings: Settings) -> None:
    sha256 = storage.digest(CONTENT)
    wrapped, sealed = storage.seal_blob(CONTENT, sha256)
    storage.store().put(storage.name_of(sha256, wrapped), sealed)  # the other one, before its row is written
    assert blobs.read(blobs.keep(CONTENT, "application/pdf")) == CONTENT
    assert len(files_in(settings)) == 2


def test_a_verb_that_failed_leaves_an_orphan_and_the_sweep_takes_it_after_a_day(
    app: Flask, settings: Settings
) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        blobs.keep(CONTENT, "application/pdf")
        raise ZeroDivisionError
    assert db.session.query(Blob).count() == 0
    (orphan,) = files_in(settings)
    assert blobs.sweep_orphans() == 0
    make_old(orphan)
    assert blobs.sweep_orphans() == 1
    assert files_in(settings) == []


def test_the_sweep_leaves_what_has_a_row_and_takes_unfinished_files(app: Flask, settings: Settings) -> None:
    sha256 = blobs.keep(CONTENT, "application/pdf")
    (kept,) = files_in(settings)
    unfinished = kept.with_name(f"{kept.name}.0a1b2c3d.part")
    unfinished.write_bytes(b"half")
    for one in (kept, unfinished):
        make_old(one)
    assert blobs.sweep_orphans() == 1
    assert blobs.read(sha256) == CONTENT


@pytest.mark.parametrize("name", ["../../etc/passwd", "ab/cd", "", "a\0b"])
def test_a_store_takes_only_its_own_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        LocalFolder(tmp_path).put(name, b"x")
