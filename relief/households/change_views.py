"""How is a file reviewed, moved, closed and opened again?"""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.accounts.queries import list_unions
from relief.households import service
from relief.households.file_views import page_of
from relief.households.forms import CloseForm, MoveForm, ReopenForm
from relief.households.models import Household
from relief.households.routes import blueprint
from relief.households.sight import get_household
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.post("/households/<int:household_id>/review")
@requires("household.write")
def review_file(household_id: int) -> ResponseReturnValue:
    """The file was gone through with the household."""
    version = request.form.get("version", type=int)
    household = service.review_file(household_id, version=version, by=actor())
    flash(_("The file counts as reviewed today."), "good")
    return redirect(page_of(household), 303)


@blueprint.route("/households/<int:household_id>/move", methods=["GET", "POST"])
@requires("household.write")
def move_file(household_id: int) -> ResponseReturnValue:
    """The file goes to another union."""
    by = actor()
    household = get_household(household_id, by=by)
    others = [(str(union.id), union.name) for union in list_unions(by=by) if union.id != household.union_id]
    stands = {"version": household.version, "on": clock.today()}
    form = MoveForm(data=stands, choices={"union_id": others})

    def act() -> Household:
        return service.move_to_union(
            household_id, int(form.union_id.code), on=form.on.data, version=form.version.data, by=by
        )

    def then(moved: Household) -> str:
        flash(_("The file belongs to %(unit)s now.", unit=moved.union.name), "good")
        return page_of(moved)

    return answer(
        form, act, then=then, page=lambda: render_template("households/move.html", form=form, household=household)
    )


@blueprint.route("/households/<int:household_id>/close", methods=["GET", "POST"])
@requires("household.write")
def close_file(household_id: int) -> ResponseReturnValue:
    """The file ends."""
    return _for_a_reason(household_id, CloseForm, service.close_file, _("The file is closed."), "households/close.html")


@blueprint.route("/households/<int:household_id>/reopen", methods=["GET", "POST"])
@requires("household.write")
def reopen_file(household_id: int) -> ResponseReturnValue:
    """The file begins again."""
    said = _("The file is open again.")
    return _for_a_reason(household_id, ReopenForm, service.reopen_file, said, "households/reopen.html")


def _for_a_reason(
    household_id: int, kind: type[CloseForm | ReopenForm], verb: Callable[..., Household], said: str, template: str
) -> ResponseReturnValue:
    by = actor()
    household = get_household(household_id, by=by)
    form = kind(data={"version": household.version})

    def act() -> Household:
        return verb(household_id, reason=form.reason.code, version=form.version.data, by=by)

    def then(changed: Household) -> str:
        flash(said, "good")
        return page_of(changed)

    return answer(form, act, then=then, page=lambda: render_template(template, form=form, household=household))
