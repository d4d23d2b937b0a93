"""What does the register know of the numbers in a roster? Units, people and cards, looked up by blind index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa

from relief.accounts.models import Union, UnionAlias
from relief.accounts.queries import within
from relief.db import db
from relief.domain.permissions import Actor
from relief.domain.roster import Asked, Known, unit_key
from relief.households.bank import CARD
from relief.households.models import Account, Household, Member
from relief.households.sight import OPEN
from relief.persons.models import Person
from relief.persons.service import RESIDENT_ID
from relief.sealing import blind_index

CHUNK = 500


@dataclass(frozen=True)
class Place:
    """A household file: its id, its union and its number."""

    household_id: int
    union_id: int
    number: str


@dataclass(frozen=True)
class OnFile:
    """A person of the register: the open file that he heads, the one whose active member he is, a closed one."""

    person_id: int
    name: str
    deceased_on: date | None
    heads: Place | None = None
    member_of: Place | None = None
    headed: Place | None = None


def look_up(asked: Asked, *, by: Actor) -> tuple[Known, dict[str, OnFile]]:
    """What the judgement compares with, and the people behind it. Heads are those of the actor's own subtree."""
    people = find_people(asked.resident_ids)
    heads = {
        number: str(one.heads.household_id)
        for number, one in people.items()
        if one.heads and by.sees(one.heads.union_id)
    }
    members = {
        number: [str(one.member_of.household_id)]
        for number, one in people.items()
        if one.member_of and one.member_of != one.heads
    }
    return Known(find_units(by), heads, members, find_cards(asked.cards)), people


def find_units(by: Actor) -> dict[str, int]:
    """Every spelling of the open unions of the subtree, as a roster's unit is compared."""
    spelled = sa.select(Union.id, Union.short_name, Union.name, UnionAlias.name).outerjoin(
        UnionAlias, UnionAlias.union_id == Union.id
    )
    rows = db.session.execute(spelled.where(Union.active, within(Union.id, by)).order_by(Union.path)).all()
    found: dict[str, int] = {}
    for union_id, *names in rows:
        for name in filter(None, names):
            found.setdefault(unit_key(name), union_id)
    return found


def find_people(numbers: Collection[str]) -> dict[str, OnFile]:
    """The people on file with these resident IDs, by ID."""
    meant = {blind_index(number, RESIDENT_ID): number for number in numbers}
    found: dict[str, OnFile] = {}
    of_person: dict[int, str] = {}
    columns = sa.select(Person.resident_id_index, Person.id, Person.name, Person.deceased_on)
    for index, person_id, name, deceased_on in in_chunks(columns, Person.resident_id_index, list(meant)):
        found[meant[index]], of_person[person_id] = OnFile(person_id, name, deceased_on), meant[index]
    for field, person_id, place in _places(list(of_person)):
        number = of_person[person_id]
        found[number] = replace(found[number], **{field: place})  # type: ignore[arg-type]
    return found


def find_cards(cards: Collection[str]) -> Mapping[str, Collection[str]]:
    """The open households, of any union, that are paid to these cards."""
    meant = {blind_index(card, CARD): card for card in cards}
    found: dict[str, set[str]] = defaultdict(set)
    columns = (
        sa.select(Account.number_index, Account.household_id)
        .join(Household, Household.id == Account.household_id)
        .where(Account.state.in_(("active", "proposed")), Household.status.in_(OPEN))
    )
    for index, household_id in in_chunks(columns, Account.number_index, list(meant)):
        found[meant[index]].add(str(household_id))
    return found


def _places(person_ids: Sequence[int]) -> Iterator[tuple[str, int, Place]]:
    """Field of OnFile, person, file: files once headed, files headed now, active memberships."""
    place = (Household.id, Household.union_id, Household.number)
    headed = sa.select(Household.head_id, Household.status, *place).order_by(Household.id)
    for person_id, status, *of in in_chunks(headed, Household.head_id, person_ids):
        yield "heads" if status in OPEN else "headed", person_id, Place(*of)
    active = sa.select(Member.person_id, *place).join(Household, Household.id == Member.household_id)
    for person_id, *of in in_chunks(active.where(Member.until.is_(None)), Member.person_id, person_ids):
        yield "member_of", person_id, Place(*of)


def in_chunks(statement: Any, column: Any, values: Sequence[Any]) -> Iterator[Any]:
    """The rows whose column has one of the values, however many they are."""
    remaining = iter(values)
    while chunk := list(islice(remaining, CHUNK)):
        yield from db.session.execute(statement.where(column.in_(chunk)))
