"""How is the list of cases seen, filtered and turned?"""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief.accounts.queries import list_unions
from relief.audit.service import record_access
from relief.cases import queries
from relief.cases.listing import ListedCase
from relief.cases.routes import blueprint
from relief.cases.words import FLAGS, MINE, ORDERS
from relief.domain.aid import kinds
from relief.domain.money import ZERO, Money
from relief.domain.permissions import Actor
from relief.domain.workflow import STATE_LABELS
from relief.web.access import actor, requires
from relief.web.downloads import download
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.paging import Ask
from relief.web.sentences import joined, words
from relief.web.states import state_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    _l("Number"), _l("Applicant"), _l("Unit"), _l("Kind"), _l("State"), _l("Amount"), _l("On which day"),
    _l("Due"),
)  # fmt: skip


@blueprint.get("/cases")
@requires("case.read")
def list_cases() -> ResponseReturnValue:
    """The cases of one's own subtree."""
    by = actor()
    picked = picked_filters(by)
    return render_template(
        "cases/list.html", picked=picked, page=queries.list_cases(picked, by=by, ask=asked(2)),
        count=queries.count_cases(picked, by=by),
        download_url=url_for("cases.download_cases") + picked.url().removeprefix(picked.path),
    )  # fmt: skip


@blueprint.get("/cases/download")
@requires("case.read")
def download_cases() -> ResponseReturnValue:
    """The list as a workbook, with the filters that are set; no story, ID, phone or account stands in it."""
    from relief.documents.xlsx import list_workbook

    by = actor()
    rows = [_cells(row) for row in queries.stream_cases(picked_filters(by), by=by)]
    record_access("download_list", "case", None, by=by)
    title = _("Cases")
    return download(list_workbook(title, [words(one) for one in HEADINGS], rows), XLSX, f"{title}.xlsx")


def _cells(row: ListedCase) -> tuple[str | Money, ...]:
    marks = [words(FLAGS[mark]) for mark in ("objection", "on_hold") if getattr(row, mark)]
    days = (day(row.need_on), day(row.due_on) if row.due_on else "")
    state = joined([state_words(row.state), *marks])
    return (row.number, row.applicant, row.unit, words(row.kind_name), state, row.amount or ZERO, *days)


def picked_filters(by: Actor) -> Chosen:
    """The list's filters as this request sets them."""
    return chosen(
        Filter("state", _l("State"), options=[(str(state), text) for state, text in STATE_LABELS.items()]),
        units_of(by),
        Filter("kind", _l("Kind"), options=[(code, kind.short) for code, kind in kinds().items()]),
        Filter("flag", _l("Mark"), options=list(FLAGS.items())),
        Filter("mine", _l("Mine"), options=list(MINE.items())),
        Filter("order", _l("Order"), options=list(ORDERS.items())),
    )


def units_of(by: Actor) -> Filter:
    """The filter by unit, for those who see more than one."""
    return Filter("unit", _l("Unit"), options=[(str(union.id), union.short_name) for union in list_unions(by=by)])


def asked(width: int) -> Ask:
    """Which page of a list is asked for."""
    return Ask.read(request.args.get("after"), request.args.get("before"), width)
