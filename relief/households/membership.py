"""How does a person come into a household, and into one only? Shared by the verbs that open and enlarge a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from relief.db import db, locked
from relief.domain.errors import RuleBroken
from relief.domain.identity import clean_name
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.households.models import Household, Member
from relief.persons.models import Person
from relief.persons.service import keep_person, set_phone


@dataclass(frozen=True)
class PersonGiven:
    """What a form or a roster says of a person; the resident ID, where given, decides birth date and sex."""

    name: str
    resident_id: str | None = None
    phone: str | None = None
    born_on: date | None = None
    sex: str | None = None
    nation: str | None = None


@dataclass(frozen=True)
class MemberGiven:
    """What is said of a person as a member; health is free text and kept sealed."""

    health: str | None = None
    monthly_income: Money | None = None
    occupation: str | None = None


def admit(given: PersonGiven, *, by: Actor) -> Person:
    """The person, free to join, inside the verb around; RuleBroken when dead or active in a file.

    The row stays locked: two hands cannot put one person into two files at the same time.
    """
    kept = keep_person(
        name=given.name, resident_id=given.resident_id, born_on=given.born_on, sex=given.sex, nation=given.nation,
        by=by,
    )  # fmt: skip
    person = locked(Person, kept.id)
    if clean_name(given.name) != person.name:
        raise RuleBroken("name", "This resident ID is on file under another name. Compare both with the ID card.")
    refuse_held(person, by)
    if given.phone:
        set_phone(person, given.phone)
    return person


def join(household: Household, person: Person, relation: str, said: MemberGiven, since: date) -> Member:
    """The new membership of an admitted person."""
    member = Member(
        household_id=household.id, person_id=person.id, relation=relation, since=since, health=said.health or None,
        monthly_income=said.monthly_income, occupation=said.occupation or None,
    )  # fmt: skip
    db.session.add(member)
    db.session.flush()
    return member


def refuse_held(person: Person, by: Actor) -> None:
    """RuleBroken when the person is dead or active in a file; another unit's file is not disclosed."""
    if person.deceased_on is not None:
        raise RuleBroken("resident_id", "This person is recorded as deceased. Ask the bureau union.")
    held = find_membership(person.id)
    if held is None:
        return
    household = db.session.get_one(Household, held.household_id)
    if by.sees(household.union_id):
        raise RuleBroken("resident_id", "This person is already in file %(number)s.", number=household.number)
    raise RuleBroken("resident_id", "This person is held in another file. Ask the bureau union.")


def find_membership(person_id: int) -> Member | None:
    """The one active membership of a person."""
    return db.session.scalar(sa.select(Member).where(Member.person_id == person_id, Member.until.is_(None)))


def list_members(household_id: int) -> Sequence[Member]:
    """The active members, the head first, then as they came."""
    return db.session.scalars(
        sa.select(Member)
        .where(Member.household_id == household_id, Member.until.is_(None))
        .order_by(Member.relation != "head", Member.id)
    ).all()
