"""How do people come into a household file, change there, and leave it?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import RuleBroken
from relief.domain.household import Relation
from relief.domain.identity import judge_resident_id, mask_resident_id
from relief.domain.permissions import Actor
from relief.households import grams
from relief.households.membership import MemberGiven, PersonGiven, admit, find_membership, join
from relief.households.models import Household, Member
from relief.households.sight import held_member, held_open
from relief.persons.models import Person
from relief.persons.service import RESIDENT_ID, find_by_resident_id, rename, set_phone
from relief.sealing import blind_index

OF_MEMBER = ("relation", "health", "monthly_income", "occupation")
OF_PERSON = ("name", "phone", "resident_id", "nation")
SECRET = ("health", "phone", "resident_id")


def add_member(
    household_id: int, *, person: PersonGiven, relation: Relation, said: MemberGiven | None = None,
    since: date | None = None, source: str = "form", by: Actor,
) -> Member:  # fmt: skip
    """A person joins the file; RuleBroken on `relation` or the person's fields, or when held in another file.

    `source` is `form`, `roster`, or `proposal` for one that was put up by others and is decided by this hand.
    """
    _require(source, by)
    with transaction():
        household = held_open(household_id, by=by)
        day = since or clock.today()
        _judge_day("since", day)
        if relation is Relation.HEAD:
            raise RuleBroken("relation", "The household has a head. Change the head by its own step.")
        member = join(household, admit(person, by=by), relation.value, said or MemberGiven(), day)
        grams.refresh(household)
        if source == "form":
            _remember(household, member, OF_MEMBER)
        record("household.add_member", "household", household.id, by=by, union_id=household.union_id,
               changes={"person": member.person_id, "relation": relation.value, "since": day})  # fmt: skip
        return member


def edit_member(
    member_id: int, *, fields: Mapping[str, Any], version: int | None = None, source: str = "form", by: Actor
) -> Member:
    """Change what is said of a member: relation, health, monthly_income, occupation, name, phone, resident_id, nation.

    A resident ID is added where none stood. A roster leaves alone what a hand changed.
    """
    _require(source, by)
    with transaction():
        household, member = held_member(member_id, by=by, version=version)
        person = locked(Person, member.person_id)
        if source == "roster":
            fields = {name: v for name, v in fields.items() if _key(member, name) not in household.by_hand}
        changes = _changed(member, person, fields)
        for name, (_was, value) in changes.items():
            _write(member, person, name, value, by)
        if not changes:
            return member
        if source == "form":
            _remember(household, member, tuple(changes))
        flag_modified(member, "relation")
        grams.refresh(household)
        kept = {name: _for_record(name, pair) for name, pair in changes.items()}
        record("household.edit_member", "household", household.id, by=by, union_id=household.union_id,
               changes={"person": person.id} | kept)  # fmt: skip
        return member


def end_membership(
    member_id: int, *, on: date | None = None, version: int | None = None, source: str = "form", by: Actor
) -> Member:
    """A member leaves the household; the head leaves only after another one is named."""
    _require(source, by)
    with transaction():
        household, member = held_member(member_id, by=by, version=version)
        if member.person_id == household.head_id:
            raise RuleBroken(None, "Name another head before this one leaves, or close the file.")
        _end(member, on or clock.today())
        grams.refresh(household)
        record("household.end_member", "household", household.id, by=by, union_id=household.union_id,
               changes={"person": member.person_id, "until": member.until})  # fmt: skip
        return member


def mark_deceased(member_id: int, *, on: date, version: int | None = None, by: Actor) -> Member:
    """Record a member's death: the membership ends that day, and what waits to be paid is frozen at once."""
    by.require("household.write")
    with transaction():
        household, member = held_member(member_id, by=by, version=version)
        _judge_day("on", on)
        person = locked(Person, member.person_id)
        person.deceased_on = on
        member.until = max(on, member.since)
        grams.refresh(household)
        record("person.deceased", "household", household.id, by=by, union_id=household.union_id,
               changes={"person": person.id, "deceased_on": on})  # fmt: skip
        db.session.flush()
        _tell_rooms_above(person.id, by)
        return member


