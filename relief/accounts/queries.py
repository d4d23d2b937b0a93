"""Who is who, and who sees what? Users, their roles today, and the subtree that each may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Grant, Union, User
from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor, Role, roles_with


def actor_of(user: User) -> Actor:
    """The user as an actor: roles held today, and the unions of the subtree below the user's own."""
    return Actor(
        name=user.person.name, user_id=user.id, person_id=user.person_id, roles=roles_of(user.id, clock.today()),
        union_id=user.union_id, union_name=user.union.name, scope=scope_of(user.union),
    )  # fmt: skip


def roles_of(user_id: int, on: date) -> frozenset[Role]:
    """The roles that a user holds on a day."""
    held = sa.select(Grant.role).where(Grant.user_id == user_id, held_on(on))
    return frozenset(Role(role) for role in db.session.scalars(held))


def current_grants(user_id: int, on: date) -> Sequence[Grant]:
    """The grants that hold on a day, the oldest first."""
    mine = sa.select(Grant).where(Grant.user_id == user_id, held_on(on))
    return db.session.scalars(mine.order_by(Grant.since, Grant.id)).all()


def get_grant(grant_id: int, user_id: int) -> Grant:
    """The grant of this user, or NotYours."""
    found = db.session.get(Grant, grant_id)
    if found is None or found.user_id != user_id:
        raise NotYours
    return found


def held_on(on: date) -> sa.ColumnElement[bool]:
    """The condition that a grant holds on a day: from its first day on, until its end excluded."""
    return sa.and_(Grant.since <= on, sa.or_(Grant.until.is_(None), Grant.until > on))


def roles_held_by_person(person_id: int | None, user_id: int, on: date) -> frozenset[Role]:
    """The roles held on a day or later by a user, or by all accounts of a person when one is given."""
    whose = User.person_id == person_id if person_id is not None else User.id == user_id
    still = sa.or_(Grant.until.is_(None), sa.and_(Grant.until > on, Grant.until > Grant.since))
    held = sa.select(Grant.role).join(User, User.id == Grant.user_id).where(whose, still)
    return frozenset(Role(role) for role in db.session.scalars(held))


def holders_of(permission: str, on: date) -> Sequence[User]:
    """The open accounts that hold a permission on a day, by number."""
    roles = [role.value for role in roles_with(permission)]
    held = sa.select(Grant.user_id).where(Grant.role.in_(roles), held_on(on))
    return db.session.scalars(
        sa.select(User).where(User.id.in_(held), User.disabled_at.is_(None)).order_by(User.id)
    ).all()


def scope_of(union: Union) -> frozenset[int] | None:
    """The ids of the subtree; None for the root, which sees the whole tree."""
    if union.parent_id is None:
        return None
    below = sa.select(Union.id).where(Union.path.startswith(union.path, autoescape=True))
    return frozenset(db.session.scalars(below))


def within(column: Any, by: Actor) -> sa.ColumnElement[bool]:
    """The condition that keeps a query inside the actor's subtree."""
    if by.is_system or by.scope is None:
        return sa.true()
    return column.in_(sorted(by.scope)) if by.scope else sa.false()


def get_union(union_id: int, *, by: Actor) -> Union:
    """The union, or NotYours outside the subtree."""
    by.require_sight(union_id)
    union = db.session.get(Union, union_id)
    if union is None:
        raise NotYours
    return union


def list_unions(*, by: Actor) -> Sequence[Union]:
    """The active unions that the actor sees, in tree order."""
    return db.session.scalars(
        sa.select(Union).where(Union.active, within(Union.id, by)).order_by(Union.path, Union.id)
    ).all()


def unit_choices(*, by: Actor) -> list[tuple[str, str]]:
    """The units that the actor sees as choices of a form or filter: id and short name, in tree order."""
    rows = db.session.execute(
        sa.select(Union.id, Union.short_name).where(Union.active, within(Union.id, by)).order_by(Union.path, Union.id)
    )
    return [(str(row.id), row.short_name) for row in rows]


def find_user(username: str) -> User | None:
    """The account with this user name."""
    return db.session.scalar(sa.select(User).where(User.username == username.strip().lower()))


def get_user(user_id: int, *, by: Actor) -> User:
    """The account, or NotYours outside the subtree."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotYours
    by.require_sight(user.union_id)
    return user


def get_root() -> Union:
    """The bureau union, the root of the tree."""
    return db.session.scalars(sa.select(Union).where(Union.parent_id.is_(None))).one()
