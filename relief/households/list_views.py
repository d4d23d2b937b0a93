"""How is the list of files seen, filtered and taken away?"""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief.accounts.queries import list_unions
from relief.audit.service import record_access
from relief.domain.household import Category, FileTier, Heating
from relief.domain.permissions import Actor
from relief.households import queries
from relief.households.closing import STATUS, TONES
from relief.households.routes import blueprint
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.paging import Ask
from relief.web.picks import choices_of
from relief.web.sentences import words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    _l("File number"), _l("Household"), _l("Unit"), _l("Category"), _l("File tier"), _l("Heating"), _l("Members"),
    _l("File opened on"), _l("Reviewed"), _l("Status"),
)  # fmt: skip


@blueprint.get("/households")
@requires("household.read")
def list_files() -> ResponseReturnValue:
    """The files of one's own subtree."""
    by, picked = actor(), picked_filters(actor())
    return render_template(
        "households/list.html", picked=picked, page=queries.list_households(picked, by=by, ask=ask_by_id()),
        count=queries.count_households(picked, by=by), statuses=STATUS, tones=TONES, download_url=_download_url(picked),
    )  # fmt: skip


@blueprint.get("/households/download")
@requires("household.read")
def download_files() -> ResponseReturnValue:
    """The list as a workbook, with the filters that are set; no ID, phone, address or account stands in it."""
    from relief.documents.xlsx import list_workbook

    by = actor()
    rows = [_cells(row) for row in queries.stream_households(picked_filters(by), by=by)]
    record_access("download_list", "household", None, by=by)
    title = _("Household files")
    return download(list_workbook(title, [words(one) for one in HEADINGS], rows), XLSX, f"{title}.xlsx")


def _cells(row: queries.ListRow) -> tuple[str | int, ...]:
    codes = (words(code.label) if code else "" for code in (row.category, row.tier, row.warmth))
    days = (day(row.opened_on), day(row.reviewed_on) if row.reviewed_on else "")
    return (row.number, row.head, row.unit, *codes, row.members, *days, words(STATUS[row.status]))


def picked_filters(by: Actor) -> Chosen:
    """The list's filters as this request sets them."""
    units = [(str(union.id), union.short_name) for union in list_unions(by=by)]
    return chosen(
        Filter("unit", _l("Unit"), options=units),
        Filter("category", _l("Declared category"), options=choices_of(Category)),
        Filter("status", _l("Status"), options=list(STATUS.items())),
        Filter("tier", _l("File tier"), options=choices_of(FileTier)),
        Filter("heating", _l("Heating"), options=choices_of(Heating)),
    )


def _download_url(picked: Chosen) -> str:
    return url_for("households.download_files") + picked.url().removeprefix(picked.path)


def ask_by_id() -> Ask:
    """Which page is asked for, by the id of a row; anything else is the first page."""
    ask = Ask.read(request.args.get("after"), request.args.get("before"), 1)
    return ask if ask.key is None or isinstance(ask.key[0], int) else Ask()
