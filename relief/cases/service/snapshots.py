"""What did a decision rest on? Facts, lines, members, payee and papers, frozen with the policy's hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from relief.audit.service import plain
from relief.cases.models import Case, CaseStep, Snapshot
from relief.cases.service.grounds import Ground
from relief.cases.service.replaying import facts_from
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.aid.kind import CaseFacts
from relief.domain.money import Money
from relief.policies.models import PolicyVersion
from relief.policies.queries import policy_of


def take_snapshot(case: Case, step: CaseStep, ground: Ground, amount: Money | None = None) -> Snapshot:
    """Freeze what the decision of this step rests on; replayable from the snapshot and the policy alone."""
    body = canonical(contents(case, ground, amount) | {"decision": _decision(step), "chain": _chain(case, ground)})
    snapshot = Snapshot(
        case_id=case.id, step=step, policy_id=ground.version.id, policy_hash=ground.version.hash, facts=body,
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
        "facts": _facts(ground.known),
        "lines": [{"text": line.text.as_data(), "amount": plain(line.amount)} for line in lines],
        "amount": plain(amount),
        "standing": standing(case, ground),
        "household": _household(case, ground),
        "papers": _papers(case, ground),
    }


def standing(case: Case, ground: Ground) -> dict[str, Any]:
    """What must still be so when the money goes out: members, payee and account."""
    account = ground.beside.accounts.get(case.household_id)
    return {
        "members": sorted(member.person_id for member in ground.beside.members[case.household_id]),
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


def _facts(known: CaseFacts) -> dict[str, Any]:
    """The facts as plain data; `asdict` would copy every value once more."""
    shallow = {one.name: getattr(known, one.name) for one in fields(known)}
    nested = {
        "evidence": sorted(known.evidence), "visits": [vars(one) for one in known.visits],
        "window": vars(known.window) if known.window else None,
    }  # fmt: skip
    return {name: plain(value) for name, value in (shallow | nested).items()}


def _decision(step: CaseStep) -> dict[str, Any]:
    return {"verb": step.verb, "level": step.level, "on": plain(step.on), "person": step.on_behalf_of or step.person_id}


def _chain(case: Case, ground: Ground) -> list[dict[str, Any]]:
    levels = ground.beside.chains[case.id]
    return [
        {"level": one.level, "role": one.role, "meeting": one.needs_meeting, "by": one.decided_by} for one in levels
    ]


def _household(case: Case, ground: Ground) -> dict[str, Any]:
    """Members and means as they stood: a decision is understood years later too."""
    household, members = ground.beside.means[case.household_id], ground.beside.members[case.household_id]
    return {
        "members": [
            {"person": one.person_id, "relation": one.relation, "income": plain(one.monthly_income)} for one in members
        ],
        "income_12": plain(household.income_12), "rigid_12": plain(household.rigid_12),
        "declared": household.declared_category, "assessed": household.assessed_category,
    }  # fmt: skip


def _papers(case: Case, ground: Ground) -> list[dict[str, Any]]:
    rows = ground.beside.papers[case.id]
    return [{"id": row.id, "kind": row.kind, "sha256": row.sha256} for row in rows]
