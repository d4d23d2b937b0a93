"""Whom does the register know of the people in a workbook of past awards? Looked up by blind index."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.domain.aid import kinds
from relief.domain.opening import Holder, Known, Standards, standards_of
from relief.households.models import Household, Member
from relief.households.roster_known import in_chunks
from relief.persons.models import Person
from relief.persons.service import RESIDENT_ID
from relief.policies.models import PolicyVersion
from relief.policies.queries import get_policy_version, policy_of
from relief.sealing import blind_index


def look_up(resident_ids: Collection[str]) -> Known:
    """The people on file with these resident IDs, and today's standards."""
    return Known(find_holders(resident_ids), _standards())


def find_holders(resident_ids: Collection[str]) -> dict[str, Holder]:
    """By resident ID: the household whose active member the person is, or else the one that was left last."""
    meant = {blind_index(number, RESIDENT_ID): number for number in resident_ids}
    columns = (
        sa.select(Person.resident_id_index, Person.name, Household.id, Household.number, Household.status)
        .join(Member, Member.person_id == Person.id)
        .join(Household, Household.id == Member.household_id)
        .order_by(Member.until.is_not(None), Member.until.desc(), Member.id.desc())
    )
    found: dict[str, Holder] = {}
    for index, *holder in in_chunks(columns, Person.resident_id_index, list(meant)):
        found.setdefault(meant[index], Holder(*holder))
    return found


def _standards() -> Standards:
    today = clock.today()
    in_force = db.session.scalars(sa.select(PolicyVersion.kind).where(PolicyVersion.since <= today).distinct())
    known = sorted(set(in_force) & set(kinds()))
    return standards_of({kind: policy_of(get_policy_version(kind, today)) for kind in known})
