"""How does the amount come about, line by line, under which policy? Also for a draft that is still typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from relief import clock
from relief.cases import facts
from relief.cases.given import Application
from relief.cases.models import Case, Event
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.aid.kind import AmountLine, CaseFacts
from relief.domain.approval import amount_for_threshold, chain_for
from relief.domain.errors import RuleBroken
from relief.domain.money import Money, total
from relief.domain.permissions import ROLE_LABELS, Role
from relief.domain.sentences import Sentence
from relief.policies.models import PolicyVersion
from relief.policies.queries import get_policy_version, policy_of


@dataclass(frozen=True)
class ShownLine:
    """A line as the table prints it."""

    label: Sentence
    amount: Money


@dataclass(frozen=True)
class AmountShown:
    """The lines, their sum, the policy behind them, and who would sign for the sum."""

    lines: Sequence[ShownLine]
    total: Money
    policy: PolicyVersion
    signers: tuple[Sentence, ...]
    needs_meeting: bool
    above_all: Sentence | None


def amount_shown(case: Case, known: CaseFacts | None = None) -> AmountShown:
    """What the policy gives for a case as it stands."""
    version = db.session.get_one(PolicyVersion, case.policy_id)
    return _shown(case.kind, known or facts.facts_of(case, clock.today()), version)


def amount_preview(household_id: int, kind: str, said: Application, *, case: Case | None) -> AmountShown | None:
    """What the policy would give for an application that is being typed; nothing is kept. None: too little is said."""
    like = case or Case(kind=kind, household_id=household_id, event_id=_event_id(household_id, said))
    typed = Case(
        id=like.id, kind=kind, household_id=household_id, event_id=like.event_id, grade=said.grade, item=said.item,
        months=said.months, cost=said.cost, beneficiary_id=said.beneficiary_id, requested=said.requested,
    )  # fmt: skip
    known = replace(facts.facts_of(typed, clock.today()), event_on=said.event_on, event_kind=said.event_kind or None)
    version = get_policy_version(kind, clock.today()) if case is None else None
    shown = _shown(kind, known, version or db.session.get_one(PolicyVersion, like.policy_id))
    return shown if shown.lines else None


def _shown(kind: str, known: CaseFacts, version: PolicyVersion) -> AmountShown:
    policy, made_of = policy_of(version), find_kind(kind)
    lines: Sequence[AmountLine] = made_of.amount_lines(known, policy)
    amount = total(line.amount for line in lines)
    signers, needs_meeting, above = _signers(made_of.tiers(policy), amount, known)
    return AmountShown(
        [ShownLine(line.text, line.amount) for line in lines], amount, version, signers, needs_meeting, above
    )


def _signers(tiers: tuple, amount: Money, known: CaseFacts) -> tuple[tuple[Sentence, ...], bool, Sentence | None]:  # type: ignore[type-arg]
    try:
        levels = chain_for(amount_for_threshold(amount, known.earlier_requests, known.on), tiers)
    except RuleBroken as refusal:
        return (), False, refusal.sentence
    return tuple(ROLE_LABELS[Role(level.role)] for level in levels), any(x.needs_meeting for x in levels), None


def _event_id(household_id: int, said: Application) -> int | None:
    return db.session.scalar(
        sa.select(Event.id).where(
            Event.household_id == household_id, Event.kind == said.event_kind, Event.on == said.event_on
        )
    )
