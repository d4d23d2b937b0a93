"""Where do a server's secrets come from? Printed fresh, as lines for its environment."""

from __future__ import annotations

import base64
import json
import secrets

import click

from relief.commands.speaking import _, helped


@click.command(
    "generate-keys", **helped(_("Print fresh secrets as environment lines. Keep them apart from the backup."))
)  # fmt: skip
def generate_keys() -> None:
    click.echo(f"RELIEF_SECRET_KEY={_fresh()}")
    click.echo(f"RELIEF_FIELD_KEYS='{json.dumps({'k1': _fresh()})}'")
    click.echo(f"RELIEF_INDEX_KEY={_fresh()}")
    click.echo(f"RELIEF_AUDIT_KEY={_fresh()}")


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
