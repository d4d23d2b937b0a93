"""How does a roster come in from the command line? The same import as the page, with a report for man or machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relief.commands.instance import actor, by_option, migrated
from relief.commands.speaking import Steps, _, helped

if TYPE_CHECKING:
    from relief.domain.permissions import Actor


@click.command(
    "import-roster", **helped(_("Import a workbook of households and members. Every row ends with an outcome."))
)  # fmt: skip
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Judge every row and change nothing."))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help=_("Text for people, JSON for programs."))  # fmt: skip
@click.option("--union", "union_code", metavar="CODE",
              help=_("Import for this union only; rows of others are rejected."))  # fmt: skip
@by_option
def import_roster(file: Path, dry_run: bool, form: str, union_code: str | None, by: str | None) -> None:
    from relief.domain.roster.report import as_json, as_text
    from relief.households.roster_import import import_file
    from relief.web.sentences import render

    with migrated():
        who = _within(union_code, actor(by)) if union_code else actor(by)
        report = import_file(file, by=who, dry_run=dry_run, progress=Steps(1, to_stderr=True).progress)
        if form == "json":
            click.echo(json.dumps(as_json(report), ensure_ascii=False))
        else:
            click.echo(as_text(report, render))


def _within(union_code: str, by: Actor) -> Actor:
    """The named actor with a reviewer's rights in this union and those below it."""
    import sqlalchemy as sa

    from relief.accounts.models import Union
    from relief.accounts.queries import scope_of
    from relief.db import db
    from relief.domain.errors import RuleBroken
    from relief.domain.permissions import Actor, Role

    union = db.session.scalar(sa.select(Union).where(Union.code == union_code))
    if union is None:
        raise RuleBroken("union_code", "There is no union with the code %(code)s.", code=union_code)
    roles = frozenset({Role.REVIEWER})
    return Actor(name=by.name, roles=roles, union_id=union.id, union_name=union.name, scope=scope_of(union))
