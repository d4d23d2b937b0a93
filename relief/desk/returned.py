"""What came back to this desk, and why? Cases sent back with their reason, payments that the bank returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.cases.models import Case, CaseStep
from relief.cases.words import MENDABLE
from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.reasons import REASONS
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import ENDS, PaymentState, State
from relief.payments.models import Payment
from relief.persons.models import Person

SHOWN = 8
LAST = "last_id"


@dataclass(frozen=True)
class Returned:
    """One thing that came back: whom it is about, why, what is to be mended, by when, and where."""

    name: str
    unit: str
    number: str
    url: str
    why: Sentence
    mend: tuple[Sentence, ...]
    on: date
    note: str = ""
    due_on: date | None = None


def list_returned(*, by: Actor) -> list[Returned]:
    """What came back to whoever writes cases in this subtree, the oldest first."""
    by.require("case.write")
    return sorted([*_sent_back(by), *_bounced(by)], key=lambda one: one.on)


def _sent_back(by: Actor) -> Sequence[Returned]:
    last = (
        sa.select(CaseStep.case_id, sa.func.max(CaseStep.id).label(LAST))
        .where(CaseStep.verb == "send_back")
        .group_by(CaseStep.case_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Case, CaseStep, Person.name, Union.short_name)
        .join(last, last.c.case_id == Case.id)
        .join(CaseStep, CaseStep.id == last.c[LAST])
        .join(Person, Person.id == Case.applicant_id)
        .join(Union, Union.id == Case.union_id)
        .where(within(Case.union_id, by), Case.state == State.DRAFT, Case.resume_to.is_not(None))
        .order_by(CaseStep.id)
        .limit(SHOWN)
    )
    return [
        Returned(
            name, unit, case.number, f"/cases/{case.id}", _words("return", step.reason),
            tuple(MENDABLE[one] for one in step.fields if one in MENDABLE), step.on, step.note or "", case.due_on,
        )
        for case, step, name, unit in rows
    ]  # fmt: skip


def _bounced(by: Actor) -> Sequence[Returned]:
    later = aliased(Payment)
    newer = sa.exists().where(later.instalment_id == Payment.instalment_id, later.attempt > Payment.attempt)
    rows = db.session.execute(
        sa.select(Payment, Case.number, Union.short_name)
        .join(Case, Case.id == Payment.case_id)
        .join(Union, Union.id == Payment.union_id)
        .where(within(Payment.union_id, by), Payment.state == PaymentState.BOUNCED, ~newer, Case.state.not_in(ENDS))
        .order_by(Payment.id)
        .limit(SHOWN)
    )
    check = (label("Bank account"),)
    return [
        Returned(
            one.payee_name, unit, number, f"/households/{one.household_id}/account",
            _words("bounce", one.bounce_reason), check, one.settled_on or date.min,
        )
        for one, number, unit in rows
    ]  # fmt: skip


def _words(family: str, code: str | None) -> Sentence:
    return REASONS[family].get(code or "", sentence("Reason not given"))
