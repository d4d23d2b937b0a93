"""How is the list of unusual ways seen, filtered and taken away?"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from relief.auditing import unusual
from relief.auditing.routes import blueprint, units_of
from relief.auditing.subjects import Subject, read_subjects
from relief.auditing.unusual import UnusualLine
from relief.auditing.unusual_sources import SOURCES
from relief.auditing.words import mark_of
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import moment
from relief.web.paging import asked, every_row
from relief.web.sentences import words

COLUMNS: tuple[Column[UnusualLine], ...] = (
    Column(label("When"), lambda line: moment(line.at), 22),
    Column(label("Unusual way"), lambda line: words(line.label), 28),
    Column(label("More"), lambda line: words(mark_of(line)), 28),
    Column(label("About"), lambda line: line.name, 12),
    Column(label("Number"), lambda line: line.number, 22),
    Column(label("Unit"), lambda line: line.unit),
    Column(label("Who"), lambda line: line.who, 12),
)


@blueprint.get("/auditing")
@requires("audit.read")
def list_unusual() -> ResponseReturnValue:
    """Everything that was done the unusual way, newest first."""
    by = actor()
    picked = _picked(by)
    page = unusual.list_unusual(picked, by=by, ask=asked(3))
    return render_template(
        "auditing/unusual.html", picked=picked, page=page, count=unusual.count_unusual(picked, by=by), mark_of=mark_of,
        urls=_urls(page.rows, by), download_url=address_of("auditing.download_unusual", picked),
    )  # fmt: skip


@blueprint.get("/auditing/download")
@requires("audit.read")
def download_unusual() -> Response:
    """The list as a workbook, with the filters that are set."""
    by = actor()
    picked = _picked(by)
    rows = every_row(lambda ask: unusual.list_unusual(picked, by=by, ask=ask), 3)
    return take_away(label("Unusual ways"), COLUMNS, rows, picked, subject="unusual", by=by)


def _picked(by: Actor) -> Chosen:
    sorts = [(code, source.label) for code, source in SOURCES.items()]
    return chosen(Filter("sort", label("Unusual way"), options=sorts), units_of(by))


def _urls(lines: Sequence[UnusualLine], by: Actor) -> dict[tuple[str, int | None], str]:
    """Where each line's subject is read on; what has no page of its own is read in the record."""
    known = read_subjects((line.subject, line.subject_id) for line in lines if line.subject_id is not None)
    return {place: url for place, one in known.items() if (url := Subject.url_for(one, by))}
