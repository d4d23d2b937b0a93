"""How does a draft leave the desk? Checked and submitted, or thrown away; the applicant gets a slip."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.cases import queries, service
from relief.cases.amounts import amount_shown
from relief.cases.forms import StepForm
from relief.cases.gating import gates_shown
from relief.cases.papers import issue_slip
from relief.cases.routes import blueprint
from relief.cases.stepping import take_step
from relief.files.queries import content_of
from relief.web.access import actor, requires
from relief.web.downloads import download


@blueprint.route("/cases/<int:case_id>/submit", methods=["GET", "POST"])
@requires("case.write")
def submit(case_id: int) -> ResponseReturnValue:
    """Check what was written, then hand it in."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    return take_step(
        case, "submit", StepForm(data={"version": case.version}),
        lambda version: service.submit(case_id, version=version, by=by),
        said=_("The application is handed in."),
        more=lambda: {"amount": amount_shown(case), "gates": gates_shown(case, by, "submit")},
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/discard", methods=["GET", "POST"])
@requires("case.write")
def discard(case_id: int) -> ResponseReturnValue:
    """Throw a draft away that was never handed in."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    home = url_for("households.show_file", household_id=case.household_id)
    return take_step(
        case, "discard", StepForm(data={"version": case.version}),
        lambda version: service.discard(case_id, version=version, by=by),
        said=_("The draft is gone. The record keeps that it was there."), then=lambda _gone: home,
    )  # fmt: skip


@blueprint.post("/cases/<int:case_id>/slip")
@requires("case.write")
def slip(case_id: int) -> ResponseReturnValue:
    """The paper that the applicant takes home."""
    paper = issue_slip(queries.get_case(case_id, by=actor()), by=actor())
    return download(content_of(paper), paper.media_type, paper.file_name)
