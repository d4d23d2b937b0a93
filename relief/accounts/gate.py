"""What must a signed-in user do before anything else? Renew an old password, set up the second factor."""

from __future__ import annotations

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from relief.accounts import passwords
from relief.domain.granting import needs_second_factor

STAY_OPEN = ("accounts.change_password", "accounts.second_factor", "accounts.confirm", "accounts.sign_out")


def first_things_first() -> ResponseReturnValue | None:
    """Lead to the page that must be done first; None when nothing is due or the page is open to everybody."""
    if g.get("user") is None or request.endpoint in STAY_OPEN or _is_public():
        return None
    if is_password_due():
        return redirect(url_for("accounts.change_password"), 303)
    if is_second_factor_due():
        return redirect(url_for("accounts.second_factor"), 303)
    return None


def is_password_due() -> bool:
    """Whether the signed-in user's password is too old to go on with."""
    return passwords.is_expired(g.user)


def is_second_factor_due() -> bool:
    """Whether the signed-in user's roles ask for a second factor that is not there yet."""
    return g.user.totp_secret is None and needs_second_factor(g.actor.roles, strict=passwords.is_strict())


def _is_public() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "access", "public") == "public"
