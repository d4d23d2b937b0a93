"""How does a household file come, change and go? Opened, mended, reviewed, moved, closed, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from relief import clock
from relief.accounts.queries import get_union
from relief.audit.service import record
from relief.db import db, transaction
from relief.domain.errors import RuleBroken, Stale
from relief.domain.household import Relation
from relief.domain.numbering import file_number
from relief.domain.permissions import Actor
from relief.files.models import Attachment
from relief.households import fields as file_fields
from relief.households import grams
from relief.households.closing import judge_closing, judge_reopening
from relief.households.membership import MemberGiven, PersonGiven, admit, find_membership, join, list_members
from relief.households.models import Household, HouseholdUnion, Member, Proposal
from relief.households.open_cases import bars_closing
from relief.households.sight import OPEN, held, held_open
from relief.numbering import next_number
from relief.office import office_prefix


def open_file(
    *, union_id: int, head: PersonGiven, said: MemberGiven | None = None, fields: Mapping[str, Any] | None = None,
    opened_on: date | None = None, status: str = "active", source: str = "form", by: Actor,
) -> Household:  # fmt: skip
    """A new file with its head as first member and the next number.

    `fields` are those of `relief.households.fields`; `status` may be `temporary`, `source` `roster` or `case`.
    RuleBroken on the head's fields, or when the head is active in another file.
    """
    by.require("household.write")
    with transaction():
        union = get_union(union_id, by=by)
        day = opened_on or clock.today()
        _judge_day("opened_on", day)
        person = admit(head, by=by)
        household = Household(
            number=f"?{person.id}", union_id=union.id, head_id=person.id, status=status, opened_on=day,
            reviewed_on=clock.today() if source == "form" else None, source=source, by_hand=[], created_at=clock.now(),
        )  # fmt: skip
        db.session.add(household)
        db.session.flush()
        join(household, person, Relation.HEAD.value, said or MemberGiven(), day)
        db.session.add(HouseholdUnion(household_id=household.id, union_id=union.id, since=day))
        changes = file_fields.changed(household, fields or {})
        file_fields.write(household, changes)
        if source == "form":
            household.by_hand = sorted(changes)
        grams.refresh(household)
        household.number = file_number(office_prefix(), next_number("household_file"))
        record(
            "household.open", "household", household.id, by=by, union_id=union.id,
            changes={"number": household.number, "head": person.id, "source": source} | file_fields.for_record(changes),
        )  # fmt: skip
        return household


def edit_file(
    household_id: int, *, fields: Mapping[str, Any], version: int | None = None, source: str = "form", by: Actor
) -> Household:
    """Change some fields. What a hand changed is remembered, and a roster leaves it alone.

    Stale, with the difference, when somebody else saved meanwhile; RuleBroken on the causes.
    """
    by.require("household.write")
    with transaction():
        household = held_open(household_id, by=by)
        if source == "roster":
            fields = {name: value for name, value in fields.items() if name not in household.by_hand}
        changes = file_fields.changed(household, fields)
        if version is not None and household.version != version:
            raise Stale(file_fields.for_reader(changes), household.version)
        if not changes:
            return household
        file_fields.write(household, changes)
        if source == "form":
            household.by_hand = sorted({*household.by_hand, *changes})
        flag_modified(household, "by_hand")
        record(
            "household.edit", "household", household.id, by=by, union_id=household.union_id,
            changes=file_fields.for_record(changes),
        )  # fmt: skip
        return household


def review_file(household_id: int, *, version: int | None = None, by: Actor) -> Household:
    """Note that the file was gone through with the household today."""
    by.require("household.write")
    with transaction():
        household = held_open(household_id, by=by, version=version)
        before, household.reviewed_on = household.reviewed_on, clock.today()
        record(
            "household.review", "household", household.id, by=by, union_id=household.union_id,
            changes={"reviewed_on": (before, household.reviewed_on)},
        )  # fmt: skip
        return household


def move_to_union(
    household_id: int, union_id: int, *, on: date | None = None, version: int | None = None, by: Actor
) -> Household:
    """The file goes to another union from a day on; its cases keep the union in which they were filed."""
    by.require("household.write")
    with transaction():
        household = held_open(household_id, by=by, version=version)
        union = get_union(union_id, by=by)
        day = on or clock.today()
        if union.id == household.union_id:
            raise RuleBroken("union_id", "The file belongs to this union already.")
        _judge_day("on", day)
        before, household.union_id = household.union_id, union.id
        _write_union_row(household, day)
        mine = {"union_id": union.id}
        of_file = sa.and_(Attachment.subject == "household", Attachment.subject_id == household.id)
        db.session.execute(sa.update(Attachment).where(of_file).values(mine))
        db.session.execute(sa.update(Proposal).where(Proposal.household_id == household.id).values(mine))
        grams.refresh(household)
        for side in (before, union.id):
            record("household.move", "household", household.id, by=by, union_id=side,
                   changes={"union": (before, union.id), "on": day})  # fmt: skip
        return household


def close_file(
    household_id: int, *, reason: str, version: int | None = None, by: Actor
) -> Household:
    """End the file and its memberships today; RuleBroken while a case is open or without a reason.

    Aid that is being paid month by month does not bar it: what is still to come is dropped.
    """
    by.require("household.write")
    with transaction():
        household = held_open(household_id, by=by, version=version)
        status = judge_closing(reason)
        if bars_closing(household.id):
            raise RuleBroken(None, "A case of this household is still open. Close or withdraw it first.")
        household.status, household.closed_on, household.closed_why = status, clock.today(), reason
        for member in list_members(household.id):
            member.until = clock.today()
        grams.refresh(household)
        record("household.close", "household", household.id, by=by, union_id=household.union_id,
               changes={"status": ("active", status), "reason": reason})  # fmt: skip
        db.session.flush()
        _tell_rooms_above(household.id, by)
        return household


def reopen_file(household_id: int, *, reason: str, version: int | None = None, by: Actor) -> Household:
    """Open a closed file again with the people it had, less those who died or are in another file now."""
    by.require("household.write")
    with transaction():
        household = held(household_id, by=by, version=version)
        judge_reopening(reason)
        if household.status in OPEN:
            raise RuleBroken(None, "This file is open.")
        _take_back(household)
        before, household.status = household.status, "active"
        household.closed_on = household.closed_why = None
        grams.refresh(household)
        record("household.reopen", "household", household.id, by=by, union_id=household.union_id,
               changes={"status": (before, "active"), "reason": reason})  # fmt: skip
        return household


def _take_back(household: Household) -> None:
    left = db.session.scalars(
        sa.select(Member).where(Member.household_id == household.id, Member.until == household.closed_on)
    ).all()
    free = [one for one in left if one.person.deceased_on is None and find_membership(one.person_id) is None]
    if household.head_id not in {one.person_id for one in free}:
        raise RuleBroken(None, "The head has died or is in another file now. Open a new file.")
    for one in free:
        member = Member(
            household_id=household.id, person_id=one.person_id, relation=one.relation, health=one.health,
            monthly_income=one.monthly_income, occupation=one.occupation, since=clock.today(),
        )  # fmt: skip
        db.session.add(member)


def _write_union_row(household: Household, day: date) -> None:
    last = db.session.scalars(
        sa.select(HouseholdUnion).where(HouseholdUnion.household_id == household.id, HouseholdUnion.until.is_(None))
    ).one()
    if day < last.since:
        raise RuleBroken("on", "The file came to its union on %(day)s; it cannot leave before.", day=last.since)
    last.until = day
    db.session.add(HouseholdUnion(household_id=household.id, union_id=household.union_id, since=day))


def _judge_day(field: str, day: date) -> None:
    if day > clock.today():
        raise RuleBroken(field, "This day has not come yet.")


def _tell_rooms_above(household_id: int, by: Actor) -> None:
    """A household that left stops its aid by month; that effect runs upward, so it stands in consequences.py."""
    from relief import consequences

    consequences.file_closed(household_id, by=by)
