"""How do unions, users and roles come and go?"""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.accounts import passwords
from relief.accounts.models import Grant, Union, UnionAlias, User
from relief.audit.service import record
from relief.db import db, transaction
from relief.domain.errors import RuleBroken
from relief.domain.permissions import Actor, Role


def create_union(
    *, name: str, short_name: str, code: str, parent_id: int | None, by: Actor, phone: str | None = None,
    address: str | None = None, area: str | None = None, aliases: tuple[str, ...] = (),
) -> Union:  # fmt: skip
    """Add a union below its parent; the first one, without a parent, is the bureau."""
    with transaction():
        parent = db.session.get(Union, parent_id) if parent_id else None
        level = "bureau" if parent is None else "grassroots" if parent.parent_id is None else "group"
        union = Union(
            name=name, short_name=short_name, code=code, parent_id=parent_id, level=level, path=f"?{code}",
            phone=phone, address=address, area=area,
        )  # fmt: skip
        db.session.add(union)
        db.session.flush()
        union.path = f"{parent.path if parent else '/'}{union.id}/"
        db.session.add_all(UnionAlias(union_id=union.id, name=alias) for alias in aliases)
        record("union.create", "union", union.id, by=by, union_id=union.id, changes={"name": name, "code": code})
        return union


def create_user(
    *, person_id: int, union_id: int, username: str, roles: tuple[Role, ...], by: Actor, password: str | None = None
) -> User:
    """Add an account with its roles from today; without a password it waits for its invitation."""
    by.require("user.manage")
    with transaction():
        username = username.strip().lower()
        if db.session.scalar(sa.select(User.id).where(User.username == username)):
            raise RuleBroken("username", "This user name is taken.")
        user = User(person_id=person_id, union_id=union_id, username=username, created_at=clock.now())
        if password is not None:
            passwords.set_on(user, password)
        db.session.add(user)
        db.session.flush()
        for role in roles:
            grant(user.id, role, by=by)
        changes = {"username": username, "person": person_id}
        record("user.create", "user", user.id, by=by, union_id=union_id, changes=changes)
        return user


def grant(user_id: int, role: Role, *, by: Actor) -> Grant:
    """Give a role from today."""
    by.require("user.manage")
    with transaction():
        given = Grant(user_id=user_id, role=role.value, since=clock.today(), granted_by=by.user_id)
        db.session.add(given)
        record("user.grant", "user", user_id, by=by, changes={"role": role.value})
        return given
