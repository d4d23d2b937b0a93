"""How do users and their roles come and go?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.accounts import passwords, sessions
from relief.accounts.models import Grant, Union, User
from relief.accounts.queries import get_user, holders_of, roles_held_by_person, roles_of
from relief.accounts.unions import create_union
from relief.accounts.user_names import free_user_name
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.granting import judge_days, judge_roles
from relief.domain.identity import clean_name
from relief.domain.permissions import Actor, Role, roles_with
from relief.persons.service import keep_person

__all__ = ["add_user", "create_union", "create_user", "disable", "drop_second_factor", "enable", "end_grant", "grant"]


def add_user(
    *, name: str, resident_id: str, union_id: int, roles: tuple[Role, ...], by: Actor, username: str = "",
    phone: str | None = None, password: str | None = None,
) -> User:  # fmt: skip
    """Add an account for the person with this resident ID, on file or new. Without a user name one is made.

    Raises RuleBroken on `name`, `resident_id`, `phone`, `username`, `roles` or `password`.
    """
    by.require("user.manage")
    with transaction():
        person = keep_person(name=name, resident_id=resident_id, phone=phone, by=by)
        if person.name != clean_name(name):
            raise RuleBroken("name", "This resident ID is on file under another name. Compare both with the ID card.")
        return create_user(
            person_id=person.id, union_id=union_id, username=username or free_user_name(person), roles=roles, by=by,
            password=password,
        )  # fmt: skip


def create_user(
    *, person_id: int, union_id: int, username: str, roles: tuple[Role, ...], by: Actor, password: str | None = None
) -> User:
    """Add an account with its roles from today; without a password it waits for its invitation."""
    by.require("user.manage")
    by.require_sight(union_id)
    with transaction():
        user = User(
            person_id=person_id, union_id=union_id, username=_judged_name(username), created_at=clock.now()
        )
        _refuse_second_account(user)
        if password is not None:
            passwords.set_on(user, password)
        db.session.add(user)
        db.session.flush()
        for role in roles:
            grant(user.id, role, by=by)
        changes = {"username": user.username, "person": person_id}
        record("user.create", "user", user.id, by=by, union_id=union_id, changes=changes)
        return user


def grant(user_id: int, role: Role, *, by: Actor, since: date | None = None, until: date | None = None) -> Grant:
    """Give a role from today or a later day on; from `until` on it is gone. RuleBroken on `role` or a day.

    The user's sessions end, so that nobody works on with the rights of yesterday.
    """
    by.require("user.manage")
    today = clock.today()
    since = since or today
    judge_days(since, until, today)
    with transaction():
        user = _managed(user_id, by)
        held = roles_held_by_person(user.person_id if passwords.is_strict() else None, user.id, today)
        _refuse_twice(user_id, role, since)
        judge_roles({*held, role}, strict=passwords.is_strict())
        given = Grant(user_id=user_id, role=role.value, since=since, until=until, granted_by=by.user_id)
        db.session.add(given)
        sessions.end_all_of(user_id, "role_change")
        changes = {"role": role.value, "since": since, "until": until}
        record("user.grant", "user", user_id, by=by, union_id=user.union_id, changes=changes)
        return given


def end_grant(grant_id: int, on: date, *, by: Actor) -> Grant:
    """End a role on a day: from that day on it is gone. The user's sessions end at once."""
    by.require("user.manage")
    with transaction():
        given = locked(Grant, grant_id)
        user = _managed(given.user_id, by)
        judge_days(clock.today(), on, clock.today())
        if given.until is not None and given.until <= clock.today():
            raise RuleBroken(None, "This role has ended already.")
        before, given.until = given.until, max(on, given.since)
        _keep_one_administrator({Role(given.role)}, on)
        sessions.end_all_of(user.id, "role_change")
        changes = {"role": given.role, "until": (before, given.until)}
        record("user.end_grant", "user", user.id, by=by, union_id=user.union_id, changes=changes)
        return given


def disable(user_id: int, *, by: Actor) -> User:
    """Close an account; its sessions end at once."""
    by.require("user.manage")
    with transaction():
        user = _managed(user_id, by)
        if user.disabled_at is not None:
            raise RuleBroken(None, "This account is closed already.")
        user.disabled_at = clock.now()
        _keep_one_administrator(roles_of(user.id, clock.today()), clock.today())
        sessions.end_all_of(user.id, "disabled")
        record("user.disable", "user", user.id, by=by, union_id=user.union_id)
        return user


def enable(user_id: int, *, by: Actor) -> User:
    """Open a closed account again."""
    by.require("user.manage")
    with transaction():
        user = _managed(user_id, by)
        if user.disabled_at is None:
            raise RuleBroken(None, "This account is open.")
        user.disabled_at = None
        record("user.enable", "user", user.id, by=by, union_id=user.union_id)
        return user


def drop_second_factor(user_id: int, *, by: Actor) -> User:
    """Take a lost phone off an account; its sessions end, and it is set up anew at the next sign-in."""
    by.require("user.manage")
    with transaction():
        user = _managed(user_id, by)
        user.totp_secret, user.totp_used = None, None
        sessions.end_all_of(user.id, "second_factor")
        verb, unusual = "user.drop_second_factor", "second_factor_dropped"
        record(verb, "user", user.id, by=by, union_id=user.union_id, unusual=unusual)
        return user


def _managed(user_id: int, by: Actor) -> User:
    """The account, locked; NotYours outside the subtree, NotAllowed for the actor's own."""
    user = locked(User, get_user(user_id, by=by).id)
    if user.id == by.user_id or (by.person_id is not None and user.person_id == by.person_id):
        raise NotAllowed(None, "Nobody changes the rights of the own account. Ask another administrator.")
    return user


def _judged_name(username: str) -> str:
    tidy = username.strip().lower()
    if not 2 <= len(tidy) <= 60 or not all(sign.isalnum() or sign in ".-_" for sign in tidy):
        raise RuleBroken("username", "A user name has 2 to 60 letters or figures, and . - _ between them.")
    if db.session.scalar(sa.select(User.id).where(User.username == tidy)):
        raise RuleBroken("username", "This user name is taken.")
    return tidy


def _refuse_second_account(user: User) -> None:
    """A person has one open account at a union; NotYours for a union that is not there."""
    union = db.session.get(Union, user.union_id)
    if union is None:
        raise NotYours
    if not union.active:
        raise RuleBroken("union_id", "This union is closed.")
    same = sa.select(User.username).where(
        User.person_id == user.person_id, User.union_id == user.union_id, User.disabled_at.is_(None)
    )
    if taken := db.session.scalar(same):
        raise RuleBroken("resident_id", "This person has the account %(username)s already.", username=taken)


def _refuse_twice(user_id: int, role: Role, since: date) -> None:
    same = sa.select(Grant.id).where(
        Grant.user_id == user_id, Grant.role == role.value, sa.or_(Grant.until.is_(None), Grant.until > since)
    )
    if db.session.scalar(same.limit(1)):
        raise RuleBroken("role", "This user holds the role “%(role)s” already.", role=role.label)


def _keep_one_administrator(lost: Collection[Role], on: date) -> None:
    """Somebody must be left who can manage users, else the office locks itself out."""
    db.session.flush()
    if not set(roles_with("user.manage")).isdisjoint(lost) and not holders_of("user.manage", on):
        raise RuleBroken(None, "Somebody must be left who manages users. Give the role to another person first.")
