"""How does a person come on file? Found by resident ID, or added; never twice."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.identity import (
    ResidentId,
    clean_mobile,
    clean_name,
    judge_contact,
    judge_name,
    judge_resident_id,
    mask_phone,
    mask_resident_id,
)
from relief.domain.kinship import Kinship
from relief.domain.permissions import Actor
from relief.persons.models import DeclaredRelative, Person
from relief.persons.queries import relatives_of
from relief.sealing import blind_index

RESIDENT_ID = "resident_id"
PHONE = "phone"


def find_by_resident_id(number: str) -> Person | None:
    """The person with this cleaned resident ID."""
    index = blind_index(number, RESIDENT_ID)
    return db.session.scalar(sa.select(Person).where(Person.resident_id_index == index))


def keep_person(
    *, name: str, resident_id: str | None = None, phone: str | None = None, born_on: date | None = None,
    sex: str | None = None, nation: str | None = None, by: Actor,
) -> Person:  # fmt: skip
    """The person with this resident ID, or a new one; the ID decides birth date and sex.

    Raises RuleBroken on `name`, `resident_id` or `phone`. Joins the verb around it.
    """
    with transaction():
        name = judge_name(name)
        identity = judge_resident_id(resident_id, clock.today()) if resident_id else None
        found = find_by_resident_id(identity.number) if identity else None
        if found is not None:
            return found
        person = new_person(name, identity, phone=phone, born_on=born_on, sex=sex, nation=nation)
        db.session.add(person)
        db.session.flush()
        record("person.keep", "person", person.id, by=by, union_id=by.union_id, changes={"name": name})
        return person


def new_person(
    name: str, identity: ResidentId | None = None, *, phone: str | None = None, born_on: date | None = None,
    sex: str | None = None, nation: str | None = None,
) -> Person:  # fmt: skip
    """A person's row, to be added by the verb around, which has looked for the resident ID before and records it."""
    person = Person(name=name, pinyin=_reading(name), born_on=born_on, sex=sex, nation=nation, created_at=clock.now())
    if identity:
        person.resident_id = identity.number
        person.resident_id_index = blind_index(identity.number, RESIDENT_ID)
        person.resident_id_masked = mask_resident_id(identity.number)
        person.born_on, person.sex = identity.born, identity.sex.value
    set_phone(person, phone)
    return person


def set_phone(person: Person, phone: str | None) -> None:
    """Set or clear the phone with its index and mask; RuleBroken on `phone`."""
    number = judge_contact(phone) if phone else None
    person.phone = number
    person.phone_index = blind_index(clean_mobile(number), PHONE) if number else None
    person.phone_masked = mask_phone(number) if number else None


def rename(person_id: int, name: str, *, by: Actor) -> Person:
    """Correct a person's name."""
    with transaction():
        person = locked(Person, person_id)
        before, person.name = person.name, judge_name(name)
        person.pinyin = _reading(person.name)
        record("person.rename", "person", person.id, by=by, changes={"name": (before, person.name)})
        return person


def declare_relative(person_id: int, relative_id: int, relation: str, *, by: Actor) -> None:
    """Wall two people off from each other's cases, both ways. Security administration, or the person himself.

    Raises RuleBroken on `relation` or `resident_id` (oneself, or declared already).
    """
    _may_declare(person_id, by)
    if relation not in set(Kinship):
        raise RuleBroken("relation", "Choose how the two are related.")
    with transaction():
        one, other = db.session.get(Person, person_id), db.session.get(Person, relative_id)
        if one is None or other is None:
            raise NotYours
        if one.id == other.id:
            raise RuleBroken("resident_id", "Nobody is a relative of himself.")
        if other.id in relatives_of(one.id):
            raise RuleBroken("resident_id", "These two are declared already.")
        for first, second in ((one.id, other.id), (other.id, one.id)):
            db.session.add(
                DeclaredRelative(person_id=first, relative_id=second, relation=relation, declared_at=clock.now())
            )
        changes = {"relative": relative_id, "relation": relation}
        record("person.declare_relative", "person", person_id, by=by, union_id=by.union_id, changes=changes)


def declare_relative_by_id(person_id: int, *, name: str, resident_id: str, relation: str, by: Actor) -> None:
    """The same, for a relative known by name and resident ID, on file or new; RuleBroken on the field."""
    _may_declare(person_id, by)
    with transaction():
        relative = keep_person(name=name, resident_id=resident_id, by=by)
        if relative.name != clean_name(name):
            raise RuleBroken("name", "This resident ID is on file under another name. Compare both with the ID card.")
        declare_relative(person_id, relative.id, relation, by=by)


def withdraw_relative(person_id: int, relative_id: int, reason: str, *, by: Actor) -> None:
    """Take back a declaration that was made in error; the record keeps it, and lists it for the auditor."""
    by.require("user.manage")
    if not reason.strip():
        raise RuleBroken("reason", "Say why the declaration was wrong.")
    with transaction():
        pair = sa.tuple_(DeclaredRelative.person_id, DeclaredRelative.relative_id)
        both = ((person_id, relative_id), (relative_id, person_id))
        if not db.session.execute(sa.delete(DeclaredRelative).where(pair.in_(both))).rowcount:  # type: ignore[attr-defined]
            raise NotYours
        record(
            "person.withdraw_relative", "person", person_id, by=by, union_id=by.union_id,
            changes={"relative": relative_id, "reason": reason.strip()}, unusual="relative_withdrawn",
        )  # fmt: skip


def _may_declare(person_id: int, by: Actor) -> None:
    if by.person_id != person_id:
        by.require("user.manage")


def _reading(name: str) -> str:
    from relief.persons.pinyin import reading

    return reading(name)
