"""Is this the one-time code on the user's phone? RFC 6238 by pyotp, an extra that the strict profile demands."""

from __future__ import annotations

import hmac
from datetime import datetime
from importlib.util import find_spec
from typing import Any

from relief import clock, sealing
from relief.accounts.models import User
from relief.audit.service import record
from relief.config import Settings
from relief.db import locked, transaction
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.permissions import Actor

STEP = 30
_OFFER = "totp.offer"


def demand(settings: Settings) -> None:
    """Refuse to start the strict profile without the library that checks the codes."""
    if settings.profile == "strict" and not is_available():
        raise RuntimeError("The strict profile needs one-time codes: install relief[otp] (pyotp).")


def is_available() -> bool:
    """Whether one-time codes can be set up here."""
    return find_spec("pyotp") is not None


def offer(user: User) -> str:
    """A fresh secret for this user, sealed, for the form that sets it up: nothing is stored before it is proved."""
    import pyotp

    return sealing.seal(pyotp.random_base32().encode(), f"{_OFFER}.{user.id}")


def secret_in(offered: str, user_id: int) -> str:
    """The secret that `offer` sealed; RuleBroken for anything else."""
    try:
        return sealing.unseal(offered, f"{_OFFER}.{user_id}").decode()
    except Exception as broken:
        raise RuleBroken(None, "This page was open for too long. Load it again.") from broken


def link(secret: str, user: User, office: str) -> str:
    """The address that an authenticator app reads from the QR picture."""
    return str(_otp(secret).provisioning_uri(name=user.username, issuer_name=office))


def enrol(user_id: int, offered: str, code: str, *, by: Actor) -> User:
    """Set up the second factor once its first code proves that the phone has it; RuleBroken on `code`."""
    if by.user_id != user_id:
        raise NotAllowed(None, "Everybody sets up the second factor with the own phone.")
    secret = secret_in(offered, user_id)
    with transaction():
        user = locked(User, user_id)
        user.totp_secret, user.totp_used = secret, None
        _use(user, code)
        record("user.enrol", "user", user.id, by=by, union_id=user.union_id)
        return user


def check(user_id: int, code: str) -> User:
    """Take a code, once; RuleBroken on `code` when it is wrong or was used before."""
    with transaction():
        user = locked(User, user_id)
        _use(user, code)
        return user


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step whose code this is: now, the one before, or the one after; None when it is none of them."""
    now = int(at.timestamp()) // STEP
    typed = "".join(code.split()).encode()
    codes = {step: str(_otp(secret).generate_otp(step)).encode() for step in (now, now - 1, now + 1)}
    return next((step for step, expected in codes.items() if hmac.compare_digest(expected, typed)), None)


def _use(user: User, code: str) -> None:
    step = step_of(user.totp_secret, code, clock.now()) if user.totp_secret else None
    if step is None or (user.totp_used is not None and step <= user.totp_used):
        raise RuleBroken("code", "This code does not fit. Type the code that the phone shows now; each works once.")
    user.totp_used = step


def _otp(secret: str) -> Any:
    import pyotp

    return pyotp.TOTP(secret)
