"""How is the record proved and sealed from the command line?"""

from __future__ import annotations

import click

from relief.commands.instance import migrated
from relief.commands.speaking import Refused, _, helped


@click.command(
    "verify-audit",
    **helped(_("Prove that the record is whole. Recomputes its hashes and chains and names the first broken row."))
)  # fmt: skip
def verify_audit() -> None:
    from relief.audit.queries import verify
    from relief.audit.service import chain_head
    from relief.db import db
    from relief.payments.record_heads import find_cut
    from relief.triggers import missing
    from relief.web.sentences import render

    with migrated():
        found = verify()
        broken = found.broken.sentence if found.broken else find_cut()
        if broken:
            raise Refused(render(broken))
        if gone := missing(db.session.connection()):
            raise Refused(_("These triggers, which keep the record from change, are gone: %(names)s",
                            names=", ".join(gone)))  # fmt: skip
        counts = {"lines": found.lines, "sealed": found.sealed, "head": chain_head()}
        click.echo(_("The record is whole: %(lines)s lines, %(sealed)s of them sealed. Head: %(head)s", **counts))


@click.command(
    "seal-record", **helped(_("Seal the record. Every line that is not sealed yet joins the chain of its union."))
)  # fmt: skip
def seal_record() -> None:
    from relief.audit.service import chain_head, seal_chains

    with migrated():
        count = seal_chains()
        click.echo(_("%(count)s lines sealed. Head: %(head)s", count=count, head=chain_head()))
