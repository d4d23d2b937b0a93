"""How does a person come on file? Found by resident ID, or added; never twice."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.identity import (
    clean_mobile,
    judge_contact,
    judge_name,
    judge_resident_id,
    mask_phone,
    mask_resident_id,
)
from relief.domain.permissions import Actor
from relief.persons.models import DeclaredRelative, Person
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
        person = Person(name=name, pinyin=_reading(name), born_on=born_on, sex=sex, nation=nation, created_at=clock.now())
        if identity:
            person.resident_id = identity.number
            person.resident_id_index = blind_index(identity.number, RESIDENT_ID)
            person.resident_id_masked = mask_resident_id(identity.number)
            person.born_on, person.sex = identity.born, identity.sex.value
        set_phone(person, phone)
        db.session.add(person)
        db.session.flush()
        record("person.keep", "person", person.id, by=by, union_id=by.union_id, changes={"name": name})
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
    """Wall two people off from each other's cases, both ways."""
    with transaction():
        for one, other in ((person_id, relative_id), (relative_id, person_id)):
            db.session.add(
                DeclaredRelative(person_id=one, relative_id=other, relation=relation, declared_at=clock.now())
            )
        record("person.declare_relative", "person", person_id, by=by, changes={"relative": relative_id})


def _reading(name: str) -> str:
    from relief.persons.pinyin import reading

    return reading(name)
