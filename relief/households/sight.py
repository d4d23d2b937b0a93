"""Which household is meant, and may this actor see it? Fetching a file is the access check."""

from __future__ import annotations

from relief.db import db, locked
from relief.domain.errors import NotYours, RuleBroken, Stale
from relief.domain.permissions import Actor
from relief.households.models import Household, Member

OPEN = ("active", "temporary")


def get_household(household_id: int, *, by: Actor) -> Household:
    """The file, or NotYours when it is missing or lies outside the actor's subtree."""
    by.require("household.read")
    household = db.session.get(Household, household_id)
    if household is None:
        raise NotYours
    by.require_sight(household.union_id)
    return household


def held(household_id: int, *, by: Actor, version: int | None = None) -> Household:
    """The file under a lock, inside a verb; NotYours outside the subtree, Stale when the version moved on."""
    household = locked(Household, household_id)
    by.require_sight(household.union_id)
    if version is not None and household.version != version:
        raise Stale(version=household.version)
    return household


def held_open(household_id: int, *, by: Actor, version: int | None = None) -> Household:
    """The file under a lock; RuleBroken when it is closed."""
    household = held(household_id, by=by, version=version)
    if household.status not in OPEN:
        raise RuleBroken(None, "This file is closed. Open it again first.")
    return household


def held_member(member_id: int, *, by: Actor, version: int | None = None) -> tuple[Household, Member]:
    """An active member and the file, both under a lock; Stale when the member's version moved on."""
    member = db.session.get(Member, member_id)
    if member is None:
        raise NotYours
    household = held_open(member.household_id, by=by)
    member = locked(Member, member_id)
    if member.until is not None:
        raise RuleBroken(None, "This person has left the household.")
    if version is not None and member.version != version:
        raise Stale(version=member.version)
    return household, member
