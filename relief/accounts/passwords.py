"""Is this the password? argon2, with equal work for a user who does not exist."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from relief import clock
from relief.accounts.models import User
from relief.domain.errors import RuleBroken

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")
SHORTEST = 10
LONGEST = 128


def set_on(user: User, password: str) -> None:
    """Judge and set a password; RuleBroken on `password`."""
    judge(password, user.username)
    user.password_hash = _hasher.hash(password)
    user.password_changed_at = clock.now()


def judge(password: str, username: str) -> None:
    """A password is long enough and is not the user name; RuleBroken on `password`."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise RuleBroken("password", "A password has at least %(shortest)s characters.", shortest=SHORTEST)
    if username and username.lower() in password.lower():
        raise RuleBroken("password", "A password does not contain the user name.")


def matches(user: User | None, password: str) -> bool:
    """Whether the password is the user's; the same work for nobody."""
    try:
        _hasher.verify(user.password_hash if user and user.password_hash else _NOBODY, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return user is not None and user.password_hash is not None
