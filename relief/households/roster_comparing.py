"""In what does a row differ from the file that it names? What a hand changed and what the row leaves blank stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from relief.domain.household import Cause, Relation
from relief.domain.labels import label
from relief.domain.roster import HouseholdRow, MemberRow, Reason
from relief.domain.sentences import Sentence, sentence
from relief.households.models import Member
from relief.households.roster_held import Held
from relief.households.roster_stored import Kept
from relief.sealing import blind_index

NATION, OCCUPATION, BANK = 30, 60, 80  # characters that the columns hold
BANK_UNNAMED = Reason("bank missing", label("The bank of the card is not named: add it to the account."))
CAUSE_UNNAMED = "其他"  # what the office writes where a roster says no more than that
LABELS: dict[str, Sentence] = {
    "declared_category": label("Declared category"), "heating": label("Heating"), "address": label("Address"),
    "declared_size": label("Members declared"), "income_12": label("Income of the last 12 months"),
    "rigid_12": label("Rigid expenditure of the last 12 months"), "remark": label("Remark"),
    "main_cause": label("Main cause of hardship"), "account": label("Bank account"), "name": label("Name"),
    "phone": label("Telephone"), "nation": label("Ethnic group"), "resident_id": label("ID number"),
    "relation": label("Relation to the head"), "health": label("Health"), "monthly_income": label("Monthly income"),
    "occupation": label("Work or school"),
}  # fmt: skip


@dataclass
class MemberChange:
    """What a row of the members' sheet says of a household: `member` is on file, or the person is new to it."""

    row: MemberRow
    member: Member | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    notes: list[Reason] = field(default_factory=list)


@dataclass
class Comparison:
    """All in which a row and its members differ from the file."""

    fields: dict[str, Any] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    account: dict[str, Any] = field(default_factory=dict)
    members: list[MemberChange] = field(default_factory=list)
    missing: list[Member] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)


def compare(kept: Kept, held: Held) -> Comparison:
    """The household's own fields, its head, account and members."""
    found = Comparison(notes=_place_notes(kept.row, held))
    by_hand = set(held.household.by_hand)
    found.fields = _without_by_hand(_fields(kept, held), by_hand, "", found.notes)
    if held.head is not None:
        found.head = _differing(held.head, _said_of_head(kept.row), by_hand, found.notes)
    found.account = _account(kept.row, held, by_hand, found.notes)
    found.members = compare_members(kept.members, held)
    if kept.lists_all:
        listed = {change.member.id for change in found.members if change.member}
        found.missing = [one for one in held.members if one.id not in listed and one is not held.head]
    return found


def compare_members(rows: Sequence[MemberRow], held: Held) -> list[MemberChange]:
    """Each row with the member on file that it means, by resident ID, or by name where one of the two has none."""
    meant = _meant(rows, held)
    return [_change(row, meant.get(row.row), held) for row in rows]


def _change(row: MemberRow, member: Member | None, held: Held) -> MemberChange:
    change = MemberChange(row, member)
    if member is not None:
        said = said_of_member(row) | ({} if member is held.head else _relation(row))
        change.fields = _differing(member, said, set(held.household.by_hand), change.notes)
    return change


def said_of_fields(kept: Kept) -> dict[str, Any]:
    """What the row says of the household's own fields; blanks are left out."""
    row = kept.row
    said = {
        "declared_category": row.category, "heating": row.heating, "declared_size": row.size,
        "income_12": row.income12, "rigid_12": row.rigid, "address": row.address, "remark": kept.remark,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None and value != ""}


def said_of_member(row: MemberRow) -> dict[str, Any]:
    """What the row says of a member; blanks are left out."""
    said = {
        "name": row.name, "resident_id": row.resident_id, "health": row.health, "monthly_income": row.monthly_income,
        "occupation": printable(row.work_or_school, OCCUPATION),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None and value != ""}


def printable(text: str, most: int) -> str:
    """The text as a column of this width can hold it."""
    return "".join(sign for sign in text if sign.isprintable())[:most].strip()


