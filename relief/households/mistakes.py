"""How is a mistake about a person taken back? A death that was none, an ID number that was written down wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotYours, RuleBroken, Stale
from relief.domain.household import Relation
from relief.domain.identity import judge_resident_id, mask_resident_id
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.households import grams
from relief.households.membership import find_membership
from relief.households.models import Household, Member, Proposal
from relief.households.proposals import applies, propose
from relief.households.sight import OPEN, held, held_member
from relief.persons.models import Person
from relief.persons.service import RESIDENT_ID, find_by_resident_id
from relief.sealing import blind_index


def take_back_death(
    member_id: int, *, reason: str, relation: Relation | None = None, version: int | None = None, by: Actor
) -> Member:
    """The person lives: the membership that ended with the death goes on, and what was frozen waits again.

    In a closed file the membership ends with the file, so that opening it again takes the person back. `relation` is
    asked when another head was named meanwhile. RuleBroken on `reason` or `relation`; listed for the auditor.
    """
    by.require("household.write")
    with transaction():
        household, member = _former(member_id, version, by)
        person = locked(Person, member.person_id)
        died_on = person.deceased_on
        if died_on is None or member.until != max(died_on, member.since):
            raise RuleBroken(None, "No death is recorded that ended this membership.")
        if not reason.strip():
            raise RuleBroken("reason", "Say why the death was recorded in error.")
        if find_membership(person.id) is not None:
            raise RuleBroken(None, "This person is held in another file. Ask the bureau union.")
        _fit_in(household, member, relation)
        person.deceased_on = None
        member.until = None if household.status in OPEN else household.closed_on
        db.session.flush()
        grams.refresh(household)
        changes = {"person": person.id, "deceased_on": (died_on, None), "reason": reason.strip()}
        record(
            "person.death_taken_back", "household", household.id, by=by, union_id=household.union_id, changes=changes,
            unusual="death_taken_back",
        )  # fmt: skip
        db.session.flush()
        _tell_rooms_above(person.id, by)
        return member


def propose_resident_id(member_id: int, *, number: str, reason: str, version: int | None = None, by: Actor) -> Proposal:
    """Put a right ID number up for a second person, who types it again from the card.

    RuleBroken on `resident_id` when it is none, the same, or somebody else's; on `reason` when it holds a number.
    """
    by.require("household.write")
    with transaction():
        household, member = held_member(member_id, by=by, version=version)
        if member.person.resident_id is None:
            raise RuleBroken("resident_id", "No ID number is on file. Add it to the member.")
        identity = judge_resident_id(number, clock.today())
        _judge_free(identity.number, member.person)
        why = reason.strip()
        if not why or re.search(r"\d{6}", why):
            raise RuleBroken("reason", "Say why in words, without the number itself.")
        body = {"member_id": member.id, "resident_id": identity.number}
        said = sentence("The ID number is wrong: %(reason)s", reason=why)
        return propose(household, "resident_id", body, said, by=by)


@applies("resident_id")
def _decide(household: Household, body: Mapping[str, Any], accept: bool, by: Actor) -> None:
    """Write the number, its index and what it says of birth and sex; others may have taken it meanwhile."""
    if not accept:
        return
    member = db.session.get_one(Member, body["member_id"])
    person = locked(Person, member.person_id)
    identity = judge_resident_id(body["resident_id"], clock.today())
    _judge_free(identity.number, person)
    before = person.resident_id or ""
    born_before = person.born_on
    person.resident_id, person.resident_id_index = identity.number, blind_index(identity.number, RESIDENT_ID)
    person.resident_id_masked = mask_resident_id(identity.number)
    person.born_on, person.sex = identity.born, identity.sex.value
    db.session.flush()
    changes = {
        "person": person.id, "born_on": (born_before, person.born_on),
        "resident_id": (_marked(before), _marked(identity.number)),
    }  # fmt: skip
    record(
        "person.correct_resident_id", "household", household.id, by=by, union_id=household.union_id, changes=changes,
        unusual="resident_id_corrected",
    )  # fmt: skip


def _former(member_id: int, version: int | None, by: Actor) -> tuple[Household, Member]:
    found = db.session.get(Member, member_id)
    if found is None:
        raise NotYours
    household = held(found.household_id, by=by)
    member = locked(Member, member_id)
    if version is not None and member.version != version:
        raise Stale(version=member.version)
    return household, member


def _fit_in(household: Household, member: Member, relation: Relation | None) -> None:
    """Whoever was the head is so again, unless another one was named meanwhile."""
    if household.head_id == member.person_id or member.relation != Relation.HEAD.value:
        return
    if relation is None or relation is Relation.HEAD:
        raise RuleBroken("relation", "Another head was named meanwhile. Say what this person is to the head.")
    member.relation = relation.value


def _judge_free(number: str, person: Person) -> None:
    holder = find_by_resident_id(number)
    if holder is None:
        return
    if holder.id == person.id:
        raise RuleBroken("resident_id", "This is the number that stands on file.")
    raise RuleBroken("resident_id", "This resident ID belongs to somebody who is on file already.")


def _marked(number: str) -> str:
    return f"#{blind_index(number, 'record.resident_id')[:12]}"


def _tell_rooms_above(person_id: int, by: Actor) -> None:
    """What the death froze stands in the rooms above; that effect runs upward, so it stands in consequences.py."""
    from relief import consequences

    consequences.death_taken_back(person_id, by=by)
