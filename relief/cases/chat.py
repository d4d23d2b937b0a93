"""Which line about a case can be pasted into a chat? Built by the rule that lets no personal word in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Grant, User
from relief.accounts.queries import held_on, within
from relief.cases.models import Case, ChainLevel
from relief.cases.offers import gates_of
from relief.cases.passing import passed_of_all
from relief.cases.routes import blueprint
from relief.db import db
from relief.domain.chat_text import TITLES, chat_text, surname_of
from relief.domain.permissions import Actor, Role
from relief.domain.sentences import Sentence
from relief.domain.workflow import ENDS, State
from relief.persons.models import Person

SHOWN = 8
NEXT_HAND: dict[State, Role] = {
    State.DRAFT: Role.CASEWORKER, State.SUBMITTED: Role.UNIT_CHAIR, State.OPINION_GIVEN: Role.CASEWORKER,
    State.FORWARDED: Role.REVIEWER, State.APPROVED: Role.ACCOUNTANT, State.IN_PAYMENT: Role.CASHIER,
    State.PAID: Role.CASEWORKER, State.FOLLOWED_UP: Role.CASEWORKER,
}  # fmt: skip
BEFORE_MONEY = (State.SUBMITTED, State.OPINION_GIVEN, State.FORWARDED, State.IN_APPROVAL)
_PLACES = {
    "visits": "visit", "account": "account", "papers": "papers", "household": "household", "event": "application",
    "application": "application", "notice": "notice",
}  # fmt: skip


@dataclass(frozen=True)
class _Hand:
    """Whose turn it is, and the surname of whoever holds the office."""

    role: Role | None
    surname: str


def waiting_lines(*, by: Actor) -> list[Sentence]:
    """A line for each of the first cases of the subtree that wait with a deadline, the oldest first."""
    by.require("case.read")
    cases = db.session.scalars(
        sa.select(Case)
        .where(within(Case.union_id, by), Case.state.in_(BEFORE_MONEY), Case.due_on.is_not(None))
        .where(Case.on_hold.is_(False))
        .order_by(Case.due_on, Case.id)
        .limit(SHOWN)
    ).all()
    return [_line(case, hand) for case, hand in zip(cases, _hands(cases), strict=True)]


@blueprint.app_template_global("chat_line")
def chat_line(case: Case) -> Sentence | None:
    """The line of one case with what is missing before its next step; None once it has ended."""
    if State(case.state) in ENDS:
        return None
    missing = [_place(gate.code, gate.anchor) for gate in gates_of(case) if not gate.done]
    return _line(case, _hands([case])[0], [one for one in missing if one])


def _line(case: Case, hand: _Hand, missing: Sequence[str] = ()) -> Sentence:
    return chat_text(
        case.kind, case.number, State(case.state), due_on=case.due_on, missing=missing, waits_for=hand.role,
        surname=hand.surname,
    )  # fmt: skip


def _place(code: str, anchor: str) -> str:
    return "consent" if code == "consent" else _PLACES.get(anchor, "")


def _hands(cases: Sequence[Case]) -> list[_Hand]:
    """Role and surname for each case, in three statements for any number."""
    levels, officers = _levels(cases), _officers()
    found = []
    for case, passed in zip(cases, passed_of_all(cases), strict=True):
        role, union = _role(case, levels), case.union_id
        if passed is not None and role is Role.UNIT_CHAIR:
            role, union = (Role.UNIT_CHAIR, passed.to_union_id) if passed.to_union_id else (Role.REVIEWER, 0)
        place = union if role is Role.UNIT_CHAIR else 0
        found.append(_Hand(role, officers.get((role, place), "") if role in TITLES else ""))
    return found


def _role(case: Case, levels: dict[int, str]) -> Role | None:
    if case.state == State.IN_APPROVAL:
        return Role(levels[case.id]) if case.id in levels else None
    return NEXT_HAND.get(State(case.state))


def _levels(cases: Sequence[Case]) -> dict[int, str]:
    """The role whose level is open, by case."""
    rows = db.session.execute(
        sa.select(ChainLevel.case_id, ChainLevel.role)
        .where(ChainLevel.case_id.in_([case.id for case in cases]))
        .where(ChainLevel.dropped_at.is_(None), ChainLevel.decided_at.is_(None))
        .order_by(ChainLevel.level.desc())
    )
    return {row.case_id: row.role for row in rows}


def _officers() -> dict[tuple[Role | None, int], str]:
    """The surname of each unit's chair, and of the bureau's chair and vice-chair (union 0)."""
    rows = db.session.execute(
        sa.select(Grant.role, User.union_id, Person.name)
        .join(User, User.id == Grant.user_id)
        .join(Person, Person.id == User.person_id)
        .where(Grant.role.in_([role.value for role in TITLES]), held_on(clock.today()), User.disabled_at.is_(None))
        .order_by(User.id.desc())
    )
    return {
        (Role(role), union if role == Role.UNIT_CHAIR else 0): surname_of(name) for role, union, name in rows
    }  # fmt: skip
