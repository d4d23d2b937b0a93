"""Who can be asked about a union's rows? Open accounts that work on aid there, or above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Grant, Union, User
from relief.accounts.queries import held_on
from relief.db import db
from relief.domain.auditing import may_own
from relief.domain.permissions import Role


@dataclass(frozen=True)
class Owner:
    """Somebody who can be asked: the account, the name, the roles held today, the unit."""

    id: int
    name: str
    roles: tuple[Role, ...]
    unit: str


def list_owners(union_id: int) -> list[Owner]:
    """Those whose subtree holds the union, the nearest unit first, then by name; no auditor, no administrator."""
    path = db.session.scalar(sa.select(Union.path).where(Union.id == union_id)) or ""
    above = [int(part) for part in path.split("/") if part]
    held = db.session.execute(
        sa.select(User, Grant.role)
        .join(Grant, Grant.user_id == User.id)
        .where(User.union_id.in_(above), User.disabled_at.is_(None), held_on(clock.today()))
    ).unique()
    roles: dict[User, set[Role]] = {}
    for user, role in held:
        roles.setdefault(user, set()).add(Role(role))
    nearest = sorted(roles, key=lambda user: (-above.index(user.union_id), user.person.name, user.id))
    return [_owner(user, roles[user]) for user in nearest if may_own(roles[user])]


def _owner(user: User, roles: Iterable[Role]) -> Owner:
    held = set(roles)
    return Owner(user.id, user.person.name, tuple(role for role in Role if role in held), user.union.short_name)
