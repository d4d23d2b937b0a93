"""What did a decision rest on? Facts, lines, members, payee and papers, frozen with the policy's hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from relief.audit.service import plain
from relief.cases import facts
from relief.cases.models import Case, CaseStep, ChainLevel, Snapshot
from relief.cases.service.grounds import Ground
from relief.cases.service.replaying import facts_from
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.money import Money
from relief.files.models import Attachment
from relief.households.models import Household
from relief.policies.models import PolicyVersion
from relief.policies.queries import policy_of


def take_snapshot(case: Case, step: CaseStep, ground: Ground, amount: Money | None = None) -> Snapshot:
    """Freeze what the decision of this step rests on; replayable from the snapshot and the policy alone."""
    body = canonical(contents(case, ground, amount) | {"decision": _decision(step), "chain": _chain(case)})
    snapshot = Snapshot(
        case_id=case.id, step_id=step.id, policy_id=ground.version.id, policy_hash=ground.version.hash, facts=body,
        hash=hashlib.sha256(body.encode()).hexdigest(),
    )  # fmt: skip
    db.session.add(snapshot)
    return snapshot


def contents(case: Case, ground: Ground, amount: Money | None) -> dict[str, Any]:
    """The snapshot as data."""
    lines = ground.kind.amount_lines(ground.known, ground.policy)
    return {
        "case": case.number,
        "kind": case.kind,
        "policy": {"number": ground.version.number, "hash": ground.version.hash},
        "facts": plain(asdict(ground.known) | {"evidence": sorted(ground.known.evidence)}),
        "lines": [{"text": line.text.as_data(), "amount": plain(line.amount)} for line in lines],
        "amount": plain(amount),
        "standing": standing(case),
        "household": _household(case),
        "papers": _papers(case),
    }


def standing(case: Case) -> dict[str, Any]:
    """What must still be so when the money goes out: members, payee and account."""
    account = facts.find_account(case.household_id)
    return {
        "members": sorted(member.person_id for member in facts.list_members(case.household_id)),
        "payee": account.payee_id if account else None,
        "account": account.number_index if account else None,
    }


def approved_standing(case_id: int) -> dict[str, Any] | None:
    """The standing that the last approval of a case rested on."""
    sealed = db.session.scalar(
        sa.select(Snapshot.facts)
        .join(CaseStep, CaseStep.id == Snapshot.step_id)
        .where(Snapshot.case_id == case_id, CaseStep.verb == "approve")
        .order_by(Snapshot.id.desc())
        .limit(1)
    )
    return json.loads(sealed)["standing"] if sealed else None


def canonical(body: dict[str, Any]) -> str:
    """Sorted, compact JSON: the same contents give the same hash."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def recomputed_lines(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The amount lines that the snapshot's own facts and its policy give today: those that it froze, or a fault."""
    body = json.loads(snapshot.facts)
    version = db.session.get_one(PolicyVersion, snapshot.policy_id)
    lines = find_kind(body["kind"]).amount_lines(facts_from(body["facts"]), policy_of(version))
    return [{"text": line.text.as_data(), "amount": plain(line.amount)} for line in lines]


def _decision(step: CaseStep) -> dict[str, Any]:
    return {"verb": step.verb, "level": step.level, "on": plain(step.on), "person": step.on_behalf_of or step.person_id}


def _chain(case: Case) -> list[dict[str, Any]]:
    levels = db.session.scalars(
        sa.select(ChainLevel)
        .where(ChainLevel.case_id == case.id, ChainLevel.dropped_at.is_(None))
        .order_by(ChainLevel.level)
    )
    return [
        {"level": one.level, "role": one.role, "meeting": one.needs_meeting, "by": one.decided_by} for one in levels
    ]


def _household(case: Case) -> dict[str, Any]:
    """Members and means as they stood: a decision is understood years later too."""
    household = db.session.get_one(Household, case.household_id)
    members = facts.list_members(household.id)
    return {
        "members": [
            {"person": one.person_id, "relation": one.relation, "income": plain(one.monthly_income)} for one in members
        ],
        "income_12": plain(household.income_12), "rigid_12": plain(household.rigid_12),
        "declared": household.declared_category, "assessed": household.assessed_category,
    }  # fmt: skip


def _papers(case: Case) -> list[dict[str, Any]]:
    rows = db.session.execute(
        sa.select(Attachment.id, Attachment.kind, Attachment.sha256)
        .where(Attachment.subject == "case", Attachment.subject_id == case.id, Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    )
    return [{"id": row.id, "kind": row.kind, "sha256": row.sha256} for row in rows]
