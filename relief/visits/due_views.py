"""Who is due for a visit today? The list with its filters, and a sheet to take along."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from relief.accounts.queries import unit_choices
from relief.domain.permissions import Actor
from relief.visits.due import WHY, DueVisit, count_due_visits, list_due_visits
from relief.visits.list_views import ask_by_day
from relief.visits.routes import blueprint
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.paging import every_row
from relief.web.sentences import joined, words

COLUMNS: tuple[Column[DueVisit], ...] = (
    Column(_l("Household"), lambda row: row.head, 12),
    Column(_l("File number"), lambda row: row.number, 20),
    Column(_l("Unit"), lambda row: row.unit),
    Column(_l("Telephone"), lambda row: row.phone or "", 14),
    Column(_l("Due since"), lambda row: day(row.due_on)),
    Column(_l("Why"), lambda row: joined([words(one) for one in row.reasons]), 40),
    Column(_l("Last visited on"), lambda row: day(row.seen_on) if row.seen_on else ""),
)


@blueprint.get("/visits/due")
@requires("visit.read")
def list_due() -> ResponseReturnValue:
    """The households of one's own subtree that are due, the latest first."""
    by, picked = actor(), _picked(actor())
    return render_template(
        "visits/due.html", picked=picked, page=list_due_visits(picked, by=by, ask=ask_by_day()),
        count=count_due_visits(picked, by=by), download_url=address_of("visits.download_due", picked),
        may_print=by.can("visit.write") and "visits.new_sheet" in current_app.view_functions,
    )  # fmt: skip


@blueprint.get("/visits/due/download")
@requires("visit.read")
def download_due() -> ResponseReturnValue:
    """The same list as a workbook, telephones masked."""
    by, picked = actor(), _picked(actor())
    rows = every_row(lambda ask: list_due_visits(picked, by=by, ask=ask), 2)
    return take_away(_l("Visits that are due"), COLUMNS, rows, picked, subject="household", by=by)


def _picked(by: Actor) -> Chosen:
    units = unit_choices(by=by)
    return chosen(Filter("unit", _l("Unit"), options=units), Filter("why", _l("Why"), options=list(WHY.items())))
