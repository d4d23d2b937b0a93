"""How is a copy of the database made from the command line, and put back?"""

from __future__ import annotations

from pathlib import Path

import click

from relief.commands.instance import actor, by_option, migrated, opened
from relief.commands.speaking import Refused, _, helped


@click.command(
    **helped(_("Copy the database while it is in use, sealed. The copy's name is printed; the newest ones are kept."))
)  # fmt: skip
@click.option("--keep", type=click.IntRange(min=1), help=_("How many copies to keep; else the office's setting."))
def backup(keep: int | None) -> None:
    from relief.backups import NotBackedUp, make_backup
    from relief.db import db
    from relief.office import office

    with migrated():
        try:
            made = make_backup(db.engine.url, office().instance, keep or office().backups_kept)
        except NotBackedUp as fault:
            raise Refused(_("the copy could not be made: %(why)s", why=fault)) from fault
        click.echo(str(made))


@click.command(
    **helped(_("Put a copy back. It is checked whole first; a database that holds data is left alone without --yes."))
)  # fmt: skip
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help=_("Put it over what the database holds now; a copy of that is kept first."))
@by_option
def restore(file: Path, yes: bool, by: str | None) -> None:
    from relief import backups
    from relief.db import db
    from relief.files.blobs import count_missing
    from relief.office import office

    with opened():
        address, instance = db.engine.url, office().instance
        db.session.remove()
        db.engine.dispose()
        kept: list[str] = []
        header = backups.restore(file, address, over=yes, room=instance, before=lambda: _keep_first(kept))
        lines = _bring_up(by, {"made_at": header.made_at, "sha256": header.sha256, "kept": "".join(kept)})
        told_of = {"made_at": header.made_at, "lines": lines}
        click.echo(_("Restored the copy of %(made_at)s: %(lines)s lines of the record.", **told_of))
        missing, all_papers = count_missing()
        if missing:
            told = {"missing": missing, "all": all_papers, "folder": office().blob_folder}
            click.echo(_("%(missing)s of %(all)s papers are not in %(folder)s: put that folder back too.", **told))


def _keep_first(kept: list[str]) -> None:
    """Copy what the restore is about to overwrite; nothing where there is nothing, or nothing that can be read."""
    from relief.backups import NotBackedUp, make_backup
    from relief.backups.restoring import holds_something
    from relief.db import db
    from relief.office import office

    if not holds_something(db.engine.url):
        return
    try:
        made = make_backup(db.engine.url, office().instance, keep=office().backups_kept + 1)
    except NotBackedUp as fault:
        click.echo(_("What the database holds could not be copied first: %(why)s", why=fault), err=True)
        return
    click.echo(_("What the database held is kept as %(file)s.", file=made))
    kept.append(made.name)


def _bring_up(by: str | None, changes: dict[str, str]) -> int:
    """An older schema is brought up to date; the record says that the database was put back. How many lines it has."""
    import sqlalchemy as sa

    from relief.audit.models import AuditEntry
    from relief.audit.service import record
    from relief.commands.database import bring_up_to_date, is_current
    from relief.db import db, transaction

    if not is_current():
        bring_up_to_date(by=actor(by))
    with transaction():
        record("database.restore", "database", None, by=actor(by), changes=changes, unusual="database_restored")
    return db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) or 0
