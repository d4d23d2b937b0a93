"""How many wrong passwords are too many? Counted per user name and per address, never for everybody.

A try is counted before its password is looked at, so that many tries at once cannot slip through together. A name
that does not exist is counted like one that does. Tries while locked out are not counted: the lock ends by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import SignInFailure, SignInSession, User
from relief.db import db, one_at_a_time, transaction
from relief.domain.errors import RuleBroken
from relief.sealing import blind_index

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)
KNOWN_FOR = timedelta(days=30)
MOST_OF_NAME_HERE = 5
MOST_OF_NAME = 15
MOST_OF_ADDRESS = 50


def count_try(username: str, address: str) -> None:
    """Count a try of this name from this address; RuleBroken when there were too many, with the end of the lock."""
    name = _index(username)
    with transaction():
        one_at_a_time("count a try")
        until = _locked_until(name, username, address)
        if until is not None:
            raise RuleBroken(None, "Too many failed tries. You can try again from %(moment)s on.", moment=until)
        now = clock.now()
        db.session.execute(sa.delete(SignInFailure).where(SignInFailure.at < now - KEPT))
        db.session.add(SignInFailure(name_index=name, address=address, at=now))


def forgive(username: str, address: str) -> None:
    """Forget the tries of this name from this address: the right password was given."""
    with transaction():
        db.session.execute(
            sa.delete(SignInFailure).where(
                SignInFailure.name_index == _index(username), SignInFailure.address == address
            )
        )


def _locked_until(name: str, username: str, address: str) -> datetime | None:
    """When the last of the locks that hold ends. The user's own usual address is not locked by strangers' tries."""
    by_name, here = SignInFailure.name_index == name, SignInFailure.address == address
    ends = [_end(MOST_OF_NAME_HERE, by_name, here), _end(MOST_OF_ADDRESS, here)]
    if not _is_known(username, address):
        ends.append(_end(MOST_OF_NAME, by_name))
    return max((end for end in ends if end is not None), default=None)


def _end(most: int, *which: sa.ColumnElement[bool]) -> datetime | None:
    """When so many tries will no longer lie within the window; None when they do not."""
    tries = sa.select(SignInFailure.at).where(*which, SignInFailure.at > clock.now() - WINDOW)
    latest_first = tries.order_by(SignInFailure.at.desc(), SignInFailure.id.desc())
    oldest = db.session.scalar(latest_first.offset(most - 1).limit(1))
    return oldest + WINDOW if oldest else None


def _is_known(username: str, address: str) -> bool:
    """Whether this user has lately been signed in from this address."""
    signed_in = sa.select(SignInSession.id).join(User, User.id == SignInSession.user_id)
    lately = SignInSession.created_at > clock.now() - KNOWN_FOR
    here = signed_in.where(User.username == _tidy(username), SignInSession.address == address, lately).limit(1)
    return db.session.scalar(here) is not None


def _index(username: str) -> str:
    return blind_index(_tidy(username), "sign_in_failure.name")


def _tidy(username: str) -> str:
    return username.strip().lower()
