"""Who is signed in? Server-side sessions: rotated at sign-in, ended by idleness, age, sign-out or disabling."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa
from flask import Request, current_app, g, session

from relief import clock
from relief.accounts.models import SignInSession, User
from relief.accounts.queries import actor_of
from relief.db import db, transaction
from relief.domain.permissions import Actor
from relief.sealing import token_hash

TOKEN = "sign_in"  # noqa: S105 - the name of a cookie entry
SEEN_EVERY = timedelta(minutes=1)
CONFIRMED_FOR = timedelta(minutes=15)


def start(user: User, address: str, agent: str) -> None:
    """Begin a session under a fresh token; the one before, if any, ends."""
    end_current("rotated")
    token, now = secrets.token_urlsafe(32), clock.now()
    with transaction():
        db.session.add(
            SignInSession(
                token_hash=token_hash(token), user_id=user.id, created_at=now, last_seen_at=now, confirmed_at=now,
                address=address[:64], agent=agent[:200],
            )  # fmt: skip
        )
    session.clear()
    session[TOKEN] = token


def end_current(why: str) -> None:
    """End the session of this browser, at once."""
    found = _find(session.get(TOKEN))
    session.clear()
    if found:
        end([found.id], why)


def end(session_ids: list[int], why: str) -> None:
    """End sessions by id: sign-out, disabling, a change of roles or password."""
    with transaction():
        db.session.execute(
            sa.update(SignInSession)
            .where(SignInSession.id.in_(session_ids), SignInSession.ended_at.is_(None))
            .values(ended_at=clock.now(), ended_why=why)
        )


def end_all_of(user_id: int, why: str) -> None:
    """End every open session of a user."""
    ids = db.session.scalars(
        sa.select(SignInSession.id).where(SignInSession.user_id == user_id, SignInSession.ended_at.is_(None))
    ).all()
    end(list(ids), why)


def load(request: Request) -> None:
    """Put the signed-in user and actor on `g` for this request; neither for a dead or missing session."""
    g.actor, g.user, g.sign_in = None, None, None
    found = _find(session.get(TOKEN))
    if found is None or not _is_alive(found):
        return
    user = db.session.get(User, found.user_id)
    if user is None or user.disabled_at is not None:
        return
    g.user, g.sign_in, g.actor = user, found, actor_of(user)
    if clock.now() - found.last_seen_at > SEEN_EVERY:
        _touch(found.id)


def is_confirmed() -> bool:
    """Whether the password was given within the last minutes, for release of money and change of account."""
    found: SignInSession | None = g.sign_in
    return found is not None and clock.now() - found.confirmed_at <= CONFIRMED_FOR


def confirm() -> None:
    """Note that the password was given again just now."""
    with transaction():
        db.session.execute(
            sa.update(SignInSession).where(SignInSession.id == g.sign_in.id).values(confirmed_at=clock.now())
        )


def current_actor() -> Actor | None:
    """Who acts in this request, if anybody is signed in."""
    return g.get("actor")


def _find(token: str | None) -> SignInSession | None:
    if not token:
        return None
    return db.session.scalar(sa.select(SignInSession).where(SignInSession.token_hash == token_hash(token)))


def _is_alive(found: SignInSession) -> bool:
    settings = current_app.extensions["relief"]
    now = clock.now()
    return (
        found.ended_at is None
        and now - found.last_seen_at <= timedelta(minutes=settings.session_idle_minutes)
        and now - found.created_at <= timedelta(hours=settings.session_hours)
    )


def _touch(session_id: int) -> None:
    with transaction():
        db.session.execute(
            sa.update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=clock.now())
        )
    g.user = db.session.get(User, g.user.id)