def _relation(row: MemberRow) -> dict[str, Any]:
    return {} if row.relation in (None, Relation.HEAD) else {"relation": row.relation.value}


def _said_of_head(row: HouseholdRow) -> dict[str, Any]:
    said = {"name": row.name, "phone": row.phone, "nation": printable(row.nation, NATION)}
    return {name: value for name, value in said.items() if value}


def _fields(kept: Kept, held: Held) -> dict[str, Any]:
    household = held.household
    said = said_of_fields(kept).items()
    differs = {name: value for name, value in said if getattr(household, name) != getattr(value, "value", value)}
    cause = kept.row.cause
    if cause is not None and cause is not held.main_cause and cause not in held.other_causes:
        differs["main_cause"] = cause
        if cause is Cause.OTHER:
            differs["cause_note"] = kept.row.remark or CAUSE_UNNAMED
    return differs


def _account(row: HouseholdRow, held: Held, by_hand: set[str], notes: list[Reason]) -> dict[str, Any]:
    """The row's account where it is not the one on file."""
    if row.card is None:
        return {}
    present = held.account
    bank = printable(row.bank, BANK) or (present.bank if present else "")
    if not bank:
        notes.append(BANK_UNNAMED)
    if present and present.number_index == blind_index(row.card, "card") and present.bank == bank:
        return {}
    said = {"account": {"number": row.card, "bank": bank, "holder": row.name}}
    return _without_by_hand(said, by_hand, "", notes).get("account", {})  # type: ignore[no-any-return]


def _differing(member: Member, said: Mapping[str, Any], by_hand: set[str], notes: list[Reason]) -> dict[str, Any]:
    person = member.person
    now = {name: getattr(person if hasattr(person, name) else member, name) for name in said}
    differs = {name: value for name, value in said.items() if now[name] != value}
    if person.resident_id is not None:
        differs.pop("resident_id", None)
    return _without_by_hand(differs, by_hand, f"member.{member.id}.", notes)


def _without_by_hand(differs: dict[str, Any], by_hand: set[str], prefix: str, notes: list[Reason]) -> dict[str, Any]:
    """Manual edits win, and the row says so."""
    kept = tuple(LABELS[name] for name in differs if f"{prefix}{name}" in by_hand and name in LABELS)
    if kept:
        said = sentence("Changed by hand before, and kept as it stands: %(fields)s.", fields=kept)
        notes.append(Reason("changed by hand", said))
    return {name: value for name, value in differs.items() if f"{prefix}{name}" not in by_hand}


def _place_notes(row: HouseholdRow, held: Held) -> list[Reason]:
    notes = []
    if row.unit != held.household.union_id:
        here = held.household.union.short_name
        said = sentence(
            "The file belongs to %(held)s; the roster names %(unit)s. A roster moves no file: move it on its page.",
            held=here, unit=row.unit_name,
        )  # fmt: skip
        notes.append(Reason("file of another unit", said))
    if held.head is None:
        notes.append(Reason("head gone", label("The head has died or left. Name the new head.")))
    return notes


def _meant(rows: Sequence[MemberRow], held: Held) -> dict[int, Member]:
    """Row → member. Equal resident IDs go first, then equal names of two without any, then of one without."""
    left = {member.id: member for member in held.members}
    found = {row.row: held.head for row in rows if row.is_head and held.head}
    for is_same in (_same_id, _same_name_without_ids, _same_name):
        for row in rows:
            member = next((one for one in left.values() if is_same(row, one)), None) if row.row not in found else None
            if member is not None and not row.is_head:
                found[row.row] = left.pop(member.id)
    return found


def _same_id(row: MemberRow, member: Member) -> bool:
    return row.resident_id is not None and row.resident_id == member.person.resident_id


def _same_name_without_ids(row: MemberRow, member: Member) -> bool:
    return not (row.resident_id or member.person.resident_id) and row.name == member.person.name


def _same_name(row: MemberRow, member: Member) -> bool:
    is_head = member.relation == Relation.HEAD.value and row.relation is not Relation.HEAD
    is_told_apart = is_head or (row.resident_id and member.person.resident_id)
    return not is_told_apart and row.name == member.person.name
