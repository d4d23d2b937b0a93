"""How is a visit read, and mended afterwards?"""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.households.drafted import and_drop, drafted
from relief.visits import mending, service
from relief.visits.form_page import form_page, prefilled
from relief.visits.forms import TellForm, told_by
from relief.visits.models import Visit
from relief.visits.observations import find_last_seen
from relief.visits.queries import get_visit
from relief.visits.routes import blueprint
from relief.visits.visit_page import get_visit_page
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.get("/visits/<int:visit_id>")
@requires("visit.read")
def show_visit(visit_id: int) -> ResponseReturnValue:
    """One visit on one page."""
    return render_template("visits/visit.html", it=get_visit_page(visit_id, by=actor()))


@blueprint.route("/visits/<int:visit_id>/edit", methods=["GET", "POST"])
@requires("visit.write")
def edit_visit(visit_id: int) -> ResponseReturnValue:
    """What is told of a visit, mended by whoever entered it."""
    by, key = actor(), f"visit-{visit_id}-edit"
    visit = get_visit(visit_id, by=by)
    form, restored = drafted(TellForm, key, prefilled(mending.told_in(visit), by=by) | {"version": visit.version})
    if find_last_seen(visit.household_id, before=visit) is None:
        del form["unchanged"]

    def act() -> Visit:
        return service.edit_visit(
            visit_id, version=form.version.data, told=told_by(form), photos=form.photos.data or [],
            signed_form=form.signed_form.data or [], by=by,
        )  # fmt: skip

    def then(visit: Visit) -> str:
        flash(_("The visit is saved."), "good")
        return url_for("visits.show_visit", visit_id=visit.id)

    return answer(
        form, and_drop(key, act), then=then,
        page=lambda: form_page(form, visit.household, visit, draft=key, restored=restored, by=by),
    )  # fmt: skip
