"""What stands in a back-up file? A header that anybody may read, and the copy, sealed piece by piece.

The key of a file is derived from the office's field key with a salt of its own; no key is ever in a file. Each piece
is bound to the header, to its place, and to being the last: a file that was altered, cut off or put together anew does
not open.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from relief import sealing
from relief.domain.errors import RuleBroken

MAGIC = b"RELIEF BACKUP 1\n"
PIECE = 1 << 20
_TAG, _LENGTH, _MOST_HEADER = 16, 4, 4096


@dataclass(frozen=True)
class Header:
    """Of which moment and database a file is, at which revision; size and SHA-256 of the copy; how it was sealed."""

    made_at: str
    engine: str
    revision: str
    size: int
    sha256: str
    key: str
    salt: str


def seal_file(plain: Path, target: Path, *, made_at: str, engine: str, revision: str) -> Header:
    """Write the copy under the office's key in use."""
    header = Header(
        made_at, engine, revision, plain.stat().st_size, _digest(plain), sealing.keyring().current,
        secrets.token_bytes(32).hex(),
    )  # fmt: skip
    told = json.dumps(asdict(header), sort_keys=True).encode()
    box = _box(header)
    with plain.open("rb") as source, target.open("wb") as file:
        file.write(MAGIC + len(told).to_bytes(_LENGTH, "big") + told)
        for place, piece, is_last in _pieces(source, PIECE):
            file.write(box.encrypt(place.to_bytes(12, "big"), piece, _bound(told, place, is_last)))
        file.flush()
        os.fsync(file.fileno())
    return header


def read_header(sealed: Path) -> Header:
    """What the file says of itself; RuleBroken for another kind of file. It is believed once the file has opened."""
    with sealed.open("rb") as file:
        return _header(file)[0]


def open_file(sealed: Path, target: Path) -> Header:
    """Write the copy out again; RuleBroken when its key is not here, or the file is not whole."""
    with sealed.open("rb") as file, target.open("wb") as plain:
        header, told = _header(file)
        box = _box(header)
        try:
            for place, piece, is_last in _pieces(file, PIECE + _TAG):
                plain.write(box.decrypt(place.to_bytes(12, "big"), piece, _bound(told, place, is_last)))
        except InvalidTag:
            raise _damaged() from None
    if target.stat().st_size != header.size or _digest(target) != header.sha256:
        raise _damaged()
    return header


def _header(file: BinaryIO) -> tuple[Header, bytes]:
    try:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError
        told = file.read(min(int.from_bytes(file.read(_LENGTH), "big"), _MOST_HEADER))
        header = Header(**json.loads(told))
        bytes.fromhex(header.salt)
        hash(header)
    except (ValueError, TypeError):
        raise RuleBroken(None, "This file is no back-up of Relief.") from None
    return header, told


def _box(header: Header) -> AESGCM:
    key = sealing.keyring().field_keys.get(header.key)
    if key is None:
        raise RuleBroken(None, "The back-up is sealed with the key %(key)s, which is not here.", key=header.key)
    derived = HKDF(hashes.SHA256(), 32, bytes.fromhex(header.salt), b"relief backup").derive(key)
    return AESGCM(derived)


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Place, bytes, and whether it is the last; an empty file is one empty piece."""
    place, piece = 0, file.read(size)
    while True:
        following = file.read(size)
        yield place, piece, not following
        if not following:
            return
        place, piece = place + 1, following


def _bound(told: bytes, place: int, is_last: bool) -> bytes:
    return told + place.to_bytes(8, "big") + (b"last" if is_last else b"more")


def _damaged() -> RuleBroken:
    return RuleBroken(None, "The back-up is damaged, or was altered. Nothing was restored.")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
