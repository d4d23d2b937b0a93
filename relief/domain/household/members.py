"""Who belongs to the household on a day? Memberships have days, and a household has one head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relief.domain.errors import RuleBroken
from relief.domain.household.codes import Relation


@dataclass(frozen=True)
class Membership:
    """A person in a household from a day on, to a last day if it ended; the day of death if any."""

    person_id: int
    relation: Relation
    from_on: date
    until_on: date | None = None
    deceased_on: date | None = None
    shares_the_budget: bool = True

    def counts_on(self, day: date) -> bool:
        """Whether this person is counted on the day: a member, alive, living from the common budget."""
        gone = self.until_on is not None and day > self.until_on
        dead = self.deceased_on is not None and day >= self.deceased_on
        return self.shares_the_budget and self.from_on <= day and not gone and not dead


def members_on(memberships: Iterable[Membership], day: date) -> tuple[Membership, ...]:
    """Those who count on the day, each person once."""
    found = {member.person_id: member for member in memberships if member.counts_on(day)}
    return tuple(found.values())


def judge_members(memberships: Iterable[Membership], day: date) -> tuple[Membership, ...]:
    """Those who count on the day, with exactly one head among them; else RuleBroken on `members`."""
    found = members_on(memberships, day)
    heads = sum(member.relation is Relation.HEAD for member in found)
    if heads == 0:
        raise RuleBroken("members", "The household has no head on this day. Name the new head.")
    if heads > 1:
        raise RuleBroken("members", "The household has %(count)s heads. One is enough.", count=heads)
    return found
