"""Which line did the record get? The last one of a verb about a household."""

from relief.audit.models import AuditEntry
from relief.db import db


def recorded(verb: str, household_id: int) -> AuditEntry:
    """The last audit line of this verb; the test fails when there is none."""
    return db.session.scalars(
        db.select(AuditEntry)
        .where(AuditEntry.verb == verb, AuditEntry.subject == "household", AuditEntry.subject_id == household_id)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).one()
