"""Who went, and may they? Colleagues with accounts, named persons without one, and nobody to their own household."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Grant, User
from relief.accounts.queries import held_on
from relief.db import db
from relief.domain.approval import Hands, may_decide, require_hand
from relief.domain.errors import RuleBroken
from relief.domain.identity import clean_name
from relief.domain.permissions import Actor, Role, roles_with
from relief.households.membership import list_members
from relief.households.models import Household
from relief.persons.models import DeclaredRelative, Person
from relief.persons.service import keep_person
from relief.visits.given import VisitorGiven
from relief.visits.models import Visit, Visitor

MOST_COLLEAGUES = 40


def list_colleagues(household: Household, *, by: Actor) -> Sequence[User]:
    """Who may have come along or may own a promise: accounts of my union and the household's, my union first."""
    return list_visitors_of(household.union_id, by=by)


def list_visitors_of(union_id: int, *, by: Actor) -> Sequence[User]:
    """Accounts that visit, of my union and this one: myself first, then my union."""
    roles = [role.value for role in roles_with("visit.read") if role is not Role.AUDITOR]
    visiting = sa.select(Grant.user_id).where(Grant.role.in_(roles), held_on(clock.today()))
    unions = {by.union_id, union_id} - {None}
    return db.session.scalars(
        sa.select(User)
        .where(User.union_id.in_(unions), User.id.in_(visiting), User.disabled_at.is_(None))
        .order_by(User.person_id != by.person_id, User.union_id != by.union_id, User.id)
        .limit(MOST_COLLEAGUES)
    ).all()


def account_holders(person_ids: Iterable[int]) -> frozenset[int]:
    """Those of these persons who have an open account."""
    held = sa.select(User.person_id).where(User.person_id.in_(list(person_ids)), User.disabled_at.is_(None))
    return frozenset(db.session.scalars(held))


def resolve(given: Sequence[VisitorGiven], union_id: int, *, by: Actor) -> list[Person]:
    """The persons who went, each once, in the order given; RuleBroken on `visitors`, `name` or `resident_id`."""
    holders = account_holders(one.person_id for one in given if one.person_id is not None)
    persons = [_resolve_one(one, union_id, holders, by) for one in given]
    return list({person.id: person for person in persons}.values())


def judge_hands(household_id: int, persons: Sequence[Person], *, by: Actor) -> None:
    """Nobody verifies their own household: NotAllowed for the actor, RuleBroken on `visitors` for others."""
    members = frozenset(member.person_id for member in list_members(household_id))
    near = sa.select(DeclaredRelative.person_id).where(DeclaredRelative.relative_id.in_(members))
    hands = Hands(household=members, relatives=frozenset(db.session.scalars(near)))
    if by.person_id is not None:
        require_hand(by.person_id, hands, "visit")
    for person in persons:
        if may_decide(person.id, hands, "visit") is not None:
            raise RuleBroken(
                "visitors",
                "%(name)s lives in this household or is near to it. Somebody else must go.",
                name=person.name,
            )


def _resolve_one(given: VisitorGiven, union_id: int, holders: frozenset[int], by: Actor) -> Person:
    if given.person_id is not None:
        return _with_account(given.person_id, holders)
    if given.resident_id.strip():
        return _by_resident_id(given, by)
    return _by_name(clean_name(given.name), union_id, by)


def _with_account(person_id: int, holders: frozenset[int]) -> Person:
    if person_id not in holders:
        raise RuleBroken("visitors", "This person has no account. Write the name instead.")
    return db.session.get_one(Person, person_id)


def _by_resident_id(given: VisitorGiven, by: Actor) -> Person:
    person = keep_person(name=given.name, resident_id=given.resident_id, by=by)
    if person.name != clean_name(given.name):
        raise RuleBroken("name", "This resident ID is on file under another name. Compare both with the ID card.")
    return person


def _by_name(name: str, union_id: int, by: Actor) -> Person:
    """A name alone could be anybody's: never an account holder's, and the same companion of a union only once."""
    judge_companion(name)
    return _earlier_companion(name, union_id) or keep_person(name=name, by=by)


def judge_companion(name: str) -> None:
    """RuleBroken on `name` for that of somebody who has an account: a tick says who is meant, a name does not."""
    named = sa.select(User.id).join(Person, Person.id == User.person_id)
    if db.session.scalar(named.where(Person.name == name, User.disabled_at.is_(None)).limit(1)):
        raise RuleBroken(
            "name", "%(name)s has an account. Tick the name in the list, or give the ID number.", name=name
        )


def _earlier_companion(name: str, union_id: int) -> Person | None:
    return db.session.scalar(
        sa.select(Person)
        .join(Visitor, Visitor.person_id == Person.id)
        .join(Visit, Visit.id == Visitor.visit_id)
        .where(Person.name == name, Person.resident_id_index.is_(None), Visit.union_id == union_id)
        .order_by(Visit.id.desc())
        .limit(1)
    )
