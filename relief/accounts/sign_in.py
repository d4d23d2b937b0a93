"""Who comes in? User name and password, then a one-time code where there is one, then a session."""

from __future__ import annotations

from relief.accounts import lockout, passwords, sessions, totp
from relief.accounts.models import User
from relief.accounts.queries import find_user
from relief.audit.service import record
from relief.db import transaction
from relief.domain.errors import RuleBroken
from relief.domain.permissions import system_actor

_DOOR = "sign-in"


def check_password(username: str, password: str, *, address: str) -> User:
    """The user; the same RuleBroken for an unknown name, a wrong password and a disabled account.

    All three cost the same work. Raises RuleBroken with the end of the lock after too many tries.
    """
    lockout.count_try(username, address)
    user = find_user(username)
    if not passwords.matches(user, password) or user is None or user.disabled_at is not None:
        _note_failure(user, address)
        raise RuleBroken(None, "User name and password do not fit together.")
    return user


def check_code(user: User, code: str, *, address: str) -> User:
    """The user, once more: the code is counted as a try and taken once."""
    lockout.count_try(user.username, address)
    try:
        return totp.check(user.id, code)
    except RuleBroken:
        _note_failure(user, address)
        raise


def confirm_password(user: User, password: str, *, address: str, field: str = "password") -> None:
    """The signed-in user gives the password again, counted like a sign-in; RuleBroken on `field`."""
    lockout.count_try(user.username, address)
    if not passwords.matches(user, password):
        _note_failure(user, address)
        raise RuleBroken(field, "This is not your password.")
    lockout.forgive(user.username, address)


def enter(user: User, *, address: str, agent: str) -> User:
    """Begin the session; earlier failed tries from here are forgotten."""
    lockout.forgive(user.username, address)
    sessions.start(user, address, agent)
    return user


def _note_failure(user: User | None, address: str) -> None:
    """A line in the record, without what was typed: people type passwords into the field above."""
    with transaction():
        record(
            "user.sign_in_failed", "user", user.id if user else None, by=system_actor(_DOOR),
            union_id=user.union_id if user else None, changes={"address": address},
        )  # fmt: skip
