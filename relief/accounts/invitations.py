"""How does a person get a first password, or a new one? By a link that works once and ends after seven days.

The link's code is shown once, on the screen or the slip of whoever made it; only its hash is kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from relief import clock
from relief.accounts import passwords, sessions
from relief.accounts.models import Invitation, User
from relief.accounts.queries import actor_of, get_user
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.permissions import Actor
from relief.sealing import token_hash

VALID_FOR = timedelta(days=7)
FIRST, RESET = "first", "reset"
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 4, 5


@dataclass(frozen=True)
class Issued:
    """A fresh invitation and its code, which is nowhere else."""

    invitation: Invitation
    user: User
    code: str


def invite(user_id: int, *, by: Actor) -> Issued:
    """Make the link for a first password; links made before stop working."""
    by.require("user.manage")
    with transaction():
        user = locked(User, get_user(user_id, by=by).id)
        if user.password_hash is not None:
            raise RuleBroken(None, "This person has signed in already. The chair resets the password.")
        return _issue(user, FIRST, by)


def reset_password(user_id: int, *, by: Actor) -> Issued:
    """Make the link for a new password. The old one holds until the link is used. Never for oneself."""
    by.require("password.reset")
    with transaction():
        user = locked(User, get_user(user_id, by=by).id)
        if user.id == by.user_id or (by.person_id is not None and user.person_id == by.person_id):
            raise NotAllowed(None, "Nobody resets the own password. Change it on your account page.")
        return _issue(user, RESET, by)


def find_open(code: str) -> Invitation | None:
    """The invitation of this code while it works: not used, not too old, not for a closed account."""
    found = db.session.scalar(sa.select(Invitation).where(Invitation.token_hash == _hash(code)))
    if found is None or found.used_at is not None or found.expires_at <= clock.now():
        return None
    return found if user_of(found).disabled_at is None else None


def user_of(invitation: Invitation) -> User:
    """Whose account the invitation opens."""
    return db.session.get_one(User, invitation.user_id)


def accept(code: str, password: str) -> User:
    """Set the password and use the link up; every session of the user ends. RuleBroken on `password`."""
    with transaction():
        found = find_open(code)
        if found is None or locked(Invitation, found.id).used_at is not None:
            raise RuleBroken(None, "This link was used, or it is older than seven days. Ask for a new one.")
        user = locked(User, found.user_id)
        passwords.set_on(user, password)
        found.used_at = clock.now()
        sessions.end_all_of(user.id, "password")
        changes = {"invitation": found.id, "purpose": found.purpose}
        record("user.accept_invitation", "user", user.id, by=actor_of(user), union_id=user.union_id, changes=changes)
        return user


def close_open(user_id: int) -> None:
    """Let every link of this account end now; part of a verb's transaction."""
    now = clock.now()
    still = sa.update(Invitation).where(Invitation.user_id == user_id, Invitation.expires_at > now)
    db.session.execute(still.values(expires_at=now))


def _issue(user: User, purpose: str, by: Actor) -> Issued:
    if user.disabled_at is not None:
        raise RuleBroken(None, "This account is closed. Open it first.")
    now, code = clock.now(), _new_code()
    close_open(user.id)
    made = Invitation(
        user_id=user.id, token_hash=_hash(code), purpose=purpose, made_by=by.user_id, made_at=now,
        expires_at=now + VALID_FOR,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(
        "user.reset_password" if purpose == RESET else "user.invite", "user", user.id, by=by, union_id=user.union_id,
        changes={"until": made.expires_at}, unusual="password_reset" if purpose == RESET else None,
    )  # fmt: skip
    return Issued(made, user, code)


def _new_code() -> str:
    """98 bits in signs that are told apart on paper: `7KQ2M-…`."""
    groups = ("".join(secrets.choice(SIGNS) for _sign in range(GROUP)) for _group in range(GROUPS))
    return "-".join(groups)


def _hash(code: str) -> str:
    """Typed by hand or opened as a link: capitals and hyphens do not matter."""
    return token_hash("".join(sign for sign in code.upper() if sign in SIGNS))
