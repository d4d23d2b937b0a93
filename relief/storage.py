"""Where do bytes live? Behind one small interface: encrypted, in a local folder; another store keeps the interface.

Each blob has its own random key, wrapped by the keyring's current key. The wrapped key stands in the blob's row, so
that turning the keys over touches rows and no file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from relief import sealing

_NONCE = 12
_WRAPPED = "blob.wrapped_key"


class Store(Protocol):
    """A place for named bytes. Names are hexadecimal and a full stop; what is put under a name never changes."""

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes under a name; durable when it returns."""

    def get(self, name: str) -> bytes:
        """The bytes; FileNotFoundError when there are none."""

    def exists(self, name: str) -> bool:
        """Whether there are bytes under this name."""

    def delete(self, name: str) -> None:
        """Forget a name; nothing when it is not there."""

    def sweep(self) -> Iterator[tuple[str, float]]:
        """Every name, unfinished ones too, with the moment of its writing (seconds since 1970)."""


@dataclass(frozen=True)
class LocalFolder:
    """A folder with two levels of fan-out: `ab/cd/abcd….1f2e`."""

    root: Path

    def put(self, name: str, content: bytes) -> None:
        target = self._path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f"{name}.{secrets.token_hex(4)}.part")
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        _make_durable(target.parent, self.root)

    def get(self, name: str) -> bytes:
        return self._path(name).read_bytes()

    def exists(self, name: str) -> bool:
        return self._path(name).is_file()

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def sweep(self) -> Iterator[tuple[str, float]]:
        for found in self.root.glob("??/??/*"):
            try:
                yield found.name, found.stat().st_mtime
            except FileNotFoundError:  # finished or swept by somebody else meanwhile
                continue

    def _path(self, name: str) -> Path:
        if not name.replace(".", "").removesuffix("part").isalnum():
            raise ValueError("not a name of this store")
        return self.root / name[:2] / name[2:4] / name


def store() -> Store:
    """The store of this installation."""
    return LocalFolder(current_app.extensions["relief"].blob_folder)


def digest(content: bytes) -> str:
    """The SHA-256 by which a blob is known."""
    return hashlib.sha256(content).hexdigest()


def seal_blob(content: bytes, sha256: str) -> tuple[str, bytes]:
    """A blob under a fresh key of its own: the wrapped key for its row, and the bytes for the store."""
    key, nonce = AESGCM.generate_key(bit_length=256), secrets.token_bytes(_NONCE)
    wrapped = f"{secrets.token_hex(4)}.{sealing.seal(key, f'{_WRAPPED}:{sha256}')}"
    return wrapped, nonce + AESGCM(key).encrypt(nonce, content, sha256.encode())


def open_blob(sealed: bytes, sha256: str, wrapped: str) -> bytes:
    """The bytes again; cryptography's InvalidTag when the file or its key was altered or exchanged."""
    key = sealing.unseal(wrapped.split(".", 1)[1], f"{_WRAPPED}:{sha256}")
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], sha256.encode())


def name_of(sha256: str, wrapped: str) -> str:
    """The name in the store: two that keep the same bytes at once under different keys do not meet."""
    return f"{sha256}.{wrapped.split('.', 1)[0]}"


def _make_durable(folder: Path, root: Path) -> None:
    """A rename is durable once its folder is; a new folder once its own folder is."""
    for one in (folder, folder.parent, root):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
