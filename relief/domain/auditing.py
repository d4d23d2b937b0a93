"""What may the auditor write, who answers, and which cases does a sample draw? (domain facts, 7)"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from relief.domain.errors import NotAllowed, RuleBroken, WrongState
from relief.domain.labels import label
from relief.domain.permissions import Actor, Role
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow.taking import Offer, Step, find_step, offers

LARGEST_SAMPLE = 500
LONGEST_SEED = 40
ANSWER_WITHIN = 10  # working days that an owner has, unless the auditor says otherwise
NEVER_OWNERS = frozenset({Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})


class DoubtState(StrEnum):
    """States of a doubt 疑点 in the auditor's register."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"
    UPHELD = "upheld"

    @property
    def label(self) -> Sentence:
        return DOUBT_STATE_LABELS[self]


DOUBT_STATE_LABELS: dict[DoubtState, Sentence] = {
    DoubtState.OPEN: label("Waiting for the answer"),
    DoubtState.ANSWERED: label("Answered"),
    DoubtState.SETTLED: label("Doubt settled"),
    DoubtState.UPHELD: label("Doubt upheld"),
}
UNJUDGED = (DoubtState.OPEN, DoubtState.ANSWERED)

DOUBT_STEPS: tuple[Step, ...] = (
    Step("answer", label("Answer the doubt"), "case.read", UNJUDGED, DoubtState.ANSWERED, hand="owner"),
    Step("settle", label("Settle the doubt"), "audit.doubt", UNJUDGED, DoubtState.SETTLED, hand="judge"),
    Step("uphold", label("Uphold the doubt"), "audit.doubt", UNJUDGED, DoubtState.UPHELD, hand="judge", danger=True),
)  # fmt: skip


@dataclass(frozen=True)
class DoubtFacts:
    """What the rules ask of a doubt: where it stands, who must answer, and by when."""

    state: str
    owner_id: int
    due_on: date


def take_doubt(verb: str, doubt: DoubtFacts, by: Actor, today: date) -> Step:
    """The step of a doubt, judged for state and hand; raises WrongState or NotAllowed with the reason.

    Only its owner answers; only an auditor judges. A doubt is upheld against silence once its day has passed.
    """
    step = find_step(DOUBT_STEPS, verb, doubt.state)
    if step.hand == "owner":
        _require_owner(doubt, by)
    else:
        by.require(step.permission)
    if verb == "uphold" and _may_still_answer(doubt, today):
        raise WrongState(None, "The owner has until %(day)s to answer.", day=doubt.due_on)
    return step


def doubt_offers(doubt: DoubtFacts, by: Actor, today: date) -> list[Offer]:
    """The buttons of a doubt for this actor; what is not his hand's is not among them."""
    why = sentence("The owner has until %(day)s to answer.", day=doubt.due_on)
    closed = {"uphold": why} if _may_still_answer(doubt, today) else {}
    mine = [step for step in DOUBT_STEPS if _is_hand_of(step, doubt, by)]
    return offers(mine, doubt.state, by, reasons=closed)


def _is_hand_of(step: Step, doubt: DoubtFacts, by: Actor) -> bool:
    return by.user_id == doubt.owner_id if step.hand == "owner" else by.can(step.permission)


def _require_owner(doubt: DoubtFacts, by: Actor) -> None:
    if by.user_id is None or by.user_id != doubt.owner_id:
        raise NotAllowed(None, "Only the one who was asked answers this doubt.")


def _may_still_answer(doubt: DoubtFacts, today: date) -> bool:
    return doubt.state == DoubtState.OPEN and today <= doubt.due_on


def may_own(roles: Iterable[Role]) -> bool:
    """Whether somebody with these roles can be asked: whoever works on aid, no auditor, no administrator."""
    held = frozenset(roles)
    return bool(held) and not held & NEVER_OWNERS


def judge_due(due_on: date, today: date) -> None:
    """RuleBroken on `due_on` unless the day lies ahead."""
    if due_on <= today:
        raise RuleBroken("due_on", "Give the owner a day after today.")


def said(field: str, text: str) -> str:
    """The text without outer blanks; RuleBroken on the field when nothing is left."""
    tidy = text.strip()
    if not tidy:
        raise RuleBroken(field, "Explain it in a sentence.")
    return tidy


def doubt_number(prefix: str, year: int, serial: int) -> str:
    """`XLGH-YD-2026-001`."""
    return f"{prefix}-YD-{year:04d}-{serial:03d}"


def judge_sample(seed: str, size: int, since: date, until: date, today: date) -> None:
    """RuleBroken for a sample that could not be drawn again: no seed, no size, or days that are not over."""
    if not seed.strip():
        raise RuleBroken("seed", "Give a seed: any words or figures. The same seed draws the same cases again.")
    if not 1 <= size <= LARGEST_SAMPLE:
        raise RuleBroken("size", "Draw from 1 to %(most)s cases.", most=LARGEST_SAMPLE)
    if since > until:
        raise RuleBroken("since", "The first day lies after the last.")
    if until >= today:
        raise RuleBroken("until", "The last day must be over, so that the same seed draws the same cases again.")


def place_in_sample(seed: str, number: str) -> str:
    """The place of a case in the order of a seed: SHA-256 over seed, line feed and case number, in hexadecimal."""
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()


def draw(seed: str, size: int, numbered: Iterable[tuple[str, int]]) -> list[int]:
    """The ids of the first `size` of (case number, id) in the order of the seed, whatever the order they come in."""
    first = heapq.nsmallest(size, ((place_in_sample(seed, number), number, row) for number, row in numbered))
    return [row for _, _, row in first]
