"""How do past awards come in from the command line? The same import as the page, with a report for man or machine."""

from __future__ import annotations

import json
from pathlib import Path

import click

from relief.commands.instance import actor, by_option, migrated
from relief.commands.speaking import Steps, _, helped


@click.command(
    "import-awards",
    **helped(_("Import a workbook of what was paid before Relief, and of awards that still run. It is never paid.")),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Judge every row and change nothing."))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help=_("Text for people, JSON for programs."))  # fmt: skip
@by_option
def import_awards(file: Path, dry_run: bool, form: str, by: str | None) -> None:
    from relief.domain.opening import as_json, as_text
    from relief.opening.service import import_file
    from relief.web.sentences import render

    with migrated():
        report = import_file(file, by=actor(by), dry_run=dry_run, progress=Steps(1, to_stderr=True).progress)
        if form == "json":
            click.echo(json.dumps(as_json(report), ensure_ascii=False))
        else:
            click.echo(as_text(report, render))
