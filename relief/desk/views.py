"""Which page opens first? The desk of whoever signed in; and the record for those who read it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from relief.desk import menu
from relief.desk.charts import chart_for
from relief.desk.record import list_record, record_filters, words_of
from relief.desk.waiting import list_queues
from relief.web.access import actor, requires, signed_in

blueprint = Blueprint("desk", __name__)
blueprint.app_context_processor(menu.known_to_templates)


@blueprint.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """What waits for me, oldest deadline first, and one chart."""
    by = actor()
    return render_template("desk/show.html", queues=list_queues(by), chart=chart_for(by))


@blueprint.get("/record")
@requires("audit.read")
def record() -> ResponseReturnValue:
    """The record, newest first, with the unusual ways marked."""
    chosen = record_filters()
    page = list_record(chosen, request.args.get("after"), request.args.get("before"), by=actor())
    return render_template("desk/record.html", page=page, chosen=chosen, words_of=words_of)
