"""How is a copy of the database made from the command line?"""

from __future__ import annotations

import click

from relief.commands.instance import migrated
from relief.commands.speaking import Refused, _, helped


@click.command(
    **helped(_("Copy the database while it is in use. The copy's name is printed; the newest ones are kept."))
)  # fmt: skip
@click.option("--keep", type=click.IntRange(min=1), default=14, show_default=True, help=_("How many copies to keep."))
def backup(keep: int) -> None:
    from relief.backups import NotBackedUp, make_backup
    from relief.db import db
    from relief.office import office

    with migrated():
        try:
            made = make_backup(db.engine.url, office().instance, keep)
        except NotBackedUp as fault:
            raise Refused(_("the copy could not be made: %(why)s", why=fault)) from fault
        click.echo(str(made))
