"""What do the auditor's tests ask? A doubt raised by the auditor, an auditor of one unit only, lines of the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from relief import clock
from relief.accounts.models import Union
from relief.audit.models import AuditEntry
from relief.auditing import service
from relief.auditing.models import Doubt
from relief.cases.models import Case
from relief.db import db
from relief.domain.permissions import Actor
from relief.domain.workflow import State
from tests.build import Office
from tests.build_cases import a_case

QUESTION = "走访记录与票据日期不一致，请说明。"


def pass_days(days: int) -> None:
    """Let so many days go by."""
    clock.set_shift(clock.shift() + timedelta(days=days))


def auditor_of(office: Office, union: Union) -> Actor:
    """The auditor, if his office were this unit."""
    return replace(office.feng, scope=frozenset({union.id}), union_id=union.id)


def a_doubt(office: Office, *, about: Case | None = None, owner: str = "wang", by: Actor | None = None) -> Doubt:
    """A doubt of the auditor about a case, asking one of the cast within ten days."""
    case = about or a_case(office, State.SUBMITTED)
    return service.raise_doubt(
        code="A13", subject="case", subject_id=case.id, question=QUESTION, owner_id=office.users[owner].id,
        due_on=clock.today() + timedelta(days=10), by=by or office.feng,
    )  # fmt: skip


def fresh(doubt: Doubt) -> Doubt:
    """The doubt as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Doubt, doubt.id)


def lines_of(verb: str) -> list[AuditEntry]:
    """The lines of the record about one verb."""
    return list(db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == verb).order_by(AuditEntry.id)))
