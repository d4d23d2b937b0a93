"""How does a row change the file that it names? By the room's own verbs, or as a proposal where a case is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from relief.db import db
from relief.domain.errors import Refusal
from relief.domain.household import Relation
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.roster import MemberRow, Reason
from relief.domain.sentences import Sentence
from relief.households.bank import OPEN_CASE, find_waiting, set_account
from relief.households.member_proposals import ADD, EDIT, END, propose_member
from relief.households.member_service import add_member, edit_member
from relief.households.membership import MemberGiven, PersonGiven
from relief.households.models import Account, Household, Member, Proposal
from relief.households.open_cases import has_open_case
from relief.households.proposals import find_proposal
from relief.households.roster_comparing import Comparison, MemberChange, said_of_member
from relief.households.roster_held import Held
from relief.households.roster_judged import why_no_member
from relief.households.roster_known import OnFile
from relief.households.service import edit_file

CREATED, UPDATED, PROPOSED, UNCHANGED, LEFT_OUT = "created", "updated", "proposed", "unchanged", "left_out"
OF_THE_WHOLE = {CREATED: UPDATED, UPDATED: UPDATED, PROPOSED: PROPOSED}
NOT_LISTED = label("The roster does not list this member any more.")
ELSEWHERE = label("The roster lists this member, who is in another household too.")
WAITS = Reason("proposed", label("A change waits for a second person on the file's page."))
WAITED = Reason("proposed before", label("This change was proposed before; it is not proposed again."))


@dataclass
class Ended:
    """What became of one row: `applied`, and what is said about it beside the judgement."""

    applied: str = UNCHANGED
    household_id: int | None = None
    notes: list[Reason] = field(default_factory=list)

    def add(self, applied: str, note: Reason | None = None) -> None:
        """A further outcome of the same row; a written change outweighs a proposed one."""
        order = (UNCHANGED, LEFT_OUT, PROPOSED, UPDATED, CREATED)
        self.applied = max(self.applied, applied, key=order.index)
        if note is not None and note not in self.notes:
            self.notes.append(note)


@dataclass(frozen=True)
class Step:
    """One thing to do: for the household's row, or for a row of the members' sheet; how it ends, and the doing."""

    applied: str
    act: Callable[[], object] | None = None
    member_row: int | None = None
    note: Reason | None = None


def steps_for(found: Comparison, held: Held, people: Mapping[str, OnFile], *, by: Actor) -> list[Step]:
    """All that is to be done to a file after a comparison; nothing is done yet."""
    household_id = held.household.id
    steps = [Step(UNCHANGED, note=note) for note in found.notes]
    if found.fields:
        steps.append(Step(UPDATED, lambda: edit_file(household_id, fields=found.fields, source="roster", by=by)))
    if found.head and held.head:
        steps.append(_edit(household_id, held.head, found.head, None, by))
    if found.account:
        steps.append(_account(held, found.account, by))
    steps += member_steps(found.members, held, people, by=by)
    return steps + [_propose(household_id, END, {"member_id": one.id}, NOT_LISTED, None, by) for one in found.missing]


def member_steps(changes: list[MemberChange], held: Held, people: Mapping[str, OnFile], *, by: Actor) -> list[Step]:
    """What is to be done to the members of a file."""
    steps = []
    for change in changes:
        row = change.row.row
        steps += [Step(UNCHANGED, member_row=row, note=note) for note in change.notes]
        if change.member is None:
            steps.append(_add(held.household, change.row, people.get(change.row.resident_id or ""), by))
        elif change.fields:
            steps.append(_edit(held.household.id, change.member, change.fields, row, by))
    return steps


def take(steps: list[Step], household_id: int) -> tuple[Ended, dict[int, Ended]]:
    """Do the steps, each whole or not at all; what became of the household's row and of its members' rows."""
    return foreseen([_done(step) for step in steps], household_id)


def foreseen(steps: list[Step], household_id: int) -> tuple[Ended, dict[int, Ended]]:
    """How the rows end once the steps are done. A household whose members change is changed."""
    whole, members = Ended(household_id=household_id), dict[int, Ended]()
    for step in steps:
        if step.member_row is None:
            whole.add(step.applied, step.note)
            continue
        members.setdefault(step.member_row, Ended(household_id=household_id)).add(step.applied, step.note)
        if step.applied in OF_THE_WHOLE:
            whole.add(OF_THE_WHOLE[step.applied])
    return whole, members


def _done(step: Step) -> Step:
    if step.act is None:
        return step
    try:
        with db.session.begin_nested():
            step.act()
    except Refusal as refusal:
        return Step(LEFT_OUT, None, step.member_row, Reason("refused", refusal.sentence))
    return step


def propose_new_member(household_id: int, row: MemberRow, why: Sentence, *, by: Actor) -> Step:
    """Put a member up for decision who cannot join at once."""
    relation = row.relation if row.relation not in (None, Relation.HEAD) else Relation.OTHER
    said = said_of_member(row) | {"relation": relation.value}
    if row.resident_id is None:
        said |= {"born_on": row.born.isoformat()} if row.born else {}
        said |= {"sex": row.sex.value} if row.sex else {}
    return _propose(household_id, ADD, said, why, row.row, by)


def _add(household: Household, row: MemberRow, known: OnFile | None, by: Actor) -> Step:
    refusal = why_no_member(known, row.name) if known else None
    if row.is_head:
        return Step(UNCHANGED, member_row=row.row)
    if refusal:
        return Step(LEFT_OUT, member_row=row.row, note=refusal)
    if row.elsewhere or (known and (known.member_of or known.heads)):
        return propose_new_member(household.id, row, ELSEWHERE, by=by)
    if has_open_case(household.id):
        return propose_new_member(household.id, row, OPEN_CASE, by=by)
    relation = row.relation if row.relation not in (None, Relation.HEAD) else Relation.OTHER
    person = PersonGiven(row.name, row.resident_id, born_on=row.born, sex=row.sex.value if row.sex else None)
    said = said_of_member(row)
    given = MemberGiven(row.health, row.monthly_income, said.get("occupation"))
    return Step(
        CREATED,
        lambda: add_member(household.id, person=person, relation=relation, said=given, source="roster", by=by),
        row.row,
    )


def _edit(household_id: int, member: Member, fields: dict[str, Any], row: int | None, by: Actor) -> Step:
    member_id = member.id
    if has_open_case(household_id):
        return _propose(household_id, EDIT, {"member_id": member_id, **fields}, OPEN_CASE, row, by)
    return Step(UPDATED, lambda: edit_member(member_id, fields=fields, source="roster", by=by), row)


def _propose(household_id: int, do: str, said: dict[str, Any], why: Sentence, row: int | None, by: Actor) -> Step:
    """A proposal, unless this very change was proposed before and is open or was declined."""
    change = {name: value.fen if isinstance(value, Money) else value for name, value in said.items()}
    if _stands(find_proposal(household_id, "member", {"do": do, **change})):
        return Step(UNCHANGED, member_row=row, note=WAITED)
    return Step(PROPOSED, lambda: propose_member(household_id, do=do, change=change, why=why, by=by), row, WAITS)


def _account(held: Held, said: Mapping[str, Any], by: Actor) -> Step:
    household = held.household

    def act() -> Account:
        return set_account(household.id, source="roster", by=by, **said)

    if not has_open_case(household.id):
        return Step(UPDATED, act)
    if _stands(find_waiting(household.id, payee_id=household.head_id, **said)):
        return Step(UNCHANGED, note=WAITED)
    return Step(PROPOSED, act, note=WAITS)


def _stands(proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.state in ("open", "declined")
