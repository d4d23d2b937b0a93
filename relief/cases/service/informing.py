"""Of which awards is the auditor told? Those above the kind's limit, requests that were split counted together."""

from __future__ import annotations

from relief.audit.service import record
from relief.cases.models import Case
from relief.cases.service.grounds import Ground
from relief.domain.approval import amount_for_threshold
from relief.domain.money import Money
from relief.domain.permissions import Actor


def inform_auditor(case: Case, amount: Money, ground: Ground, by: Actor) -> None:
    """Write a line for the auditor when this award goes above the kind's limit; nothing when it does not."""
    together = amount_for_threshold(amount, ground.known.earlier_requests, ground.known.on)
    if ground.kind.informs_auditor(together, ground.policy):
        changes = {"amount": amount, "together": together}
        record("case.inform_auditor", "case", case.id, by=by, union_id=case.union_id, changes=changes,
               unusual="auditor_informed")  # fmt: skip
