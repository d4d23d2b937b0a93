"""Which changes wait for a second person? A new account or a changed member, until somebody else decides."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record
from relief.db import db, locked, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale
from relief.domain.identity import clean_resident_id
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households.membership import list_members
from relief.households.models import Household, Proposal
from relief.households.sight import held
from relief.persons.queries import relatives_of
from relief.sealing import blind_index

Apply = Callable[[Household, Mapping[str, Any], bool, Actor], None]
_appliers: dict[str, Apply] = {}


def applies(subject: str) -> Callable[[Apply], Apply]:
    """Mark the function that carries out (or drops) proposals of a subject once they are decided."""

    def keep(apply: Apply) -> Apply:
        _appliers[subject] = apply
        return apply

    return keep


def propose(
    household: Household, subject: str, body: Mapping[str, Any], why: Sentence, *, fingerprint: str | None = None,
    by: Actor,
) -> Proposal:  # fmt: skip
    """Put a change up for decision, inside the verb around; the same change again opens the same proposal.

    `fingerprint` tells two changes apart; it is the body itself unless given, and is kept as a keyed hash.
    """
    plain = _plain(body)
    proposal = find_proposal(household.id, subject, body, fingerprint=fingerprint)
    if proposal is None:
        mark = _mark(fingerprint or plain)
        proposal = Proposal(household_id=household.id, union_id=household.union_id, subject=subject, fingerprint=mark)
        db.session.add(proposal)
    proposal.body, proposal.why, proposal.state = plain, why.as_data(), "open"
    proposal.made_by, proposal.made_at = by.person_id, clock.now()
    proposal.decided_by = proposal.decided_at = None
    db.session.flush()
    record("proposal.make", "household", household.id, by=by, union_id=household.union_id,
           changes={"proposal": proposal.id, "subject": subject, "why": why})  # fmt: skip
    return proposal


def find_proposal(
    household_id: int, subject: str, body: Mapping[str, Any], *, fingerprint: str | None = None
) -> Proposal | None:
    """The proposal of this very change, open or decided."""
    mark = _mark(fingerprint or _plain(body))
    of_household = (Proposal.household_id == household_id, Proposal.subject == subject)
    return db.session.scalar(sa.select(Proposal).where(*of_household, Proposal.fingerprint == mark))


def decide_proposal(
    proposal_id: int, *, accept: bool, version: int | None = None, phoned: bool = False, note: str = "",
    retyped: str = "", by: Actor,
) -> Proposal:  # fmt: skip
    """A second person accepts or declines; a new account is confirmed with the household by phone first.

    A corrected ID number is typed a second time from the card (`retyped`), and both must be the same.

    NotAllowed for the one who proposed it, for members of the household and for whoever declared to be near to one.
    """
    by.require("proposal.decide")
    with transaction():
        found = db.session.get(Proposal, proposal_id)
        if found is None:
            raise NotYours
        household = held(found.household_id, by=by)
        proposal = locked(Proposal, proposal_id)
        _judge(proposal, version, by)
        if accept and proposal.subject == "account" and not phoned:
            raise RuleBroken("phoned", "Confirm the account with the household by phone before you accept it.")
        if accept and proposal.subject == "resident_id":
            _judge_retyped(retyped, body_of(proposal)["resident_id"])
        proposal.state = "accepted" if accept else "declined"
        proposal.decided_by, proposal.decided_at = by.person_id, clock.now()
        _appliers[proposal.subject](household, body_of(proposal), accept, by)
        record("proposal.accept" if accept else "proposal.decline", "household", household.id, by=by,
               union_id=household.union_id, changes={
                   "proposal": proposal.id, "subject": proposal.subject, "phoned": phoned, "note": note,
               })  # fmt: skip
        return proposal


def _plain(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, ensure_ascii=False)


def _mark(fingerprint: str) -> str:
    return blind_index(fingerprint, "household_proposal")


def _judge(proposal: Proposal, version: int | None, by: Actor) -> None:
    if proposal.state != "open":
        raise RuleBroken(None, "This proposal has been decided already.")
    if version is not None and proposal.version != version:
        raise Stale(version=proposal.version)
    if proposal.made_by is not None and proposal.made_by == by.person_id:
        raise NotAllowed(None, "You proposed this change. Somebody else decides it.")
    members = {member.person_id for member in list_members(proposal.household_id)}
    if by.person_id in members:
        raise NotAllowed(None, "You belong to this household. Somebody else decides it.")
    if by.person_id is not None and members & relatives_of(by.person_id):
        raise NotAllowed(None, "You declared to be near to this household. Somebody else must do it.")


def _judge_retyped(retyped: str, number: str) -> None:
    if clean_resident_id(retyped) != number:
        raise RuleBroken("retyped", "This is not the number that was proposed. Compare both with the ID card.")


def body_of(proposal: Proposal) -> dict[str, Any]:
    """What is proposed, as plain data."""
    return json.loads(proposal.body)  # type: ignore[no-any-return]


def get_proposal(proposal_id: int, *, by: Actor) -> Proposal:
    """The proposal, or NotYours outside the subtree."""
    by.require("household.read")
    proposal = db.session.get(Proposal, proposal_id)
    if proposal is None:
        raise NotYours
    by.require_sight(proposal.union_id)
    return proposal


def list_open_proposals(household_id: int) -> Sequence[Proposal]:
    """What waits for a decision on this file, the oldest first."""
    return db.session.scalars(
        sa.select(Proposal)
        .where(Proposal.household_id == household_id, Proposal.state == "open")
        .order_by(Proposal.id)
    ).all()
