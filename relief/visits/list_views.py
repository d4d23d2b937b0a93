"""How is the list of visits seen and filtered?"""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from relief.accounts.queries import unit_choices
from relief.domain.permissions import Actor
from relief.domain.visit_codes import VisitKind
from relief.visits import queries
from relief.visits.routes import blueprint
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.paging import Ask, asked, every_row
from relief.web.picks import choices_of
from relief.web.sentences import joined, words

COLUMNS: tuple[Column[queries.VisitRow], ...] = (
    Column(_l("Household"), lambda row: row.head, 12),
    Column(_l("File number"), lambda row: row.number, 20),
    Column(_l("Day of the visit"), lambda row: day(row.on)),
    Column(_l("Entered"), lambda row: words(_l("Late")) if row.is_late else "", 10),
    Column(_l("What for"), lambda row: words(row.kind.label)),
    Column(_l("Where"), lambda row: words(row.place.label), 12),
    Column(_l("Who went"), lambda row: joined(list(row.visitors)), 24),
    Column(_l("Unit"), lambda row: row.unit),
    Column(_l("Next visit"), lambda row: day(row.next_on) if row.next_on else ""),
)


@blueprint.get("/visits")
@requires("visit.read")
def list_visits() -> ResponseReturnValue:
    """The visits of one's own subtree."""
    by = actor()
    picked = _filters(by)
    return render_template(
        "visits/list.html", picked=picked, page=queries.list_visits(picked, by=by, ask=ask_by_day()),
        count=queries.count_visits(picked, by=by), download_url=address_of("visits.download_visits", picked),
    )  # fmt: skip


@blueprint.get("/visits/download")
@requires("visit.read")
def download_visits() -> ResponseReturnValue:
    """The list as a workbook; what was seen and said on a visit does not stand in it."""
    by, picked = actor(), _filters(actor())
    rows = every_row(lambda ask: queries.list_visits(picked, by=by, ask=ask), 2)
    return take_away(_l("Visits"), COLUMNS, rows, picked, subject="visit", by=by)


def ask_by_day() -> Ask:
    """Which page is asked for, by the day and id of a row; anything else is the first page."""
    ask = asked(2)
    return ask if ask.key is None or _is_ours(ask.key) else Ask()


def _is_ours(key: tuple[object, ...]) -> bool:
    on, row_id = key
    return isinstance(row_id, int) and isinstance(on, str) and Filter("on", "", takes="day").read(on) is not None


def _filters(by: Actor) -> Chosen:
    units = unit_choices(by=by)
    return chosen(
        Filter("unit", _l("Unit"), options=units),
        Filter("kind", _l("What for"), options=choices_of(VisitKind)),
        Filter("who", _l("Who went"), options=(("me", _l("Me")),)),
        Filter("entered", _l("Entered"), options=(("late", _l("Late")), ("in_time", _l("In time")))),
        Filter("since", _l("From day"), takes="day"),
        Filter("until", _l("To day"), takes="day"),
    )
