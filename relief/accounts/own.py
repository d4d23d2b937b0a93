"""What may people change on their own account? Password, language, size of type."""

from __future__ import annotations

from relief.accounts import invitations, passwords, sessions
from relief.accounts.models import User
from relief.accounts.sign_in import confirm_password
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.permissions import Actor


def change_password(current: str, new: str, *, address: str, by: Actor) -> User:
    """Give the current password and set a new one; all other sessions and links for a password end.

    RuleBroken on `current` or `password`.
    """
    user = db.session.get_one(User, by.user_id)
    confirm_password(user, current, address=address, field="current")
    with transaction():
        user = locked(User, user.id)
        passwords.set_on(user, new)
        sessions.end_others(by=by, why="password")
        invitations.close_open(user.id)
        record("user.change_password", "user", user.id, by=by, union_id=user.union_id)
        return user


def switch_large_type(*, by: Actor) -> User:
    """Large type on where it was off, off where it was on: one press, for whoever reads badly."""
    with transaction():
        user = locked(User, by.user_id or 0)
        user.large_type = not user.large_type
        changes = {"large_type": (not user.large_type, user.large_type)}
        record("user.switch_large_type", "user", user.id, by=by, union_id=user.union_id, changes=changes)
        return user


def choose_looks(language: str | None, large_type: bool, *, version: int | None, by: Actor) -> User:
    """Keep the language and the size of type that this user reads in."""
    with transaction():
        user = locked(User, by.user_id or 0, version)
        changes = {"language": (user.language, language), "large_type": (user.large_type, large_type)}
        user.language, user.large_type = language, large_type
        record("user.choose_looks", "user", user.id, by=by, union_id=user.union_id, changes=changes)
        return user
