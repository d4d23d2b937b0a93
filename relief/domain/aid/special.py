"""特殊救助: what is special relief? Sudden disaster, severe illness, accident, death: speed first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from relief.domain.aid.kind import AmountLine, CaseFacts, Gate, Kind, NoticeRule, StepDays
from relief.domain.approval import Level, Tier
from relief.domain.calendar import Calendar
from relief.domain.labels import label
from relief.domain.money import ZERO, Money
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


@dataclass(frozen=True)
class SpecialPolicy:
    """Every number of special relief (spine, 'Default policies'): amounts, caps, days, levels."""

    grades: Mapping[int, Money] = field(
        default_factory=lambda: MappingProxyType(
            {1: Money.yuan(1_000), 2: Money.yuan(3_000), 3: Money.yuan(6_000), 4: Money.yuan(10_000)}
        )
    )
    household_year_cap: Money = field(default_factory=lambda: Money.yuan(20_000))
    all_kinds_year_cap: Money = field(default_factory=lambda: Money.yuan(24_000))
    visit_within_working_days: int = 3
    visitors: int = 2
    notice_working_days: int = 5
    vice_chair_up_to: Money = field(default_factory=lambda: Money.yuan(3_000))
    chair_up_to: Money = field(default_factory=lambda: Money.yuan(10_000))
    emergency_up_to: Money = field(default_factory=lambda: Money.yuan(3_000))
    follow_up_within_days: int = 30
    evidence: tuple[str, ...] = ("application", "identity", "event_proof")
    funds: tuple[str, ...] = ("F4", "F3", "F6")
    step_days: StepDays = field(default_factory=StepDays)


class Special(Kind):
    """Special relief: one award per event, by grade of loss, within the household's caps."""

    code = "special"
    mark = "TS"
    name = label("Special relief")
    short = label("Special")
    events = EVENTS
    evidence = EVIDENCE
    grades = GRADES

    def default_policy(self) -> SpecialPolicy:
        return SpecialPolicy()

    def amount_lines(self, facts: CaseFacts, policy: SpecialPolicy) -> tuple[AmountLine, ...]:
        """Grade, less what the caps no longer leave, less what was not asked for (a lower request holds)."""
        if facts.grade is None:
            return ()
        by_grade = policy.grades[facts.grade]
        lines = [AmountLine(sentence("By the standard: %(grade)s", grade=GRADES[facts.grade]), by_grade)]
        left = _left_under_caps(facts, policy)
        if by_grade > left:
            text = sentence("The household's yearly limit leaves %(left)s", left=left)
            lines.append(AmountLine(text, left - by_grade))
        amount = min(by_grade, left)
        if facts.requested is not None and facts.requested < amount:
            lines.append(AmountLine(sentence("Asked for less than the standard"), facts.requested - amount))
        return tuple(lines)

    def gates(self, facts: CaseFacts, policy: SpecialPolicy, calendar: Calendar) -> tuple[Gate, ...]:
        return (
            _event_gate(facts),
            _once_gate(facts),
            _visit_gate(facts, policy, calendar),
            *_evidence_gates(facts, policy),
            Gate("consent", label("Consent to check and publish"), facts.has_consent,
                 label("Have the household sign the consent, and file it."), ("submit", "post_notice"), "evidence"),
            Gate("account", label("Account for the money"), facts.has_account,
                 label("Enter the household's bank account."), ("approve", "enter_sheet"), "account"),
        )  # fmt: skip

    def tiers(self, policy: SpecialPolicy) -> tuple[Tier, ...]:
        """≤ 3,000 vice-chair; ≤ 10,000 office meeting recorded by the chair; above is refused, file upward."""
        return (
            Tier(policy.vice_chair_up_to, (Level("vice_chair"),)),
            Tier(policy.chair_up_to, (Level("chair", needs_meeting=True),)),
        )

    def notice_rule(self, policy: SpecialPolicy) -> NoticeRule:
        return NoticeRule(policy.notice_working_days)


def _left_under_caps(facts: CaseFacts, policy: SpecialPolicy) -> Money:
    of_kind = policy.household_year_cap - facts.received_of_kind
    of_all = policy.all_kinds_year_cap - facts.received_in_year
    return max(ZERO, min(of_kind, of_all))


def _event_gate(facts: CaseFacts) -> Gate:
    done = facts.event_on is not None and facts.event_kind in EVENTS and facts.grade is not None
    missing = label("Say what happened, on which day, and the grade of loss.")
    return Gate("event", label("Event and grade"), done, missing, ("submit",), "event")


def _once_gate(facts: CaseFacts) -> Gate:
    missing = label("This event has been helped already; special relief is given once per event.")
    return Gate("once", label("Once per event"), not facts.paid_for_event, missing, ("submit", "approve"), "event")


def _visit_gate(facts: CaseFacts, policy: SpecialPolicy, calendar: Calendar) -> Gate:
    text = sentence("Verification visit by %(people)s people", people=policy.visitors)
    enough = [v for v in facts.visits if v.kind == "verification" and v.visitors >= policy.visitors]
    after = [v for v in enough if facts.event_on and v.on >= facts.event_on]
    missing = sentence(
        "Visit the home with %(people)s people after the event, within %(days)s working days, and log it.",
        people=policy.visitors, days=policy.visit_within_working_days,
    )  # fmt: skip
    return Gate("visit", text, bool(after), missing, ("submit",), "visits")


def _evidence_gates(facts: CaseFacts, policy: SpecialPolicy) -> tuple[Gate, ...]:
    return tuple(
        Gate(f"evidence.{code}", EVIDENCE[code], code in facts.evidence,
             sentence("Attach: %(paper)s.", paper=EVIDENCE[code]), ("submit",), "evidence")
        for code in policy.evidence
    )  # fmt: skip


def visit_is_late(facts: CaseFacts, policy: SpecialPolicy, calendar: Calendar) -> bool:
    """Whether the first full visit came after its working days had run out; shown, not a bar."""
    days = [v.on for v in facts.visits if v.kind == "verification" and v.visitors >= policy.visitors]
    if facts.event_on is None or not days:
        return False
    return min(days) > calendar.add_working_days(facts.event_on, policy.visit_within_working_days).on


SPECIAL: Any = Special()
