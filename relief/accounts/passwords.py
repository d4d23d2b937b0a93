"""Is this the password? argon2, with equal work for a user who does not exist."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from relief import clock
from relief.accounts.models import User
from relief.domain.errors import RuleBroken
from relief.domain.password import LONGEST, SHORTEST, is_too_old, judge_password
from relief.office import office

__all__ = ["LONGEST", "SHORTEST", "is_expired", "is_strict", "judge", "matches", "set_on"]
_hasher = PasswordHasher()


def is_strict() -> bool:
    """Whether this installation runs the strict profile (等保 passwords, second factor, 三权分立)."""
    return bool(office().profile == "strict")


def set_on(user: User, password: str) -> None:
    """Judge and set a password; RuleBroken on `password`."""
    judge(password, user.username)
    if user.password_hash and matches(user, password):
        raise RuleBroken("password", "Choose another password than the one you had.")
    user.password_hash = _hasher.hash(_tidy(password))
    user.password_changed_at = clock.now()


def judge(password: str, username: str) -> None:
    """A password fits the profile of this installation; RuleBroken on `password`."""
    judge_password(_tidy(password), username, strict=is_strict(), common=_common())


def matches(user: User | None, password: str) -> bool:
    """Whether the password is the user's; the same work for nobody, for no password and for one too long."""
    known = user.password_hash if user and len(password) <= LONGEST else None
    try:
        _hasher.verify(known or _nobody(_hasher), _tidy(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


def is_expired(user: User) -> bool:
    """Whether the user must choose a new password before anything else (strict profile: 90 days)."""
    changed = user.password_changed_at or user.created_at
    return is_too_old(clock.business_date(changed), clock.today(), strict=is_strict())


def _tidy(password: str) -> str:
    """One form for signs that can be typed in two ways: an input method's full-width letters are plain ones."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobody(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody has this password")


@cache
def _common() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())
