"""Who is close to whom? Declared relatives, for the wall between a hand and a case."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from relief.db import db
from relief.domain.kinship import Kinship
from relief.persons.models import DeclaredRelative, Person


@dataclass(frozen=True)
class Relative:
    """One declared relative: who, and how related."""

    person_id: int
    name: str
    resident_id_masked: str | None
    kinship: Kinship


def relatives_of(person_id: int) -> frozenset[int]:
    """The persons that this one declared, or who declared this one."""
    declared = sa.select(DeclaredRelative.relative_id).where(DeclaredRelative.person_id == person_id)
    return frozenset(db.session.scalars(declared))


def list_relatives(person_id: int) -> list[Relative]:
    """The declared relatives with their names, in the order of declaration."""
    declared = (
        sa.select(Person, DeclaredRelative.relation)
        .join(DeclaredRelative, DeclaredRelative.relative_id == Person.id)
        .where(DeclaredRelative.person_id == person_id)
        .order_by(DeclaredRelative.id)
    )
    return [
        Relative(person.id, person.name, person.resident_id_masked, Kinship(relation))
        for person, relation in db.session.execute(declared)
    ]
