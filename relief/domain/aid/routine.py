"""日常救助: what is routine relief? Living aid month by month, a share of medical costs, and help with study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from relief.domain.aid.gates import (
    account_gate,
    consent_gate,
    evidence_gates,
    file_gate,
    visits_that_count,
)
from relief.domain.aid.kind import AidPolicy, AmountLine, CaseFacts, Gate, Kind, Part
from relief.domain.aid.parts import cash, monthly
from relief.domain.aid.special import EVENTS
from relief.domain.approval import Level, Tier
from relief.domain.calendar import Calendar
from relief.domain.labels import label
from relief.domain.money import ZERO, Money, portion
from relief.domain.month import Month
from relief.domain.sentences import Sentence, sentence

LIVING, MEDICAL, STUDY = "living", "medical", "study"
ITEMS: Mapping[str, Sentence] = MappingProxyType(
    {
        LIVING: label("Living aid, month by month"),
        MEDICAL: label("Share of medical costs"),
        STUDY: label("Help with a child's study"),
    }
)
EVIDENCE: Mapping[str, Sentence] = MappingProxyType(
    {
        "application": label("Signed application"),
        "identity": label("Copy of the ID card"),
        "income": label("Proof of income"),
        "diagnosis": label("Diagnosis or hospital bill"),
        "study": label("Proof of study or fees"),
    }
)


@dataclass(frozen=True, kw_only=True)
class RoutinePolicy(AidPolicy):
    """Every number of routine relief (spine, 'Default policies')."""

    approval: tuple[Tier, ...] = (
        Tier(Money.yuan(1_000), (Level("vice_chair"),)),
        Tier(Money.yuan(5_000), (Level("chair"),)),
        Tier(None, (Level("chair", needs_meeting=True),)),
    )
    auditor_informed_above: Money | None = field(default_factory=lambda: Money.yuan(5_000))
    household_year_cap: Money = field(default_factory=lambda: Money.yuan(15_000))
    visit_kinds: tuple[str, ...] = ("verification",)
    visitors: int = 2
    living_deep: Money = field(default_factory=lambda: Money.yuan(400))
    living_others: Money = field(default_factory=lambda: Money.yuan(300))
    most_months: int = 6
    recheck_after_months: int = 3
    medical_percent: int = 50
    medical_year_cap: Money = field(default_factory=lambda: Money.yuan(8_000))
    study_year_cap: Money = field(default_factory=lambda: Money.yuan(5_000))
    batch_days: tuple[int, ...] = (10, 25)
    item_evidence: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType(
            {
                LIVING: ("application", "identity", "income"),
                MEDICAL: ("application", "identity", "diagnosis"),
                STUDY: ("application", "identity", "study"),
            }
        )
    )


class Routine(Kind):
    """Routine relief: one item per case, worked one by one all year."""

    code = "routine"
    mark = "RC"
    name = label("Routine relief")
    short = label("Routine")
    place = 4
    runs_by_month = True
    asks = frozenset({"item", "months", "cost", "student", "event"})
    events = EVENTS
    items = ITEMS
    evidence = EVIDENCE

    def default_policy(self) -> RoutinePolicy:
        return RoutinePolicy()

    def standard_lines(self, facts: CaseFacts, policy: RoutinePolicy) -> tuple[AmountLine, ...]:
        if facts.item == LIVING and facts.months:
            return _living(facts, policy)
        if facts.item == MEDICAL and facts.cost:
            return _medical(facts, policy)
        if facts.item == STUDY and facts.cost:
            return _study(facts, policy)
        return ()

    def parts(self, amount: Money, facts: CaseFacts, policy: RoutinePolicy) -> tuple[Part, ...]:
        """Living aid in its months, the rest in one sum."""
        if facts.item == LIVING and facts.months:
            return monthly(amount, min(facts.months, policy.most_months), facts.on)
        return cash(amount, facts.on)

    def gates(self, facts: CaseFacts, policy: RoutinePolicy, calendar: Calendar) -> tuple[Gate, ...]:
        asked = policy.item_evidence.get(facts.item or "", ("application", "identity"))
        return (
            file_gate(facts), _item_gate(facts), _running_gate(facts), _event_gate(facts), _visit_gate(facts, policy),
            *evidence_gates(facts, asked, EVIDENCE), consent_gate(facts, ("submit", "post_notice")),
            account_gate(facts),
        )  # fmt: skip

    def instalment_stop(
        self, month: Month, paid: int, facts: CaseFacts, policy: RoutinePolicy
    ) -> Sentence | None:
        """Living aid stops when the file is no longer active, or when the re-check after three months is missing."""
        if facts.item != LIVING:
            return None
        if facts.file_status != "active":
            return label("The file is no longer active: the living aid stops.")
        if paid < policy.recheck_after_months or _rechecked(month, facts, policy):
            return None
        return sentence(
            "The re-check after %(months)s months is missing: visit the home with two people first.",
            months=policy.recheck_after_months,
        )


def _living(facts: CaseFacts, policy: RoutinePolicy) -> tuple[AmountLine, ...]:
    rate = policy.living_deep if facts.category == "deep" else policy.living_others
    months = min(facts.months or 0, policy.most_months)
    return (AmountLine(sentence("%(months)s months at %(rate)s", months=months, rate=rate), rate * months),)


def _medical(facts: CaseFacts, policy: RoutinePolicy) -> tuple[AmountLine, ...]:
    cost = facts.cost or ZERO
    given = portion(cost, policy.medical_percent, 100)
    text = sentence("%(percent)s %% of %(cost)s self-paid", percent=policy.medical_percent, cost=cost)
    return (AmountLine(text, given), *_within(given, policy.medical_year_cap - facts.received_of_item))


def _study(facts: CaseFacts, policy: RoutinePolicy) -> tuple[AmountLine, ...]:
    cost = facts.cost or ZERO
    line = AmountLine(label("Fees and costs of study"), cost)
    return (line, *_within(cost, policy.study_year_cap - facts.received_of_item))


def _within(given: Money, left: Money) -> tuple[AmountLine, ...]:
    """The line that brings an item down to what its own yearly limit leaves."""
    left = max(ZERO, left)
    if given <= left:
        return ()
    return (AmountLine(sentence("The item's yearly limit leaves %(left)s", left=left), left - given),)


def _item_gate(facts: CaseFacts) -> Gate:
    asked = facts.months if facts.item == LIVING else facts.cost
    done = facts.item in ITEMS and bool(asked) and (facts.item != STUDY or facts.beneficiary is not None)
    missing = label("Say what the aid is for: the months, the self-paid costs, or the student and the fees.")
    return Gate("item", label("What the aid is for"), done, missing, ("submit",), "application")


def _running_gate(facts: CaseFacts) -> Gate:
    missing = label("An earlier award of the same item is still running.")
    return Gate("once", label("Once per item"), not facts.item_runs, missing, ("submit", "approve"), "application")


def _event_gate(facts: CaseFacts) -> Gate:
    missing = label("This event has been helped already: two awards for one event are not paid.")
    return Gate("event_once", label("Not helped for the same event"), not facts.paid_for_event, missing,
                ("submit", "approve"), "application")  # fmt: skip


def _visit_gate(facts: CaseFacts, policy: RoutinePolicy) -> Gate:
    text = sentence("Verification visit by %(people)s people", people=policy.visitors)
    missing = sentence(
        "Visit the home with %(people)s people, and log it: the last such visit is older than %(days)s days.",
        people=policy.visitors, days=policy.visit_within_days,
    )  # fmt: skip
    return Gate("visit", text, bool(visits_that_count(facts, policy)), missing, ("submit",), "visits")


def _rechecked(month: Month, facts: CaseFacts, policy: RoutinePolicy) -> bool:
    """A verification visit since the award, not older than the months of a re-check before `month`."""
    since = month
    for _ in range(policy.recheck_after_months):
        since = since.previous()
    first = max(since.first_day, (facts.approved_on or since.first_day) + timedelta(days=1))
    return any(
        visit.on >= first and visit.kind in policy.visit_kinds and visit.visitors >= policy.visitors
        for visit in facts.visits
    )


ROUTINE: Any = Routine()
