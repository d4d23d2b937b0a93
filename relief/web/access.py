"""Who may open this page? Every view says so: `@requires("…")`, `@signed_in` or `@public`.

The mark stays on the view as `access`, and `tests/house` holds every route against the written table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g, redirect, request, url_for

from relief.accounts import sessions
from relief.domain.errors import NotAllowed
from relief.domain.permissions import PERMISSIONS, Actor

View = TypeVar("View", bound=Callable[..., Any])


def actor() -> Actor:
    """Who acts; views behind `requires` or `signed_in` always have one."""
    return cast(Actor, g.actor)


def public(view: View) -> View:
    """Anyone may open it."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anyone with an account may open it."""
    return _guarded(view, ())


def requires(*permissions: str) -> Callable[[View], View]:
    """Holders of any of the permissions may open it; others get 403, strangers the sign-in page."""
    unknown = [name for name in permissions if name not in PERMISSIONS]
    if unknown:
        raise ValueError(f"unknown permissions: {unknown}")
    return lambda view: _guarded(view, permissions)


def confirmed(view: View) -> View:
    """The password must have been given within the last minutes; else it is asked for first."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if not sessions.is_confirmed():
            back = request.path if request.method == "GET" else request.form.get("back") or "/"
            return redirect(url_for("accounts.confirm", next=back), 303)
        return view(*args, **kwargs)

    return cast(View, checked)


def _guarded(view: View, permissions: tuple[str, ...]) -> View:
    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if g.actor is None:
            back = request.full_path.rstrip("?") if request.method == "GET" else "/"
            return redirect(url_for("accounts.sign_in", next=back), 303)
        if permissions and not any(g.actor.can(name) for name in permissions):
            raise NotAllowed(
                None, "Your role does not include this: %(permission)s.", permission=PERMISSIONS[permissions[0]]
            )
        return view(*args, **kwargs)

    checked.access = permissions or "signed_in"  # type: ignore[attr-defined]
    return cast(View, checked)
