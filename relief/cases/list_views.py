"""How is the list of cases seen, filtered and turned?"""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from relief.accounts.queries import list_unions
from relief.cases import queries
from relief.cases.routes import blueprint
from relief.cases.words import FLAGS, MINE, ORDERS
from relief.domain.aid import kinds
from relief.domain.permissions import Actor
from relief.domain.workflow import STATE_LABELS
from relief.web.access import actor, requires
from relief.web.filters import Chosen, Filter, chosen
from relief.web.paging import Ask


@blueprint.get("/cases")
@requires("case.read")
def list_cases() -> ResponseReturnValue:
    """The cases of one's own subtree."""
    by = actor()
    picked = picked_filters(by)
    return render_template(
        "cases/list.html", picked=picked, page=queries.list_cases(picked, by=by, ask=asked(2)),
        count=queries.count_cases(picked, by=by),
    )  # fmt: skip


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
