"""How is the index of the search made anew from the command line?"""

from __future__ import annotations

import click

from relief.commands.instance import migrated
from relief.commands.speaking import _, helped


@click.command(
    "rebuild-search", **helped(_("Make the index of the search anew, for every household. Safe at any time."))
)  # fmt: skip
def rebuild_search() -> None:
    from relief.households.grams import rebuild

    with migrated():
        click.echo(_("%(count)s households are in the index.", count=rebuild()))
