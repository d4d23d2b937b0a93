"""Which accounts are there, and how do they stand? Lines of the list, one account's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Grant, Invitation, SignInSession, Union, UnionAlias, User
from relief.accounts.queries import held_on, within
from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor, Role
from relief.domain.sentences import Sentence
from relief.web.paging import PER_PAGE, Ask, Page, page_of

STATES: dict[str, Sentence] = {
    "open": label("Account open"),
    "invited": label("Waiting for the first sign-in"),
    "closed": label("Account closed"),
}
TONES = {"open": "good", "invited": "waits", "closed": "still"}


@dataclass(frozen=True)
class UserLine:
    """One account in a list: whose, where, which roles on that day, how it stands."""

    id: int
    username: str
    name: str
    union: str
    path: str
    roles: tuple[Role, ...]
    state: str

    @property
    def state_label(self) -> Sentence:
        return STATES[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


def state_of(user: User) -> str:
    """`open`, `invited` (no password yet) or `closed`."""
    if user.disabled_at is not None:
        return "closed"
    return "open" if user.password_hash else "invited"


def list_lines(chosen: Mapping[str, Any], ask: Ask, *, by: Actor, on: date, per_page: int = PER_PAGE) -> Page[UserLine]:
    """A page of the accounts that the actor sees, in tree order: filters `unit`, `role`, `state`. Two queries."""
    found = sa.select(User).join(Union, Union.id == User.union_id).where(*_conditions(chosen, by, on))
    ordered = _paged(found, ask).limit(per_page + 1)
    users: Sequence[User] = db.session.scalars(ordered).all()
    page = page_of(users, ask, lambda user: (user.union.path, user.username), per_page)
    return Page(_lines(page.rows, on), page.next_key, page.previous_key)


def all_lines(*, by: Actor, on: date) -> list[UserLine]:
    """Every account that the actor sees, in tree order."""
    found = sa.select(User).join(Union, Union.id == User.union_id).where(within(User.union_id, by))
    return _lines(db.session.scalars(found.order_by(Union.path, User.username)).all(), on)


def list_grants(user_id: int) -> Sequence[Grant]:
    """Every role that the user holds, held or will hold, the latest first."""
    mine = sa.select(Grant).where(Grant.user_id == user_id)
    return db.session.scalars(mine.order_by(Grant.since.desc(), Grant.id.desc())).all()


def last_seen(user_id: int) -> datetime | None:
    """When the user was last seen here."""
    return db.session.scalar(sa.select(sa.func.max(SignInSession.last_seen_at)).where(SignInSession.user_id == user_id))


def find_last_invitation(user_id: int) -> Invitation | None:
    """The invitation that was made last, whether it works or not."""
    mine = sa.select(Invitation).where(Invitation.user_id == user_id)
    return db.session.scalar(mine.order_by(Invitation.id.desc()).limit(1))


def list_all_unions(*, by: Actor) -> Sequence[Union]:
    """The unions that the actor sees, open and closed, in tree order."""
    found = db.session.scalars(sa.select(Union).where(within(Union.id, by)))
    return sorted(found, key=lambda union: [int(part) for part in union.path.strip("/").split("/")])


def list_aliases(union_id: int) -> Sequence[UnionAlias]:
    """The other spellings of a union."""
    mine = sa.select(UnionAlias).where(UnionAlias.union_id == union_id)
    return db.session.scalars(mine.order_by(UnionAlias.name)).all()


def _conditions(chosen: Mapping[str, Any], by: Actor, on: date) -> Iterable[sa.ColumnElement[bool]]:
    yield within(User.union_id, by)
    if unit := chosen.get("unit"):
        path = sa.select(Union.path).where(Union.id == int(unit)).scalar_subquery()
        yield Union.path.startswith(path)
    if role := chosen.get("role"):
        yield User.id.in_(sa.select(Grant.user_id).where(Grant.role == role, held_on(on)))
    if state := chosen.get("state"):
        yield _in_state(str(state))


def _in_state(state: str) -> sa.ColumnElement[bool]:
    if state == "closed":
        return User.disabled_at.is_not(None)
    has_password = User.password_hash.is_not(None) if state == "open" else User.password_hash.is_(None)
    return sa.and_(User.disabled_at.is_(None), has_password)


def _paged(found: sa.Select[User], ask: Ask) -> sa.Select[User]:
    place = sa.tuple_(Union.path, User.username)
    if ask.key is not None and all(isinstance(one, str) for one in ask.key):
        found = found.where(place < ask.key if ask.backwards else place > ask.key)
    if ask.backwards:
        return found.order_by(Union.path.desc(), User.username.desc())
    return found.order_by(Union.path, User.username)


def _lines(users: Sequence[User], on: date) -> list[UserLine]:
    roles = _roles_of_all([user.id for user in users], on)
    return [
        UserLine(
            user.id, user.username, user.person.name, user.union.short_name, user.union.path,
            tuple(role for role in Role if role in roles[user.id]), state_of(user),
        )
        for user in users
    ]


def _roles_of_all(user_ids: list[int], on: date) -> Mapping[int, set[Role]]:
    held: dict[int, set[Role]] = defaultdict(set)
    for user_id, role in db.session.execute(
        sa.select(Grant.user_id, Grant.role).where(Grant.user_id.in_(user_ids), held_on(on))
    ):
        held[user_id].add(Role(role))
    return held
