"""Is this password good enough? Two profiles: long and not on the list of common ones, or 等保 with classes and age."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from relief.domain.errors import RuleBroken

SHORTEST = 10
LONGEST = 128
CLASSES = 3
ROTATION = timedelta(days=90)
_FEWEST_SIGNS = 4
_CLASS_PATTERNS = ("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]")


def judge_password(password: str, username: str, *, strict: bool, common: Collection[str]) -> None:
    """Raise RuleBroken on `password` when it is too short, too long, easily guessed or (strict) too plain.

    `common` holds the passwords that everybody tries first, in lower case.
    """
    if len(password) < SHORTEST:
        raise RuleBroken("password", "A password has at least %(shortest)s characters.", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise RuleBroken("password", "A password has at most %(longest)s characters.", longest=LONGEST)
    if len(username) >= _FEWEST_SIGNS and username.lower() in password.lower():
        raise RuleBroken("password", "A password does not contain the user name.")
    if _is_easily_guessed(password, common):
        raise RuleBroken("password", "This password is among those that are tried first. Choose another one.")
    if strict and classes_in(password) < CLASSES:
        raise RuleBroken(
            "password", "A password mixes three of these: small letters, capitals, figures, other signs."
        )


def classes_in(password: str) -> int:
    """How many of the four classes of signs stand in it: small letters, capitals, figures, others."""
    return sum(bool(re.search(pattern, password)) for pattern in _CLASS_PATTERNS)


def is_too_old(changed_on: date, today: date, *, strict: bool) -> bool:
    """Whether the password must be changed before anything else; only the strict profile asks for it."""
    return strict and today - changed_on >= ROTATION


def _is_easily_guessed(password: str, common: Collection[str]) -> bool:
    """On the list as it is or without its signs and the figures at its end, or made of hardly any signs."""
    low = password.lower()
    letters = re.sub(r"[\W_]+", "", low)
    bare = letters.rstrip("0123456789")
    return len(set(low)) < _FEWEST_SIGNS or any(one in common for one in (low, letters, bare))
