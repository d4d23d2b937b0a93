"""What must every kind of aid answer? Its name, its policy, its amount line by line, its gates, its signers."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from relief.domain.approval import Tier
from relief.domain.calendar import Calendar
from relief.domain.money import Money
from relief.domain.sentences import Sentence


@dataclass(frozen=True)
class VisitFact:
    """A visit as a gate sees it: how, on which day, how many named visitors."""

    id: int
    kind: str
    on: date
    visitors: int


@dataclass(frozen=True)
class CaseFacts:
    """What a decision about one case rests on; frozen into its snapshot.

    `received_of_kind` and `received_in_year` are awards of this household of the calendar year of `on`, without
    this case: of the same kind, and of all kinds together. `earlier_requests` are this household's other
    requests of the same kind and event in the twelve months before (day, amount), for the approval threshold.
    """

    on: date
    household_members: int
    category: str | None = None
    file_tier: str = "bureau"
    file_status: str = "active"
    event_on: date | None = None
    event_kind: str | None = None
    grade: int | None = None
    requested: Money | None = None
    received_of_kind: Money = field(default_factory=lambda: Money(0))
    received_in_year: Money = field(default_factory=lambda: Money(0))
    earlier_requests: tuple[tuple[date, Money], ...] = ()
    paid_for_event: bool = False
    visits: tuple[VisitFact, ...] = ()
    evidence: frozenset[str] = frozenset()
    has_consent: bool = False
    has_account: bool = False
    has_phone: bool = False


@dataclass(frozen=True)
class AmountLine:
    """One line of the sum: what it is for, and what it adds or takes."""

    text: Sentence
    amount: Money


@dataclass(frozen=True)
class Gate:
    """Something that must be there before a step: done or missing, and what to do about it.

    `before` lists the verbs that wait for it. `anchor` names the part of the page where it is mended.
    """

    code: str
    label: Sentence
    done: bool
    missing: Sentence
    before: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True)
class NoticeRule:
    """How long a notice stands, in working days, and when: before_approval or after_payment."""

    working_days: int = 5
    when: str = "before_approval"


@dataclass(frozen=True)
class StepDays:
    """In how many working days each waiting state is answered (proposal of the domain facts, 2.2)."""

    submitted: int = 5
    opinion_given: int = 2
    forwarded: int = 5
    in_approval: int = 5
    approved: int = 5
    in_payment: int = 5
    followed_up: int = 5
    objection: int = 10


class Kind(ABC):
    """One kind of aid. Subclasses hold no state but their policy defaults.

    `events`, `grades` and `evidence` are what its application asks for, empty where it asks nothing of the sort.
    """

    code: str
    mark: str
    name: Sentence
    short: Sentence
    events: Mapping[str, Sentence] = MappingProxyType({})
    grades: Mapping[int, Sentence] = MappingProxyType({})
    evidence: Mapping[str, Sentence] = MappingProxyType({})

    @abstractmethod
    def default_policy(self) -> Any:
        """The typed policy object (a frozen dataclass) that holds every number of the kind."""

    @abstractmethod
    def amount_lines(self, facts: CaseFacts, policy: Any) -> tuple[AmountLine, ...]:
        """The lines whose sum is the amount of the award under the policy; never below zero."""

    @abstractmethod
    def gates(self, facts: CaseFacts, policy: Any, calendar: Calendar) -> tuple[Gate, ...]:
        """What must be there, with what is missing."""

    @abstractmethod
    def tiers(self, policy: Any) -> tuple[Tier, ...]:
        """Who must sign, by amount."""

    @abstractmethod
    def notice_rule(self, policy: Any) -> NoticeRule:
        """How long the public notice stands."""


def policy_as_data(policy: Any) -> dict[str, Any]:
    """The policy as JSON data: amounts as `{"fen": n}`, days as ISO text."""
    data = _plain(policy)
    if not isinstance(data, dict):
        raise TypeError("a policy is a dataclass")
    return data


def policy_hash(policy: Any) -> str:
    """SHA-256 over the canonical JSON of the policy."""
    canonical = json.dumps(policy_as_data(policy), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return {"fen": value.fen}
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, frozenset, set)):
        return [_plain(v) for v in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    return value