def change_head(
    member_id: int, *, old_head_is: Relation | None = None, version: int | None = None, by: Actor
) -> Household:
    """This member becomes the head; the old head, if still there, is what `old_head_is` says."""
    by.require("household.write")
    with transaction():
        household, member = held_member(member_id, by=by, version=version)
        if member.person_id == household.head_id:
            raise RuleBroken(None, "This member is the head already.")
        before = _step_down(household, old_head_is)
        household.head_id, member.relation = member.person_id, Relation.HEAD.value
        _remember(household, member, ("relation",))
        grams.refresh(household)
        record("household.change_head", "household", household.id, by=by, union_id=household.union_id,
               changes={"head": (before, member.person_id)})  # fmt: skip
        return household


def _require(source: str, by: Actor) -> None:
    by.require("proposal.decide" if source == "proposal" else "household.write")


def _step_down(household: Household, becomes: Relation | None) -> int:
    old = find_membership(household.head_id)
    if old is not None and old.household_id == household.id:
        if becomes is None or becomes is Relation.HEAD:
            raise RuleBroken("old_head_is", "Say what the old head is to the new one.")
        old.relation = becomes.value
    return household.head_id


def _changed(member: Member, person: Person, fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    now = {name: getattr(member, name) for name in OF_MEMBER} | {name: getattr(person, name) for name in OF_PERSON}
    given = {name: None if value == "" else getattr(value, "value", value) for name, value in fields.items()}
    return {name: (now[name], value) for name, value in given.items() if now[name] != value}


def _write(member: Member, person: Person, name: str, value: Any, by: Actor) -> None:
    if name == "relation":
        _set_relation(member, value)
    elif name in OF_MEMBER:
        setattr(member, name, value)
    elif name == "name":
        rename(person.id, value, by=by)
    elif name == "phone":
        set_phone(person, value)
    elif name == "nation":
        person.nation = value
    else:
        _add_resident_id(person, value)


def _set_relation(member: Member, relation: str | None) -> None:
    if relation is None or Relation.HEAD.value in (relation, member.relation):
        raise RuleBroken("relation", "The household has a head. Change the head by its own step.")
    member.relation = relation


def _add_resident_id(person: Person, number: str | None) -> None:
    if person.resident_id is not None or number is None:
        raise RuleBroken("resident_id", "A resident ID on file is not changed here. Ask the bureau union.")
    identity = judge_resident_id(number, clock.today())
    if find_by_resident_id(identity.number) is not None:
        raise RuleBroken("resident_id", "This resident ID belongs to somebody who is on file already.")
    person.resident_id, person.resident_id_index = identity.number, blind_index(identity.number, RESIDENT_ID)
    person.resident_id_masked = mask_resident_id(identity.number)
    person.born_on, person.sex = identity.born, identity.sex.value


def _end(member: Member, day: date) -> None:
    _judge_day("on", day)
    if day < member.since:
        raise RuleBroken("on", "This person joined on %(day)s and cannot leave before.", day=member.since)
    member.until = day


def _remember(household: Household, member: Member, names: tuple[str, ...]) -> None:
    household.by_hand = sorted({*household.by_hand, *(_key(member, name) for name in names)})


def _key(member: Member, name: str) -> str:
    return f"member.{member.id}.{name}"


def _for_record(name: str, pair: tuple[Any, Any]) -> tuple[Any, Any]:
    if name not in SECRET:
        return pair
    was, now = (None if value is None else f"#{blind_index(value, f'record.{name}')[:12]}" for value in pair)
    return was, now


def _judge_day(field: str, day: date) -> None:
    if day > clock.today():
        raise RuleBroken(field, "This day has not come yet.")


def _tell_rooms_above(person_id: int, by: Actor) -> None:
    """A death freezes payments; that effect runs upward, so it stands in consequences.py."""
    from relief import consequences

    consequences.on_death(person_id, by=by)
