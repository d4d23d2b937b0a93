"""What must every kind of aid answer? Its name, its policy, its amount line by line, its parts, gates and signers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from relief.domain.aid.facts import CaseFacts, VisitFact, WindowFact
from relief.domain.aid.gates import Gate
from relief.domain.aid.parts import Part, cash
from relief.domain.aid.policy import AidPolicy, Kit, NoticeRule, StepDays, policy_as_data, policy_hash
from relief.domain.aid.windows import Window
from relief.domain.approval import Tier
from relief.domain.calendar import Calendar, LunarYear
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.money import ZERO, Money, total
from relief.domain.month import Month
from relief.domain.sentences import Sentence, sentence

__all__ = [
    "AidPolicy",
    "AmountLine",
    "CaseFacts",
    "EmergencyRule",
    "Gate",
    "Kind",
    "Kit",
    "NoticeRule",
    "Part",
    "StepDays",
    "VisitFact",
    "Window",
    "WindowFact",
    "policy_as_data",
    "policy_hash",
]


@dataclass(frozen=True)
class AmountLine:
    """One line of the sum: what it is for, and what it adds or takes."""

    text: Sentence
    amount: Money


@dataclass(frozen=True)
class EmergencyRule:
    """急难: who is helped first and filed after. Days are working days; the amount is the most that one may decide."""

    up_to: Money
    events: frozenset[str]
    decide_within: int = 1
    visit_within: int = 3
    complete_within: int = 10


class Kind(ABC):
    """One kind of aid. Subclasses hold no state but their policy defaults.

    `place` orders the kinds on screens. `way` is list or single. `asks` names what its application asks for beside the
    household: event, grade, item, months, cost, student; `events`, `grades`, `items` and `evidence` are the answers it
    knows, empty where it asks nothing of the sort. `needs_event`: an event must be named. `is_divisible`: an award may
    be less than its standard (a kit is given whole or not at all). `runs_by_month`: an award may run over months, and
    each instalment is judged again (`instalment_stop`) before it is paid. `no_amount`: why the standard gives nothing.
    """

    code: str
    mark: str
    name: Sentence
    short: Sentence
    place: int = 9
    way: str = "single"
    asks: frozenset[str] = frozenset()
    needs_event: bool = False
    is_divisible: bool = True
    runs_by_month: bool = False
    no_amount: Sentence = label("The standard knows no amount for this category.")
    events: Mapping[str, Sentence] = MappingProxyType({})
    grades: Mapping[int, Sentence] = MappingProxyType({})
    items: Mapping[str, Sentence] = MappingProxyType({})
    evidence: Mapping[str, Sentence] = MappingProxyType({})

    @abstractmethod
    def default_policy(self) -> Any:
        """The typed policy object (a frozen `AidPolicy`) that holds every number of the kind."""

    @abstractmethod
    def standard_lines(self, facts: CaseFacts, policy: Any) -> tuple[AmountLine, ...]:
        """What the standard gives, line by line, before the yearly limits; none while the grounds are missing."""

    @abstractmethod
    def gates(self, facts: CaseFacts, policy: Any, calendar: Calendar) -> tuple[Gate, ...]:
        """What must be there, with what is missing."""

    def amount_lines(self, facts: CaseFacts, policy: Any) -> tuple[AmountLine, ...]:
        """The standard, less what the yearly limits no longer leave, less what was not asked for; never below zero."""
        lines = self.standard_lines(facts, policy)
        standard = total(line.amount for line in lines)
        amount, left = standard, left_under_caps(facts, policy)
        if standard > left:
            amount = left if self.is_divisible else ZERO
            text = sentence("The household's yearly limit leaves %(left)s", left=left)
            lines = (*lines, AmountLine(text, amount - standard))
        if self.is_divisible and facts.requested is not None and facts.requested < amount:
            lines = (*lines, AmountLine(label("Asked for less than the standard"), facts.requested - amount))
        return lines

    def amount(self, facts: CaseFacts, policy: Any) -> Money:
        """What the lines add up to."""
        return total(line.amount for line in self.amount_lines(facts, policy))

    def judge_amount(self, amount: Money, facts: CaseFacts, policy: Any) -> None:
        """RuleBroken on `amount` for nothing, for more than the policy gives, or for a part of what is not divided."""
        most = self.amount(facts, policy)
        if not ZERO < amount <= most:
            raise RuleBroken("amount", "Enter an amount above zero and up to %(most)s.", most=most)
        if not self.is_divisible and amount != most:
            raise RuleBroken("amount", "This aid is given whole: %(most)s, or refused.", most=most)

    def parts(self, amount: Money, facts: CaseFacts, policy: Any) -> tuple[Part, ...]:
        """What an award of this amount is made of, from the day of the decision on; the parts add up to it."""
        return cash(amount, facts.on)

    def left_out(self, facts: CaseFacts, policy: Any) -> Sentence | None:
        """Why a household is not proposed for a list; None when it is."""
        if facts.file_status != "active":
            return label("The file is not active.")
        if facts.in_window_already:
            return label("Stands on a list of this window already.")
        if not self.standard_lines(facts, policy):
            return self.no_amount
        return label("The yearly limit is used up.") if not self.amount(facts, policy) else None

    def instalment_stop(self, month: Month, paid: int, facts: CaseFacts, policy: Any) -> Sentence | None:
        """Why an instalment due in `month`, after `paid` earlier ones, does not enter a sheet; None when it may."""
        return None

    def tiers(self, policy: Any) -> tuple[Tier, ...]:
        """Who must sign, by amount."""
        found: tuple[Tier, ...] = policy.approval
        return found

    def informs_auditor(self, amount: Money, policy: Any) -> bool:
        """Whether the auditor is told of an award of this amount (or of split requests that add up to it)."""
        limit: Money | None = policy.auditor_informed_above
        return limit is not None and amount > limit

    def notice_rule(self, policy: Any) -> NoticeRule:
        """How long the public notice stands."""
        rule: NoticeRule = policy.notice
        return rule

    def windows(self, year: int, policy: Any, calendar: Calendar, lunar: LunarYear) -> tuple[Window, ...]:
        """The windows whose award year this is, computed back from the day on which the aid is in hand."""
        return ()

    def emergency(self, policy: Any) -> EmergencyRule | None:
        """The lane for sudden need, where the kind has one."""
        return None


def left_under_caps(facts: CaseFacts, policy: AidPolicy) -> Money:
    """What the limits of the kind and of all kinds together leave this year; never below zero."""
    of_kind = policy.household_year_cap - facts.received_of_kind
    of_all = policy.all_kinds_year_cap - facts.received_in_year
    return max(ZERO, min(of_kind, of_all))
