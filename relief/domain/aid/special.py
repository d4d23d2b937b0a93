"""特殊救助: what is special relief? Sudden disaster, severe illness, accident, death: speed first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from relief.domain.aid.gates import account_gate, consent_gate, evidence_gates
from relief.domain.aid.kind import AidPolicy, AmountLine, CaseFacts, EmergencyRule, Gate, Kind
from relief.domain.approval import Level, Tier
from relief.domain.calendar import Calendar
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.sentences import Sentence, sentence

EVENTS: Mapping[str, Sentence] = MappingProxyType(
    {
        "fire": label("Fire"),
        "flood": label("Flood or natural disaster"),
        "illness": label("Severe illness"),
        "injury": label("Severe injury"),
        "traffic": label("Traffic accident"),
        "forest": label("Accident in the forest or mine"),
        "death": label("Death"),
        "other": label("Other sudden event"),
    }
)
EVIDENCE: Mapping[str, Sentence] = MappingProxyType(
    {
        "application": label("Signed application"),
        "identity": label("Copy of the ID card"),
        "event_proof": label("Proof of the event"),
    }
)
GRADES: Mapping[int, Sentence] = MappingProxyType(
    {
        1: label("Grade 1: noticeable loss"),
        2: label("Grade 2: serious loss"),
        3: label("Grade 3: severe loss"),
        4: label("Grade 4: the household cannot go on alone"),
    }
)


@dataclass(frozen=True, kw_only=True)
class SpecialPolicy(AidPolicy):
    """Every number of special relief (spine, 'Default policies'): amounts, caps, days, levels.

    Above the last limit of approval the case is refused with the advice to file upward.
    """

    approval: tuple[Tier, ...] = (
        Tier(Money.yuan(3_000), (Level("chair"),)),
        Tier(Money.yuan(10_000), (Level("chair", needs_meeting=True),)),
    )
    household_year_cap: Money = field(default_factory=lambda: Money.yuan(20_000))
    grades: Mapping[int, Money] = field(
        default_factory=lambda: MappingProxyType(
            {1: Money.yuan(1_000), 2: Money.yuan(3_000), 3: Money.yuan(6_000), 4: Money.yuan(10_000)}
        )
    )
    visit_within_working_days: int = 3
    visit_kinds: tuple[str, ...] = ("verification",)
    visitors: int = 2
    evidence: tuple[str, ...] = ("application", "identity", "event_proof")
    emergency: EmergencyRule = field(
        default_factory=lambda: EmergencyRule(
            Money.yuan(3_000), frozenset({"fire", "flood", "illness", "injury", "traffic", "forest", "death"})
        )
    )


class Special(Kind):
    """Special relief: one award per event, by grade of loss, within the household's caps."""

    code = "special"
    mark = "TS"
    name = label("Special relief")
    short = label("Special")
    place = 5
    asks = frozenset({"event", "grade"})
    needs_event = True
    events = EVENTS
    evidence = EVIDENCE
    grades = GRADES

    def default_policy(self) -> SpecialPolicy:
        return SpecialPolicy()

    def standard_lines(self, facts: CaseFacts, policy: SpecialPolicy) -> tuple[AmountLine, ...]:
        """By the grade of loss."""
        if facts.grade is None:
            return ()
        text = sentence("By the standard: %(grade)s", grade=GRADES[facts.grade])
        return (AmountLine(text, policy.grades[facts.grade]),)

    def gates(self, facts: CaseFacts, policy: SpecialPolicy, calendar: Calendar) -> tuple[Gate, ...]:
        return (
            _event_gate(facts), _once_gate(facts), _visit_gate(facts, policy),
            *evidence_gates(facts, policy.evidence, EVIDENCE, ("submit", "ratify")),
            consent_gate(facts, ("submit", "post_notice", "ratify")),
            account_gate(facts),
        )  # fmt: skip

    def emergency(self, policy: SpecialPolicy) -> EmergencyRule:
        return policy.emergency


def _event_gate(facts: CaseFacts) -> Gate:
    done = facts.event_on is not None and facts.event_kind in EVENTS and facts.grade is not None
    missing = label("Say what happened, on which day, and the grade of loss.")
    return Gate("event", label("Event and grade"), done, missing, ("submit", "ask_urgently"), "event")


def _once_gate(facts: CaseFacts) -> Gate:
    missing = label("This event has been helped already; special relief is given once per event.")
    verbs = ("submit", "ask_urgently", "approve")
    return Gate("once", label("Once per event"), not facts.paid_for_event, missing, verbs, "event")


def _visit_gate(facts: CaseFacts, policy: SpecialPolicy) -> Gate:
    text = sentence("Verification visit by %(people)s people", people=policy.visitors)
    enough = [v for v in facts.visits if v.kind == "verification" and v.visitors >= policy.visitors]
    after = [v for v in enough if facts.event_on and v.on >= facts.event_on]
    missing = sentence(
        "Visit the home with %(people)s people after the event, within %(days)s working days, and log it.",
        people=policy.visitors, days=policy.visit_within_working_days,
    )  # fmt: skip
    return Gate("visit", text, bool(after), missing, ("submit", "ratify"), "visits")


def visit_is_late(facts: CaseFacts, policy: SpecialPolicy, calendar: Calendar) -> bool:
    """Whether the first full visit came after its working days had run out; shown, not a bar."""
    days = [v.on for v in facts.visits if v.kind == "verification" and v.visitors >= policy.visitors]
    if facts.event_on is None or not days:
        return False
    return min(days) > calendar.add_working_days(facts.event_on, policy.visit_within_working_days).on


SPECIAL: Any = Special()
