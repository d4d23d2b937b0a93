"""What can be told Relief from a terminal? `relief --help` lists the commands.

Exit codes: 0 done, 1 refused (the reason on stderr), 2 the command was not understood, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from relief.commands import awards, backup, database, keys, record, roster, search, serving, users
from relief.commands.speaking import _

STOPPED = 130
COMMANDS = (
    serving.demo, serving.serve, serving.worker, database.migrate, roster.import_roster, awards.import_awards,
    users.create_user, users.reset_password, users.list_users, record.verify_audit, record.seal_record,
    keys.generate_keys, backup.backup, backup.restore, serving.sweep, search.rebuild_search,
)  # fmt: skip
HELP = _("Relief: hardship-relief case management for a trade union. With nothing configured, commands use the demo.")


class InOrder(click.Group):
    """Commands in the order of a newcomer's need, not of the alphabet."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=InOrder, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--by", metavar="NAME", help=_("The name that the record keeps for what a command does."))
def group(by: str | None) -> None:
    return


for command in COMMANDS:
    group.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Do one command; its exit code."""
    try:
        outcome = group.main(args=arguments, prog_name="relief", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except click.ClickException as refused:
        refused.show()
        return refused.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped."), err=True)
        return STOPPED


def main() -> None:
    """The entry of `relief` and of `python -m relief.cli`."""
    sys.exit(run())


if __name__ == "__main__":
    main()
