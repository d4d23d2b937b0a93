"""How is the list of cases seen, filtered and turned?"""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from relief.accounts.queries import unit_choices
from relief.cases import queries
from relief.cases.listing import ListedCase
from relief.cases.routes import blueprint
from relief.cases.words import FLAGS, MINE, ORDERS
from relief.domain.aid import kinds
from relief.domain.permissions import Actor
from relief.domain.workflow import STATE_LABELS
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.paging import asked
from relief.web.sentences import joined, words
from relief.web.states import state_words

COLUMNS: tuple[Column[ListedCase], ...] = (
    Column(_l("Number"), lambda row: row.number, 22),
    Column(_l("Applicant"), lambda row: row.applicant, 12),
    Column(_l("Unit"), lambda row: row.unit),
    Column(_l("Kind"), lambda row: words(row.kind_name)),
    Column(_l("State"), lambda row: _state(row), 24),
    Column(_l("Amount"), lambda row: row.amount or "", 14, "money"),
    Column(_l("On which day"), lambda row: day(row.need_on)),
    Column(_l("Due"), lambda row: day(row.due_on) if row.due_on else ""),
)


@blueprint.get("/cases")
@requires("case.read")
def list_cases() -> ResponseReturnValue:
    """The cases of one's own subtree."""
    by = actor()
    picked = picked_filters(by)
    return render_template(
        "cases/list.html", picked=picked, page=queries.list_cases(picked, by=by, ask=asked(2)),
        count=queries.count_cases(picked, by=by),
        download_url=address_of("cases.download_cases", picked),
    )  # fmt: skip


@blueprint.get("/cases/download")
@requires("case.read")
def download_cases() -> ResponseReturnValue:
    """The list as a workbook, with the filters that are set; no story, ID, phone or account stands in it."""
    by, picked = actor(), picked_filters(actor())
    return take_away(_l("Relief cases"), COLUMNS, queries.stream_cases(picked, by=by), picked, subject="case", by=by)


def _state(row: ListedCase) -> str:
    marks = [words(FLAGS[mark]) for mark in ("objection", "on_hold") if getattr(row, mark)]
    return joined([state_words(row.state), *marks])


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
    return Filter("unit", _l("Unit"), options=unit_choices(by=by))
