"""How is the record seen, filtered and taken away?"""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from relief.audit.models import AuditEntry
from relief.desk.record import SUBJECTS, list_record, record_filters
from relief.desk.record_changes import changes_of
from relief.desk.record_words import deed_of, way_of
from relief.desk.routes import blueprint
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.formatting import moment
from relief.web.paging import asked, every_row
from relief.web.sentences import words

RECORD_COLUMNS: tuple[Column[AuditEntry], ...] = (
    Column(_l("When"), lambda line: moment(line.at), 20),
    Column(_l("Who"), lambda line: line.actor, 14),
    Column(_l("What"), lambda line: words(deed_of(line.verb)), 22),
    Column(_l("Code of the deed"), lambda line: line.verb, 22),
    Column(_l("About"), lambda line: about(line), 20),
    Column(_l("Unusual ways"), lambda line: words(way_of(line.unusual or "")), 24),
    Column(_l("Changes"), lambda line: "; ".join(f"{name}: {value}" for name, value in changes_of(line)), 60),
)


def about(line: AuditEntry) -> str:
    """What the line is about: the kind of thing in words, and its number."""
    return f"{words(SUBJECTS.get(line.subject, line.subject))} {line.subject_id or ''}".strip()


@blueprint.get("/record")
@requires("audit.read")
def record() -> ResponseReturnValue:
    """The record, newest first, with the unusual ways marked."""
    chosen = record_filters()
    ask = asked()
    page = list_record(chosen, by=actor(), ask=ask)
    return render_template(
        "desk/record.html", page=page, chosen=chosen, changes_of=changes_of, deed_of=deed_of, way_of=way_of,
        about=about, download_url=address_of("desk.download_record", chosen),
    )  # fmt: skip


@blueprint.get("/record/download")
@requires("audit.read")
def download_record() -> ResponseReturnValue:
    """The record as a workbook, with the filters that are set."""
    by, picked = actor(), record_filters()
    rows = every_row(lambda ask: list_record(picked, by=by, ask=ask), 1)
    return take_away(_l("Record"), RECORD_COLUMNS, rows, picked, subject="record", by=by)
