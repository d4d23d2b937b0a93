"""What stands behind the mask? One field at a time, for a reason, and the record keeps who looked."""

from __future__ import annotations

import re

from relief.audit.service import record_access
from relief.db import db
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.households.bank import find_account
from relief.households.models import Member
from relief.households.sight import get_household

FIELDS: dict[str, tuple[str, Sentence]] = {
    "resident_id": ("identity.reveal", label("ID number")),
    "phone": ("identity.reveal", label("Telephone")),
    "address": ("identity.reveal", label("Address")),
    "account": ("account.read", label("Account number")),
}
REASONS: dict[str, Sentence] = {
    "contact": label("To reach the household"),
    "compare": label("To compare with a paper"),
    "visit": label("To find the way to a visit"),
    "payment": label("To settle a payment"),
    "audit": label("For an audit"),
}


def reveal(household_id: int, what: str, *, reason: str, member_id: int | None = None, by: Actor) -> str:
    """The value in full, written down as seen; RuleBroken without a reason of the list, NotYours out of sight."""
    if what not in FIELDS:
        raise NotYours
    by.require(FIELDS[what][0])
    if reason not in REASONS:
        raise RuleBroken("reason", "Choose a reason from the list.")
    household = get_household(household_id, by=by)
    member = db.session.get(Member, member_id) if member_id else None
    if member is not None and member.household_id != household.id:
        raise NotYours
    value = _value(household.id, what, member, household.address)
    record_access(what, "household", household.id, by=by, reason=_written(reason, member))
    return value


def mask_address(address: str) -> str:
    """`东风路***`: the place without its house number; without figures, its first half."""
    if not address:
        return ""
    figure = re.search(r"[0-9０-９一二三四五六七八九十]+\s*(号|栋|幢|单元|楼|室|组|委|[-#])|\d", address)
    kept = address[: figure.start()] if figure else address[: len(address) // 2]
    return f"{kept}***"


def _value(household_id: int, what: str, member: Member | None, address: str | None) -> str:
    if what == "address":
        return address or ""
    if what == "account":
        account = find_account(household_id)
        return account.number if account else ""
    if member is None:
        raise NotYours
    return getattr(member.person, what) or ""


def _written(reason: str, member: Member | None) -> str:
    return f"{reason} (member {member.id})" if member else reason
