"""How does the database come to this program's schema, and is it one that keeps its word?"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from relief.commands.instance import actor, by_option, opened
from relief.commands.speaking import Refused, _, helped

if TYPE_CHECKING:
    from relief.domain.permissions import Actor

STANDING = ("relief.policies.service", "relief.funds.service")


@click.command(
    **helped(_("Bring the database to this program's schema. Lays its standing rows where they are missing."))
)  # fmt: skip
@by_option
def migrate(by: str | None) -> None:
    with opened():
        bring_up_to_date(by=actor(by))
        click.echo(_("The database is at revision %(revision)s.", revision=revision()))


def bring_up_to_date(*, by: Actor) -> None:
    """Migrate to the newest schema; seed calendar, policies and funds where they are missing."""
    from flask_migrate import upgrade

    upgrade()
    for name in STANDING:
        import_module(name).prepare(by=by)


def revision() -> str | None:
    """The schema's revision in the database; None before the first migration."""
    from alembic.migration import MigrationContext

    from relief.db import db

    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current() -> bool:
    """Whether the database is at the newest revision that this program brings."""
    from alembic.script import ScriptDirectory

    from relief.config import ROOT

    return revision() == ScriptDirectory(str(ROOT / "migrations")).get_current_head()


def require_durable() -> None:
    """Refuse a PostgreSQL that acknowledges what it may lose: fsync or synchronous_commit off."""
    import sqlalchemy as sa

    from relief.db import db

    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect() as connection:
        off = [name for name in ("fsync", "synchronous_commit")
               if connection.scalar(sa.text(f"SHOW {name}")) == "off"]  # fmt: skip
    if off:
        raise Refused(_("the database may lose what it confirmed: %(names)s is off.", names=", ".join(off)))
