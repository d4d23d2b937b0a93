"""Who is signed in? Server-side sessions: rotated at sign-in, ended by idleness, age, sign-out or disabling."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Request, Response, after_this_request, g, session

from relief import clock
from relief.accounts.models import SignInSession, User
from relief.accounts.queries import actor_of
from relief.audit.service import record
from relief.db import db, transaction
from relief.domain.errors import NotYours
from relief.domain.permissions import Actor
from relief.office import office
from relief.sealing import token_hash
from relief.web.locale import keep_language

TOKEN = "sign_in"  # noqa: S105 - the name of a cookie entry
HALFWAY = "halfway"
SEEN_EVERY = timedelta(minutes=1)
CONFIRMED_FOR = timedelta(minutes=15)
HALFWAY_FOR = timedelta(minutes=5)


def start(user: User, address: str, agent: str) -> None:
    """Begin a session under a fresh token, in the user's language; the one before, if any, ends."""
    end_current("rotated")
    token, now = secrets.token_urlsafe(32), clock.now()
    opened = SignInSession(
        token_hash=token_hash(token), user_id=user.id, created_at=now, last_seen_at=now, confirmed_at=now,
        address=address[:64], agent=agent[:200],
    )  # fmt: skip
    with transaction() as writing:
        writing.add(opened)
        changes = {"address": opened.address}
        record("user.sign_in", "user", user.id, by=actor_of(user), union_id=user.union_id, changes=changes)
    session.clear()
    session[TOKEN] = token
    _speak(user.language)


def sign_out(*, by: Actor) -> None:
    """End the session of this browser because its user says so."""
    with transaction():
        record("user.sign_out", "user", by.user_id, by=by, union_id=by.union_id)
        end_current("signed_out")


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


def end_own(session_id: int, *, by: Actor) -> None:
    """End one of the actor's own sessions; NotYours for anybody else's."""
    with transaction():
        found = db.session.get(SignInSession, session_id)
        if found is None or found.user_id != by.user_id:
            raise NotYours
        end([session_id], "revoked")
        record("user.end_session", "user", by.user_id, by=by, union_id=by.union_id, changes={"sessions": [session_id]})


def end_others(*, by: Actor, why: str = "revoked") -> int:
    """End all of the actor's sessions but this one; how many."""
    with transaction():
        here = g.sign_in.id if g.get("sign_in") else None
        ids = [one.id for one in list_open(by.user_id) if one.id != here]
        end(ids, why)
        record("user.end_session", "user", by.user_id, by=by, union_id=by.union_id, changes={"sessions": ids})
        return len(ids)


def end_all_of(user_id: int, why: str) -> None:
    """End every open session of a user."""
    with transaction():
        end([one.id for one in list_open(user_id)], why)


def list_open(user_id: int | None) -> list[SignInSession]:
    """The sessions of a user that are alive, the latest seen first."""
    oldest_seen, oldest_made = _limits()
    alive = sa.select(SignInSession).where(
        SignInSession.user_id == user_id, SignInSession.ended_at.is_(None),
        SignInSession.last_seen_at >= oldest_seen, SignInSession.created_at >= oldest_made,
    )  # fmt: skip
    return list(db.session.scalars(alive.order_by(SignInSession.last_seen_at.desc(), SignInSession.id.desc())))


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


def rotate() -> None:
    """Give this browser a fresh token for the session that it has."""
    token = secrets.token_urlsafe(32)
    with transaction():
        changed = sa.update(SignInSession).where(SignInSession.id == g.sign_in.id)
        db.session.execute(changed.values(token_hash=token_hash(token)))
    session.clear()
    session[TOKEN] = token


def wait_for_code(user: User) -> None:
    """Remember for a few minutes that this browser gave the user's right password; the code is still to come."""
    end_current("rotated")
    session[HALFWAY] = [user.id, clock.now().timestamp()]


def waiting_for_code() -> User | None:
    """Who gave the right password here just now and must type a code; None when that is too long ago."""
    user_id, at = session.get(HALFWAY) or (None, 0.0)
    user = db.session.get(User, user_id) if user_id else None
    if user is None or user.disabled_at is not None or user.totp_secret is None:
        return None
    since = (user.password_changed_at or user.created_at).timestamp()
    return user if since <= at and clock.now().timestamp() - at <= HALFWAY_FOR.total_seconds() else None


def current_actor() -> Actor | None:
    """Who acts in this request, if anybody is signed in."""
    return g.get("actor")


def _find(token: str | None) -> SignInSession | None:
    if not token:
        return None
    return db.session.scalar(sa.select(SignInSession).where(SignInSession.token_hash == token_hash(token)))


def _is_alive(found: SignInSession) -> bool:
    oldest_seen, oldest_made = _limits()
    return found.ended_at is None and found.last_seen_at >= oldest_seen and found.created_at >= oldest_made


def _limits() -> tuple[datetime, datetime]:
    """Since when a living session was seen, and since when it was begun."""
    settings, now = office(), clock.now()
    return now - timedelta(minutes=settings.session_idle_minutes), now - timedelta(hours=settings.session_hours)


def _touch(session_id: int) -> None:
    with transaction():
        db.session.execute(
            sa.update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=clock.now())
        )
    g.user = db.session.get(User, g.user.id)


def _speak(language: str | None) -> None:
    def keep(response: Response) -> Response:
        keep_language(response, language)
        return response

    after_this_request(keep)
