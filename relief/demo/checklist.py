"""How does a newcomer take a case from application to voucher? Six steps, ticked by what was really done."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from relief.audit.models import AuditEntry
from relief.cases.models import Case
from relief.db import db
from relief.demo.cards import LOADED
from relief.demo.people import BUILDER
from relief.domain.labels import label
from relief.domain.sentences import Sentence
from relief.domain.workflow import State
from relief.vouchers.models import Voucher

ROAD = list(State)


@dataclass(frozen=True)
class ChecklistStep:
    """One step: what to do as whom, where, whether it is done, and what one must be allowed to go there."""

    label: Sentence
    url: str | None
    done: bool
    needs: str = "case.read"


def checklist() -> list[ChecklistStep]:
    """The six steps for the newest case that a visitor opened."""
    case = _newest_case()
    url = f"/cases/{case.id}" if case else None
    return [
        ChecklistStep(label("As caseworker: find a household and open a case"), "/households", case is not None,
                      "household.read"),
        ChecklistStep(label("Log a visit by two, attach three papers, submit"), url, _is_past(case, State.SUBMITTED)),
        ChecklistStep(label("As unit chair: give the unit's opinion"), url, _is_past(case, State.OPINION_GIVEN)),
        ChecklistStep(
            label("As caseworker: post the notice, then move the day on until it ends"), url,
            _is_past(case, State.FORWARDED),
        ),
        ChecklistStep(
            label("As reviewer, then chair: review and approve"), url, _is_past(case, State.APPROVED)
        ),
        ChecklistStep(
            label("As accountant, finance head, cashier: sheet, release, voucher"), "/sheets", _is_printed(case),
            "sheet.read",
        ),
    ]  # fmt: skip


def _newest_case() -> Case | None:
    loaded = sa.select(sa.func.max(AuditEntry.id)).where(*LOADED)
    opened = sa.select(sa.func.max(AuditEntry.subject_id)).where(
        AuditEntry.subject == "case", AuditEntry.verb == "case.open", AuditEntry.id > loaded.scalar_subquery(),
        AuditEntry.actor != BUILDER.name,
    )  # fmt: skip
    found = db.session.scalar(opened)
    return db.session.get(Case, found) if found else None


def _is_past(case: Case | None, state: State) -> bool:
    return case is not None and ROAD.index(State(case.state)) >= ROAD.index(state)


def _is_printed(case: Case | None) -> bool:
    if case is None:
        return False
    from relief.payments.models import Payment

    printed = (
        sa.select(Voucher.id)
        .join(Payment, Payment.id == Voucher.payment_id)
        .where(Payment.case_id == case.id, Voucher.printed > 0)
    )
    return db.session.scalar(printed.limit(1)) is not None
