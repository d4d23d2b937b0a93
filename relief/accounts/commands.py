"""What does the command line do with accounts? The same verbs as the screen, for a named system actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from relief import clock
from relief.accounts import invitations, service
from relief.accounts.invitations import Issued
from relief.accounts.models import Union, User
from relief.accounts.queries import find_user
from relief.accounts.user_queries import UserLine, all_lines
from relief.db import db, transaction
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor, Role


@dataclass(frozen=True)
class MadeUser:
    """A new account, and the code of its invitation: shown once, valid until then."""

    user: User
    code: str
    valid_until: datetime


def create_user(
    *, name: str, resident_id: str, union_code: str, roles: tuple[str, ...], by: Actor, username: str = ""
) -> MadeUser:
    """Add an account and its invitation; RuleBroken names what is wrong (`union_code`, `roles`, `resident_id` …)."""
    with transaction():
        union = db.session.scalar(sa.select(Union).where(Union.code == union_code))
        if union is None:
            raise RuleBroken("union_code", "There is no union with the code %(code)s.", code=union_code)
        user = service.add_user(
            name=name, resident_id=resident_id, union_id=union.id, username=username, roles=_roles(roles), by=by
        )
        return _made(invitations.invite(user.id, by=by))


def reset_password(username: str, *, by: Actor) -> MadeUser:
    """Make the link for a new password: how an office that locked itself out comes in again."""
    user = find_user(username)
    if user is None:
        raise RuleBroken("username", "There is no account with this user name.")
    return _made(invitations.reset_password(user.id, by=by))


def list_users(*, by: Actor) -> list[UserLine]:
    """Every account that the actor sees, in the order of the tree."""
    return all_lines(by=by, on=clock.today())


def _roles(codes: tuple[str, ...]) -> tuple[Role, ...]:
    unknown = [code for code in codes if code not in set(Role)]
    if unknown:
        raise RuleBroken(
            "roles", "There is no role %(role)s. The roles are: %(roles)s.", role=unknown[0], roles=", ".join(Role)
        )
    return tuple(Role(code) for code in codes)


def _made(issued: Issued) -> MadeUser:
    return MadeUser(issued.user, issued.code, issued.invitation.expires_at)
