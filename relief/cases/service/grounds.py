"""On what does a step stand? The facts, the kind with its policy, the calendar and the hands, read once for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.cases.facts import facts_of_all
from relief.cases.hands import CaseHands, hands_of_all
from relief.cases.models import Case
from relief.cases.service.beside import Beside
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.aid.kind import CaseFacts, Gate, Kind
from relief.domain.calendar import Calendar
from relief.domain.errors import RuleBroken, collected
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.policies.models import PolicyVersion
from relief.policies.queries import load_calendar, policy_of
from relief.windows.models import AidWindow


@dataclass(frozen=True)
class Ground:
    """What a decision about one case rests on, as it stood when it was read; `version` is the policy's row,
    `window` that of a row of a list."""

    known: CaseFacts
    kind: Kind
    policy: Any
    version: PolicyVersion
    calendar: Calendar
    hands: CaseHands
    beside: Beside
    window: AidWindow | None = None

    @property
    def amount(self) -> Money:
        """What the policy gives."""
        return self.kind.amount(self.known, self.policy)

    @property
    def gates(self) -> Sequence[Gate]:
        """What must be there before which step."""
        return self.kind.gates(self.known, self.policy, self.calendar)

    def require_gates(self, verb: str) -> None:
        """RuleBroken for the first gate that the verb waits for and that is not passed, the others attached."""
        collected(
            [RuleBroken(gate.anchor or gate.code, gate.missing.message, **gate.missing.params)
             for gate in self.gates if verb in gate.before and not gate.done]
        )  # fmt: skip

    def judge_amount(self, amount: Money) -> None:
        """RuleBroken on `amount` for what the policy does not give."""
        self.kind.judge_amount(amount, self.known, self.policy)


def ground_of(case: Case, by: Actor) -> Ground:
    """The ground of one case for this actor."""
    return grounds_of([case], by)[0]


def grounds_of(cases: Sequence[Case], by: Actor) -> list[Ground]:
    """The grounds of many cases, in their order; the number of statements does not grow with them."""
    calendar = load_calendar()
    versions = _versions({case.policy_id for case in cases})
    policies = {number: policy_of(version) for number, version in versions.items()}
    known, hands = facts_of_all(cases, clock.today()), hands_of_all(cases, by.person_id)
    beside, windows = Beside(cases), _windows({case.window_id for case in cases if case.window_id})
    return [
        Ground(
            facts, find_kind(case.kind), policies[case.policy_id], versions[case.policy_id], calendar, took, beside,
            windows.get(case.window_id or 0),
        )
        for case, facts, took in zip(cases, known, hands, strict=True)
    ]  # fmt: skip


def _windows(ids: set[int]) -> dict[int, AidWindow]:
    rows = db.session.scalars(sa.select(AidWindow).where(AidWindow.id.in_(ids))) if ids else ()
    return {row.id: row for row in rows}


def _versions(ids: set[int]) -> dict[int, PolicyVersion]:
    rows = db.session.scalars(sa.select(PolicyVersion).where(PolicyVersion.id.in_(ids)))
    return {row.id: row for row in rows}
