"""What must stand on a decision that was taken on paper, before it can be written over (代录)?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from relief.domain.errors import RuleBroken
from relief.domain.money import ZERO, Money
from relief.domain.reasons import judge_reason

# The steps that may be taken on paper → what the paper says for each.
ASKED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "give_opinion": ("amount", "minutes", "note"),
        "review": ("amount",),
        "approve": ("amount",),
        "send_back": ("reason", "fields", "note"),
        "refuse": ("reason", "note"),
    }
)
_FAMILY = {"send_back": "return", "refuse": "refuse"}


@dataclass(frozen=True)
class PaperDecision:
    """A decision as it stands on its paper; `minutes_number` and `attendees` are those of the meeting behind it."""

    verb: str
    signed_on: date
    amount: Money | None = None
    fund_id: int | None = None
    reason: str = ""
    fields: tuple[str, ...] = ()
    note: str = ""
    minutes_number: str = ""
    attendees: tuple[str, ...] = ()


def judge_paper(paper: PaperDecision, today: date) -> None:
    """RuleBroken on the field that a paper of this step must have and that is empty, or on a day to come."""
    if paper.verb not in ASKED:
        raise RuleBroken("verb", "This step is not taken on paper.")
    if paper.signed_on > today:
        raise RuleBroken("signed_on", "This day lies in the future.")
    asked = ASKED[paper.verb]
    if "amount" in asked and (paper.amount is None or paper.amount <= ZERO):
        raise RuleBroken("amount", "The amount must be above zero.")
    if "reason" in asked:
        judge_reason(_FAMILY[paper.verb], paper.reason)
    if "fields" in asked and not paper.fields:
        raise RuleBroken("fields", "Tick what has to be mended.")
    if "note" in asked and not paper.note.strip():
        raise RuleBroken("note", "Write over what stands on the paper.")
    if "minutes" in asked and not paper.minutes_number.strip():
        raise RuleBroken("minutes_number", "Write the number of the minutes.")


def judge_day(signed_on: date, handed_in_on: date) -> None:
    """RuleBroken on `signed_on` for a decision on what was not handed in yet."""
    if signed_on < handed_in_on:
        raise RuleBroken(
            "signed_on", "It was handed in on %(day)s: no decision on it was signed before.", day=handed_in_on
        )
