"""How are many new files opened at once? A batch of a roster's households, in a few statements and on the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db
from relief.domain.household import Relation
from relief.domain.identity import judge_card, judge_resident_id
from relief.domain.numbering import file_number
from relief.domain.permissions import Actor
from relief.domain.roster import HouseholdRow, MemberRow, Reason
from relief.households import fields as file_fields
from relief.households.bank import CARD
from relief.households.grams import pieces
from relief.households.models import Account, Household, HouseholdCause, HouseholdUnion, Member, SearchGram
from relief.households.roster_comparing import BANK, NATION, OCCUPATION, printable, said_of_fields
from relief.households.roster_judged import why_no_member
from relief.households.roster_known import OnFile
from relief.households.roster_stored import Kept
from relief.numbering import next_number
from relief.office import office_prefix
from relief.persons.models import Person
from relief.persons.service import new_person, set_phone
from relief.sealing import blind_index


@dataclass
class Opened:
    """A file in the making: its rows, and the members that join at once; the others wait in `not_joined`."""

    kept: Kept
    head: Person
    joining: list[tuple[MemberRow, Person]] = field(default_factory=list)
    not_joined: list[tuple[MemberRow, Reason | None]] = field(default_factory=list)
    household: Household = field(init=False)

    @property
    def row(self) -> HouseholdRow:
        return self.kept.row


def open_files(rows: Sequence[Kept], people: Mapping[str, OnFile], *, by: Actor) -> list[Opened]:
    """New files for these households, whose heads are free; joins the verb around.

    A member who is on file elsewhere is left in `not_joined`, with the reason when nobody can decide it.
    """
    opened = [_people_of(kept, people) for kept in rows]
    db.session.flush()
    first = next_number("household_file", len(opened)) if opened else 0
    for number, one in enumerate(opened, first):
        one.household = _household(one, number)
    db.session.flush()
    for one in opened:
        _fill(one)
    db.session.flush()
    _write_grams(opened)
    for one in opened:
        _record(one, by)
    return opened


def _people_of(kept: Kept, people: Mapping[str, OnFile]) -> Opened:
    row = kept.row
    opened = Opened(kept, _person(row, people.get(row.resident_id)))
    for member in kept.members:
        known = people.get(member.resident_id or "")
        refusal = why_no_member(known, member.name) if known else None
        if member.is_head:
            continue
        if refusal or member.elsewhere or (known and (known.member_of or known.heads)):
            opened.not_joined.append((member, refusal))
        else:
            opened.joining.append((member, _person(member, known)))
    return opened


def _person(row: HouseholdRow | MemberRow, known: OnFile | None) -> Person:
    phone = row.phone if isinstance(row, HouseholdRow) else None
    if known is not None:
        person = db.session.get_one(Person, known.person_id)
        if phone:
            set_phone(person, phone)
        return person
    identity = judge_resident_id(row.resident_id, clock.today()) if row.resident_id else None
    nation = printable(row.nation, NATION) if isinstance(row, HouseholdRow) else ""
    sex = row.sex.value if row.sex else None
    person = new_person(row.name, identity, phone=phone, born_on=row.born, sex=sex, nation=nation or None)
    db.session.add(person)
    return person


def _household(one: Opened, number: int) -> Household:
    today = clock.today()
    household = Household(
        number=file_number(office_prefix(), number), union_id=one.row.unit,
        head_id=one.head.id, status="active", file_tier="bureau", source="roster", by_hand=[],
        opened_on=min(one.row.opened_on or today, today), created_at=clock.now(),
    )  # fmt: skip
    for name, value in said_of_fields(one.kept).items():
        setattr(household, name, getattr(value, "value", value))
    db.session.add(household)
    return household


def _fill(one: Opened) -> None:
    """Memberships, union, cause and account of a new file."""
    household, day = one.household, one.household.opened_on
    told = next((member for member in one.kept.members if member.is_head), None)
    _join(household, one.head, Relation.HEAD, told)
    for member, person in one.joining:
        relation = member.relation if member.relation not in (None, Relation.HEAD) else Relation.OTHER
        _join(household, person, relation, member)
    db.session.add(HouseholdUnion(household_id=household.id, union_id=household.union_id, since=day))
    if one.row.cause is not None:
        db.session.add(HouseholdCause(household_id=household.id, code=str(one.row.cause.value), is_main=True))
    if one.row.card is not None:
        db.session.add(_account(one))


def _join(household: Household, person: Person, relation: Relation, said: MemberRow | None) -> None:
    member = Member(household_id=household.id, person_id=person.id, relation=relation.value, since=household.opened_on)
    if said is not None:
        member.health, member.monthly_income = said.health or None, said.monthly_income
        member.occupation = printable(said.work_or_school, OCCUPATION) or None
    db.session.add(member)


def _account(one: Opened) -> Account:
    card = judge_card(one.row.card)
    return Account(
        household_id=one.household.id, payee_id=one.head.id, holder=one.row.name, bank=printable(one.row.bank, BANK),
        number=card.number, number_index=blind_index(card.number, CARD), number_tail=card.number[-4:],
        passes_luhn=card.luhn_ok, state="active", created_at=clock.now(),
    )  # fmt: skip


def _write_grams(opened: Sequence[Opened]) -> None:
    rows = [
        {"gram": gram, "household_id": one.household.id, "union_id": one.household.union_id}
        for one in opened
        for gram in sorted(pieces([one.head.name, *(person.name for _, person in one.joining)]))
    ]
    if rows:
        db.session.execute(sa.insert(SearchGram), rows)


def _record(one: Opened, by: Actor) -> None:
    household = one.household
    said = {name: (None, value) for name, value in said_of_fields(one.kept).items()}
    if one.row.cause is not None:
        said["main_cause"] = (None, one.row.cause)
    record(
        "household.open", "household", household.id, by=by, union_id=household.union_id,
        changes={
            "number": household.number, "head": one.head.id, "source": "roster", "row": one.row.row,
            "members": [person.id for _, person in one.joining],
            "tail": one.row.card[-4:] if one.row.card else None,
        } | file_fields.for_record(said),
    )  # fmt: skip
