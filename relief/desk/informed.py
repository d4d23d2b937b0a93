"""Of which awards was the auditor told lately? Those above their kind's limit, for a month after the decision."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import within
from relief.audit.models import AuditEntry
from relief.cases.models import Case
from relief.db import db
from relief.desk.queues import SHOWN, Item, Sort
from relief.domain.aid import find_kind
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import sentence
from relief.persons.models import Person

TOLD_FOR = timedelta(days=30)


def _informed(by: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(
        AuditEntry.unusual == "auditor_informed", within(AuditEntry.union_id, by),
        AuditEntry.on > clock.today() - TOLD_FOR,
    )  # fmt: skip


def _tell(waits: sa.ColumnElement[bool]) -> list[Item]:
    rows = db.session.execute(
        sa.select(Case, Person.name, Union.short_name)
        .select_from(AuditEntry)
        .join(Case, Case.id == AuditEntry.subject_id)
        .join(Person, Person.id == Case.applicant_id)
        .join(Union, Union.id == Case.union_id)
        .where(waits)
        .order_by(AuditEntry.id.desc())
        .limit(SHOWN)
    )
    return [_item(*row) for row in rows]


def _item(case: Case, name: str, unit: str) -> Item:
    text = sentence("%(kind)s · %(number)s", kind=find_kind(case.kind).name, number=case.number)
    return Item(name, text, f"/cases/{case.id}", True, None, case.approved, unit)


INFORMED = Sort(
    "informed", label("Awards of which the auditor is told, last 30 days"), "/auditing?sort=informed", AuditEntry.id,
    _informed, _tell,
)  # fmt: skip
