"""Which numbers does every kind of aid share? One typed policy object per kind; every value has a default here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from relief.domain.approval import Tier
from relief.domain.money import Money


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
    appeal: int = 10


@dataclass(frozen=True)
class NoticeRule:
    """How long a notice stands, in working days, and when: before_approval or after_payment."""

    working_days: int = 5
    when: str = "before_approval"


@dataclass(frozen=True)
class Kit:
    """Goods at a price: what a household is handed."""

    name: str
    price: Money


@dataclass(frozen=True, kw_only=True)
class AidPolicy:
    """What every kind settles (spine, 'Default policies'). Caps are per household and calendar year.

    `visit_within_days` is how old the youngest visit may be when the case is submitted; `visitors` how many
    people it takes; `visit_kinds` which visits count. `review_within_days`: how old the review of the file may be.
    `auditor_informed_above`: the auditor is told of every award above it.
    """

    approval: tuple[Tier, ...]
    household_year_cap: Money
    all_kinds_year_cap: Money = field(default_factory=lambda: Money.yuan(24_000))
    notice: NoticeRule = field(default_factory=NoticeRule)
    visit_within_days: int = 183
    visit_kinds: tuple[str, ...] = ("verification", "care")
    visitors: int = 1
    review_within_days: int | None = None
    auditor_informed_above: Money | None = None
    follow_up_within_days: int = 30
    evidence: tuple[str, ...] = ()
    funds: tuple[str, ...] = ("F4", "F3", "F6")
    step_days: StepDays = field(default_factory=StepDays)


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
