"""Which settings are there, where do they come from, and which defaults are safe?

Settings come from the environment (RELIEF_…). A server refuses to start without its secrets; the demo makes its
own beside its database, since it binds to loopback and holds synthetic people only.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from relief.sealing import Keyring

ROOT = Path(__file__).resolve().parent.parent
REQUIRED = {
    "RELIEF_DATABASE_URL": "where the data lives (postgresql://… or sqlite:////…)",
    "RELIEF_SECRET_KEY": "signs forms; 32 random bytes or more",
    "RELIEF_FIELD_KEYS": "encrypts personal fields; {\"k1\": \"<base64 of 32 bytes>\"}, the last one is in use",
    "RELIEF_INDEX_KEY": "keys the blind indexes; base64 of 32 bytes",
    "RELIEF_AUDIT_KEY": "keys the record; base64 of 32 bytes",
}


PROFILES = ("small", "strict")
HERE = ("127.0.0.1", "localhost", "[::1]")
KEY_BYTES = 32


class WeakSettings(ValueError):
    """Settings that cannot be read, or would let a server run without the safety that it promises; says which."""


class MissingSettings(Exception):
    """The server's secrets that are not set, by name."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        lines = [f"  {name}: {REQUIRED[name]}" for name in names]
        super().__init__("These settings are missing:\n" + "\n".join(lines))


@dataclass(frozen=True)
class Settings:
    """All that an installation can be told. `instance` holds blobs, job queue and logs."""

    database_url: str
    secret_key: str
    keyring: Keyring
    instance: Path
    demo: bool = False
    public_url: str | None = None
    office_name: str = "兴隆林业局工会"
    office_prefix: str = "XLGH"
    office_phone: str = "0451-57800000"
    profile: str = "small"
    trusted_hosts: tuple[str, ...] = ()
    queue: str = "sqlite"
    queue_url: str | None = None
    testing: bool = False
    session_idle_minutes: int = 30
    session_hours: int = 12
    backups_kept: int = 14
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def blob_folder(self) -> Path:
        return self.instance / "blobs"


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """The settings of a server; MissingSettings names every secret that is not there, WeakSettings one too short."""
    env = os.environ if env is None else env
    missing = [name for name in REQUIRED if not env.get(name)]
    if missing:
        raise MissingSettings(missing)
    if len(env["RELIEF_SECRET_KEY"].encode()) < KEY_BYTES:
        raise WeakSettings(f"RELIEF_SECRET_KEY is shorter than {KEY_BYTES} bytes")
    if env.get("RELIEF_PROFILE", PROFILES[0]) not in PROFILES:
        raise WeakSettings(f"RELIEF_PROFILE is none of {', '.join(PROFILES)}")
    ring = _keyring(env)
    return Settings(
        database_url=env["RELIEF_DATABASE_URL"],
        secret_key=env["RELIEF_SECRET_KEY"],
        keyring=ring,
        instance=Path(env.get("RELIEF_INSTANCE", ROOT / "instance" / "server")),
        **_optional(env),
    )


def _keyring(env: Mapping[str, str]) -> Keyring:
    try:
        found = json.loads(env["RELIEF_FIELD_KEYS"])
    except ValueError:
        raise WeakSettings("RELIEF_FIELD_KEYS is no JSON") from None
    if not isinstance(found, dict) or not found:
        raise WeakSettings("RELIEF_FIELD_KEYS holds no key")
    keys = {str(name): _key("RELIEF_FIELD_KEYS", str(value)) for name, value in found.items()}
    index, audit = (_key(name, env[name]) for name in ("RELIEF_INDEX_KEY", "RELIEF_AUDIT_KEY"))
    if len({*keys.values(), index, audit}) < len(keys) + 2:
        raise WeakSettings("two of the keys are the same")
    return Keyring(keys, list(keys)[-1], index, audit)


def _key(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise WeakSettings(f"{name} is not {KEY_BYTES} bytes in base64")
    return key


def _optional(env: Mapping[str, str]) -> dict[str, Any]:
    names = ("public_url", "office_name", "office_prefix", "office_phone", "profile", "queue", "queue_url")
    found: dict[str, Any] = {
        name: env[f"RELIEF_{name.upper()}"] for name in names if f"RELIEF_{name.upper()}" in env
    }
    if env.get("RELIEF_BACKUPS_KEPT"):
        if not env["RELIEF_BACKUPS_KEPT"].isdecimal():
            raise WeakSettings("RELIEF_BACKUPS_KEPT is no whole number")
        found["backups_kept"] = max(1, int(env["RELIEF_BACKUPS_KEPT"]))
    if env.get("RELIEF_TRUSTED_HOSTS"):
        found["trusted_hosts"] = tuple(name.strip() for name in env["RELIEF_TRUSTED_HOSTS"].split(",") if name.strip())
    elif public := urlsplit(found.get("public_url") or "").hostname:
        found["trusted_hosts"] = (public, *HERE)
    return found


def for_demo(instance: Path | None = None) -> Settings:
    """The demo's settings: SQLite under `instance/demo`, secrets generated once and kept beside it."""
    folder = instance or Path(os.environ.get("RELIEF_DEMO_INSTANCE", ROOT / "instance" / "demo"))
    folder.mkdir(parents=True, exist_ok=True)
    secret_file = folder / "secrets.json"
    if not secret_file.exists():
        names = ("secret", "field", "index", "audit")
        made = {name: base64.b64encode(secrets.token_bytes(32)).decode() for name in names}
        secret_file.touch(mode=0o600)
        secret_file.write_text(json.dumps(made))
    kept = json.loads(secret_file.read_text())
    ring = Keyring(
        {"k1": base64.b64decode(kept["field"])}, "k1", base64.b64decode(kept["index"]), base64.b64decode(kept["audit"])
    )
    return Settings(
        database_url=f"sqlite:///{folder / 'relief.db'}",
        secret_key=kept["secret"], keyring=ring, instance=folder, demo=True, trusted_hosts=HERE,
    )  # fmt: skip
