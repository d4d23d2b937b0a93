"""How do the tests call the command line? As a person does: in a process of its own, with an environment."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys

from relief.config import ROOT, Settings

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("RELIEF_", "LC_", "LANG"))}


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a server with these settings."""
    ring = settings.keyring
    return {
        "RELIEF_DATABASE_URL": settings.database_url,
        "RELIEF_SECRET_KEY": settings.secret_key,
        "RELIEF_FIELD_KEYS": json.dumps({name: _text(value) for name, value in ring.field_keys.items()}),
        "RELIEF_INDEX_KEY": _text(ring.index_key),
        "RELIEF_AUDIT_KEY": _text(ring.audit_key),
        "RELIEF_INSTANCE": str(settings.instance),
    }


def relief(*arguments: str, typed: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """One command, run to its end."""
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=CLEAN | env, input=typed, capture_output=True, text=True, timeout=400
    )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "relief.cli", *arguments]


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
