"""What was done, by whom? The record as a list: newest first, filtered, the unusual marked."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from relief.accounts.queries import within
from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.web.filters import Chosen, Filter, chosen
from relief.web.paging import Ask, Page, page_of

SUBJECTS: dict[str, Sentence] = {
    "case": label("Case"),
    "household": label("Household file"),
    "person": label("Person"),
    "visit": label("Visit"),
    "notice": label("Notice"),
    "meeting": label("Meeting"),
    "fund": label("Fund"),
    "sheet": label("Disbursement sheet"),
    "payment": label("Payment"),
    "voucher": label("Voucher"),
    "doubt": label("Doubt"),
    "sample": label("Sample"),
    "user": label("User"),
    "union": label("Union"),
    "transcript": label("Decision on paper"),
    "aid_list": label("List of a window"),
    "aid_window": label("Aid window"),
    "appeal": label("Appeal"),
    "recoverable": label("Money to come back"),
    "promise": label("Promise"),
    "visit_sheet": label("Visit sheet"),
    "roster": label("Roster"),
    "opening": label("Past awards"),
    "policy_version": label("Policy"),
    "calendar_year": label("Year of the calendar"),
    "job": label("Long work"),
    "database": label("Database"),
}


def record_filters() -> Chosen:
    """Subject, and only what was done the unusual way."""
    return chosen(
        Filter("subject", label("About"), options=SUBJECTS.items()),
        Filter("unusual", label("Unusual ways"), options=[("yes", label("Only these"))]),
        Filter("day", label("Day"), takes="day"),
    )


def list_record(wanted: Mapping[str, object], *, by: Actor, ask: Ask) -> Page[AuditEntry]:
    """One page of the record that the actor may see, newest first."""
    by.require("audit.read")
    statement = sa.select(AuditEntry).where(_sight(by), *_conditions(wanted))
    if ask.key:
        edge = ask.key[0]
        statement = statement.where(AuditEntry.id > edge if ask.backwards else AuditEntry.id < edge)
    order = AuditEntry.id.asc() if ask.backwards else AuditEntry.id.desc()
    rows = db.session.scalars(statement.order_by(order).limit(ask.size + 1)).all()
    return page_of(rows, ask, lambda line: (line.id,))


def _sight(by: Actor) -> sa.ColumnElement[bool]:
    return sa.or_(within(AuditEntry.union_id, by), AuditEntry.union_id.is_(None)) if by.scope else sa.true()


def _conditions(wanted: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if "subject" in wanted:
        found.append(AuditEntry.subject == wanted["subject"])
    if "unusual" in wanted:
        found.append(AuditEntry.unusual.is_not(None))
    if "day" in wanted:
        found.append(AuditEntry.on == wanted["day"])
    return found
