"""How is the list of files seen, filtered and taken away?"""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from relief.accounts.queries import unit_choices
from relief.domain.household import Category, FileTier, Heating
from relief.domain.permissions import Actor
from relief.households import list_filters, queries
from relief.households.closing import STATUS, TONES
from relief.households.routes import blueprint
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.paging import asked
from relief.web.picks import choices_of
from relief.web.sentences import words

COLUMNS: tuple[Column[queries.ListRow], ...] = (
    Column(_l("File number"), lambda row: row.number, 20),
    Column(_l("Household"), lambda row: row.head, 12),
    Column(_l("Unit"), lambda row: row.unit),
    Column(_l("Category"), lambda row: words(row.category.label) if row.category else ""),
    Column(_l("File tier"), lambda row: words(row.tier.label)),
    Column(_l("Heating"), lambda row: words(row.warmth.label) if row.warmth else ""),
    Column(_l("Members"), lambda row: row.members, 10, "number"),
    Column(_l("File opened on"), lambda row: day(row.opened_on)),
    Column(_l("Reviewed"), lambda row: day(row.reviewed_on) if row.reviewed_on else ""),
    Column(_l("Status"), lambda row: words(STATUS[row.status])),
)


@blueprint.get("/households")
@requires("household.read")
def list_files() -> ResponseReturnValue:
    """The files of one's own subtree."""
    by, picked = actor(), picked_filters(actor())
    return render_template(
        "households/list.html", picked=picked, page=queries.list_households(picked, by=by, ask=asked()),
        count=queries.count_households(picked, by=by), statuses=STATUS, tones=TONES,
        download_url=address_of("households.download_files", picked),
    )  # fmt: skip


@blueprint.get("/households/download")
@requires("household.read")
def download_files() -> ResponseReturnValue:
    """The list as a workbook, with the filters that are set; no ID, phone, address or account stands in it."""
    by, picked = actor(), picked_filters(actor())
    rows = queries.stream_households(picked, by=by)
    return take_away(_l("Household files"), COLUMNS, rows, picked, subject="household", by=by)


def picked_filters(by: Actor) -> Chosen:
    """The list's filters as this request sets them."""
    units = unit_choices(by=by)
    return chosen(
        Filter("unit", _l("Unit"), options=units),
        Filter("category", _l("Declared category"), options=choices_of(Category)),
        Filter("status", _l("Status"), options=list(STATUS.items())),
        Filter("tier", _l("File tier"), options=choices_of(FileTier)),
        Filter("heating", _l("Heating"), options=choices_of(Heating)),
        *list_filters.declared(),
    )
