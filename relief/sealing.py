"""How are secrets kept at rest? AES-256-GCM with a key id, and a keyed blind index for equality search.

A sealed value reads `v1.<key id>.<base64 nonce+ciphertext>`; table and column are bound as associated data, so
that a value moved to another column does not open. Keys live outside the database.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


@dataclass(frozen=True)
class Keyring:
    """The keys of one installation: field keys by id, the id in use, and separate keys for index and record."""

    field_keys: Mapping[str, bytes]
    current: str
    index_key: bytes
    audit_key: bytes

    @classmethod
    def generate(cls) -> Keyring:
        """A fresh keyring for a demo or a test."""
        return cls({"k1": secrets.token_bytes(32)}, "k1", secrets.token_bytes(32), secrets.token_bytes(32))


_keyring: Keyring | None = None


def install(keyring: Keyring) -> None:
    """Set the process's keyring; done once by create_app."""
    global _keyring
    _keyring = keyring


def keyring() -> Keyring:
    """The process's keyring; RuntimeError before create_app installed one."""
    if _keyring is None:
        raise RuntimeError("no keyring installed")
    return _keyring


def seal(plain: bytes, context: str) -> str:
    """Seal bytes under the current key, bound to `context` (table.column)."""
    ring = keyring()
    nonce = secrets.token_bytes(_NONCE)
    box = AESGCM(ring.field_keys[ring.current]).encrypt(nonce, plain, context.encode())
    return f"v1.{ring.current}.{base64.b64encode(nonce + box).decode()}"


def unseal(sealed: str, context: str) -> bytes:
    """Open what `seal` made; cryptography's InvalidTag when the value was altered or moved."""
    _, key_id, body = sealed.split(".", 2)
    raw = base64.b64decode(body)
    return AESGCM(keyring().field_keys[key_id]).decrypt(raw[:_NONCE], raw[_NONCE:], context.encode())


def blind_index(value: str, context: str) -> str:
    """Keyed hash of a cleaned value for equality search; the same value in another context differs."""
    return hmac.new(keyring().index_key, f"{context}\0{value}".encode(), hashlib.sha256).hexdigest()


def record_mac(payload: bytes) -> str:
    """Keyed hash of an audit line or a link of its chain."""
    return hmac.new(keyring().audit_key, payload, hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """What is stored of a session, invitation or verification token: never the token itself."""
    return hashlib.sha256(token.encode()).hexdigest()
