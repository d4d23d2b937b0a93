"""What does the printed record of a visit say? The visit as it is on file, for two signatures."""

from __future__ import annotations

from flask_babel import get_locale

from relief import clock
from relief.accounts.models import Union
from relief.audit.service import record_access
from relief.db import db
from relief.documents.visit_record import RecordedPromise, VisitRecord, visit_record_pdf
from relief.domain.permissions import Actor
from relief.office import office
from relief.visits.visit_page import VisitPage, get_visit_page


def visit_document(visit_id: int, *, by: Actor) -> bytes:
    """The record as PDF in the reader's language; NotYours out of sight. Who took it away is on record."""
    page = get_visit_page(visit_id, by=by)
    content = visit_record_pdf(visit_record(page), str(get_locale() or "zh_Hans_CN"))
    record_access("paper.visit_record", "visit", visit_id, by=by, reason="paper")
    return content


def visit_record(page: VisitPage) -> VisitRecord:
    """What stands on it: what the page shows to this reader, no more."""
    visit = page.visit
    return VisitRecord(
        office=office().office_name, unit=db.session.get_one(Union, visit.union_id).name,
        number=visit.household.number, name=visit.household.head.name, kind=page.kind.label, on=visit.on,
        place=page.place.label, visitors=tuple(one.person.name for one in visit.visitors),
        talked_to=visit.talked_to or "", unchanged=visit.unchanged, seen=tuple(page.seen),
        needs=tuple((need.theme.label, need.text or "") for need in page.needs),
        promises=tuple(RecordedPromise(one.text, one.owner, one.due_on, one.state.label) for one in page.promises),
        note=visit.note or "", next_on=visit.next_on, entered_by=page.entered_by or "",
        entered_on=clock.business_date(visit.entered_at), is_late=visit.is_late,
    )  # fmt: skip
