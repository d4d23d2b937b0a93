"""Whose household is visited? One that I planned to visit, or one that is searched for; numbers only by POST."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relief import clock
from relief.households.search import is_private, search
from relief.visits.queries import list_planned
from relief.visits.routes import blueprint
from relief.web.access import actor, requires
from relief.web.paging import Page

SOON = timedelta(days=14)


def choose_household() -> ResponseReturnValue:
    """The chooser; a number in the address is not looked up."""
    text = request.args.get("q", "").strip()
    return _found("" if is_private(text) else text)


@blueprint.post("/visits/choose")
@requires("visit.write")
def find_household() -> ResponseReturnValue:
    """A number is answered here; a name goes on to an address that can be come back to."""
    text = request.form.get("q", "").strip()
    return _found(text) if is_private(text) else redirect(url_for("visits.log_visit", q=text or None), 303)


def _found(text: str) -> ResponseReturnValue:
    by = actor()
    page = search(text, by=by) if text else Page([])
    return render_template(
        "visits/choose.html", text=text, page=page, planned=list_planned(clock.today() + SOON, by=by)
    )
