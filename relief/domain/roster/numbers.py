"""Which code says what is wrong with a number of a roster? The codes of the report, one per refusal."""

from __future__ import annotations

from datetime import date

from relief.domain.errors import RuleBroken
from relief.domain.identity import (
    IdentityRefused,
    ResidentId,
    clean_card,
    judge_card,
    judge_contact,
    judge_resident_id,
)
from relief.domain.identity.typed_number import lost_digits
from relief.domain.roster.cells import compact
from relief.domain.roster.findings import Findings
from relief.domain.sentences import sentence

RESIDENT_ID_CODES = {
    "missing": "resident-id missing",
    "lost_digits": "resident-id lost digits as a number",
    "checksum": "resident-id checksum",
    "length": "resident-id length",
    "old_15": "resident-id of 15 digits",
    "date": "resident-id birth date",
    "future": "resident-id birth date in the future",
    "age": "resident-id too old",
}


def read_resident_id(field: str, found: Findings, today: date) -> ResidentId | None:
    """The resident ID of the field; None, and a refusal, when it is missing or cannot be a person's."""
    try:
        return judge_resident_id(found.raw.get(field), today)
    except IdentityRefused as refused:
        found.refuse(RESIDENT_ID_CODES[refused.reason], refused.sentence)
        return None


def asked_resident_id(cell: object, today: date) -> str | None:
    """The number in the cell when it can be a person's, else None; says nothing."""
    try:
        return judge_resident_id(cell, today).number
    except IdentityRefused:
        return None


def read_card(found: Findings) -> str | None:
    """The card's digits; None for an empty cell, and with a warning for one that holds no card."""
    cell = found.raw.get("card")
    if not clean_card(cell):
        return None
    try:
        card = judge_card(cell)
    except RuleBroken as broken:
        lost = lost_digits(clean_card(cell))
        code = "bank card lost digits as a number" if lost else "bank card not understood"
        found.warn(code, broken.sentence)
        return None
    if not card.luhn_ok:
        found.warn(
            "bank card fails Luhn",
            sentence("The bank card's check digit does not match: compare it with the card or passbook."),
        )
    return card.number


def asked_card(cell: object) -> str | None:
    """The card's digits when the cell holds a card, else None; says nothing."""
    try:
        return judge_card(cell).number
    except RuleBroken:
        return None


def read_phone(found: Findings) -> str | None:
    """The digits of a mobile or landline; None for nothing, and with a warning for anything else."""
    if not compact(found.raw.get("phone")):
        return None
    try:
        return judge_contact(found.raw.get("phone"))
    except RuleBroken as broken:
        found.warn("phone not understood", broken.sentence)
        found.leave_over("phone")
        return None
