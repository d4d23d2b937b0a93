"""What does a proposed change say, line by line? For the one who decides it; health and full numbers stay out."""

from __future__ import annotations

from typing import Any

from relief.db import db
from relief.domain.household import Relation
from relief.domain.identity import mask_resident_id
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.sentences import Param, Sentence
from relief.households.bank import find_account
from relief.households.models import Account, Member, Proposal
from relief.households.proposals import body_of

Line = tuple[Sentence, Param, Param]
DOES = {"add": label("A new member"), "edit": label("A changed member"), "end": label("A member leaves")}
SUBJECTS = {"account": label("A new account"), "resident_id": label("A corrected ID number")}
NAMES = {
    "name": label("Name"), "relation": label("Relation to the head"), "resident_id": label("ID number"),
    "born_on": label("Born on"), "monthly_income": label("Monthly income"), "occupation": label("Work or school"),
    "on": label("Day"), "phone": label("Telephone"), "health": label("Health"),
}  # fmt: skip


def title_of(proposal: Proposal) -> Sentence:
    """What kind of change it is."""
    return SUBJECTS[proposal.subject] if proposal.subject in SUBJECTS else DOES[body_of(proposal)["do"]]


def described(proposal: Proposal) -> list[Line]:
    """Lines of label, what stands now, what is proposed."""
    body = body_of(proposal)
    return _account(proposal, body) if proposal.subject == "account" else _member(body)


def _account(proposal: Proposal, body: dict[str, Any]) -> list[Line]:
    now, new = find_account(proposal.household_id), db.session.get_one(Account, body["account_id"])
    return [
        (label("Name of the account holder"), now.holder if now else "", new.holder),
        (label("Bank and branch"), now.bank if now else "", new.bank),
        (label("Card or account number"), f"****{now.number_tail}" if now else "", f"****{new.number_tail}"),
    ]


def _member(body: dict[str, Any]) -> list[Line]:
    member = db.session.get(Member, body["member_id"]) if "member_id" in body else None
    lines: list[Line] = [(label("Member"), member.person.name, "")] if member else []
    return lines + [(NAMES[name], _now(member, name), _said(name, body[name])) for name in NAMES if name in body]


def _now(member: Member | None, name: str) -> Param:
    if member is None or name not in ("name", "relation", "monthly_income", "occupation", "resident_id", "health"):
        return ""
    holder = member.person if name in ("name", "resident_id") else member
    return _said(name, getattr(holder, name))


def _said(name: str, value: Any) -> Param:
    if value is None or value == "":
        return ""
    if name == "relation":
        return Relation(value).label
    if name == "resident_id":
        return mask_resident_id(str(value))
    if name == "monthly_income":
        return value if isinstance(value, Money) else Money(int(value))
    return label("changed") if name in ("health", "phone") else str(value)
