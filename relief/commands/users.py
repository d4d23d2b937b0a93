"""How do the first accounts come to be, and who has one?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from relief.commands.instance import actor, by_option, migrated
from relief.commands.speaking import _, helped

if TYPE_CHECKING:
    from relief.accounts.commands import MadeUser
    from relief.accounts.user_queries import UserLine


@click.command("create-user", **helped(_("Add an account. Prints its invitation, which is shown once.")))
@click.option("--name", required=True, help=_("The person's name."))
@click.option("--union", "union_code", required=True, metavar="CODE", help=_("The code of the person's union."))
@click.option("--role", "roles", required=True, multiple=True, help=_("A role; may be given several times."))
@click.option("--username", default="", help=_("The user name; made from the name when it is left out."))
@by_option
def create_user(name: str, union_code: str, roles: tuple[str, ...], username: str, by: str | None) -> None:
    from relief.accounts import commands

    with migrated():
        resident_id = click.prompt(_("Resident ID (it is not shown)"), hide_input=True, err=True)
        made = commands.create_user(
            name=name, resident_id=resident_id, union_code=union_code, roles=roles, username=username, by=actor(by)
        )
        _tell(made)


@click.command("reset-password", **helped(_("Print the one-time code for a new password.")))
@click.argument("username")
@by_option
def reset_password(username: str, by: str | None) -> None:
    from relief.accounts import commands

    with migrated():
        _tell(commands.reset_password(username, by=actor(by)))


@click.command("list-users", **helped(_("List the accounts with their unions and roles.")))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help=_("Text for people, JSON for programs."))  # fmt: skip
@by_option
def list_users(form: str, by: str | None) -> None:
    from relief.accounts import commands

    with migrated():
        lines = [_plain(line) for line in commands.list_users(by=actor(by))]
    if form == "json":
        click.echo(json.dumps(lines, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            roles = ", ".join(line["roles"])
            click.echo(f"{line['username']:<16} {line['name']}  {line['union']}  {roles}  {line['state']}")


def _tell(made: MadeUser) -> None:
    from relief.web.formatting import moment

    click.echo(_("User name: %(name)s", name=made.user.username))
    click.echo(_("Invitation: %(code)s (until %(until)s)", code=made.code, until=moment(made.valid_until)))


def _plain(line: UserLine) -> dict[str, Any]:
    roles = [role.value for role in line.roles]
    return {"username": line.username, "name": line.name, "union": line.union, "roles": roles, "state": line.state}
