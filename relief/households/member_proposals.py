"""How does a changed member wait for a second person? Joining, changing and leaving, proposed as plain data.

A roster proposes them for a household with an open case, where what was decided leans on who belongs to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from relief.db import transaction
from relief.domain.household import Relation
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households.member_service import add_member, edit_member, end_membership
from relief.households.membership import MemberGiven, PersonGiven
from relief.households.models import Household, Proposal
from relief.households.proposals import applies, propose
from relief.households.sight import held_open

ADD, EDIT, END = "add", "edit", "end"


def propose_member(
    household_id: int, *, do: str, change: Mapping[str, Any], why: Sentence, by: Actor
) -> Proposal:
    """Put a member's change up for decision. `do` and what `change` holds, as JSON values:

    `add`: name, relation, and any of resident_id, born_on (ISO), sex, health, monthly_income (fen), occupation;
    `edit`: member_id and the fields of `edit_member`; `end`: member_id and on (ISO).
    """
    by.require("household.write")
    with transaction():
        household = held_open(household_id, by=by)
        return propose(household, "member", {"do": do, **change}, why, by=by)


@applies("member")
def _decide(household: Household, body: Mapping[str, Any], accept: bool, by: Actor) -> None:
    if accept:
        _DO[body["do"]](household, {name: value for name, value in body.items() if name != "do"}, by)


def _add(household: Household, said: dict[str, Any], by: Actor) -> None:
    person = PersonGiven(
        said["name"], said.get("resident_id"), born_on=_day(said.get("born_on")), sex=said.get("sex"),
    )  # fmt: skip
    given = MemberGiven(said.get("health"), _money(said.get("monthly_income")), said.get("occupation"))
    add_member(household.id, person=person, relation=Relation(said["relation"]), said=given, source="proposal", by=by)


def _edit(household: Household, said: dict[str, Any], by: Actor) -> None:
    if "monthly_income" in said:
        said["monthly_income"] = _money(said["monthly_income"])
    edit_member(said.pop("member_id"), fields=said, source="proposal", by=by)


def _end(household: Household, said: dict[str, Any], by: Actor) -> None:
    end_membership(said["member_id"], on=_day(said.get("on")), source="proposal", by=by)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


_DO = {ADD: _add, EDIT: _edit, END: _end}
