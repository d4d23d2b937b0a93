"""What do the tests of every verb ask? The record, the history, the address, the page in English."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from relief.audit.models import AuditEntry
from relief.cases.models import Case, CaseStep
from relief.db import db
from tests.build import Office, sign_in

ENGLISH = {"Accept-Language": "en"}


def fresh(case: Case | int) -> Case:
    """The case as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Case, case if isinstance(case, int) else case.id)


def audit_of(case: Case | int, verb: str) -> list[AuditEntry]:
    """The lines of the record about one verb of one case."""
    case_id = case if isinstance(case, int) else case.id
    wanted = db.select(AuditEntry).where(AuditEntry.subject_id == case_id, AuditEntry.verb == verb)
    return list(db.session.scalars(wanted.order_by(AuditEntry.id)))


def steps_of(case: Case | int, verb: str) -> list[CaseStep]:
    """The steps of one verb in the case's history."""
    case_id = case if isinstance(case, int) else case.id
    wanted = db.select(CaseStep).where(CaseStep.case_id == case_id, CaseStep.verb == verb)
    return list(db.session.scalars(wanted.order_by(CaseStep.id)))


def last_step(case: Case | int, verb: str) -> tuple[str, str, int | None]:
    """Out of which state into which, and by whom (person), the verb led last; it has its audit line too."""
    step = steps_of(case, verb)[-1]
    line = audit_of(case, f"case.{verb}")[-1]
    assert line.person_id == step.person_id
    assert line.changes["state"] == [step.left, step.led_to]
    return step.left, step.led_to, step.person_id


def get(client: FlaskClient, office: Office, who: str, address: str) -> TestResponse:
    """A page in English, as one of the cast sees it."""
    sign_in(client, office, who)
    return client.get(address, headers=ENGLISH)


def post(client: FlaskClient, office: Office, who: str, address: str, **fields: Any) -> TestResponse:
    """A form that one of the cast sends, in English."""
    sign_in(client, office, who)
    return client.post(address, data=fields, headers=ENGLISH)


def is_missing_alike(client: FlaskClient, office: Office, who: str, verb: str, case: Case) -> bool:
    """Another union's case answers exactly as one that does not exist, by GET and by POST."""
    theirs, none = f"/cases/{case.id}/{verb}", f"/cases/999999/{verb}"
    sign_in(client, office, who)
    pairs = [(client.get(theirs), client.get(none)), (client.post(theirs), client.post(none))]
    return all(one.status_code == other.status_code == 404 and one.data == other.data for one, other in pairs)
