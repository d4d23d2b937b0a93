"""How is a case sent back, refused, withdrawn, revoked, paused and resumed over the screen?"""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.cases import queries, service
from relief.cases.forms import NoteForm, RefuseForm, RevokeForm, SendBackForm, WithdrawForm
from relief.cases.papers import issue_refusal
from relief.cases.routes import blueprint
from relief.cases.stepping import take_step
from relief.cases.ways_papers import issue_award, issue_ended
from relief.files.queries import content_of
from relief.web.access import actor, requires
from relief.web.downloads import download

DECIDING = ("case.opinion", "case.review", "case.approve")


@blueprint.route("/cases/<int:case_id>/send-back", methods=["GET", "POST"])
@requires(*DECIDING)
def send_back(case_id: int) -> ResponseReturnValue:
    """Back to the caseworker, with what has to be mended."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = SendBackForm(data={"version": case.version})
    return take_step(
        case, "send_back", form,
        lambda version: service.send_back(
            case_id, version=version, reason=form.reason.code, fields=list(form.fields.data or []),
            note=form.note.data or "", by=by,
        ),
        said=_("Sent back. The caseworker sees what has to be mended."),
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/refuse", methods=["GET", "POST"])
@requires(*DECIDING)
def refuse(case_id: int) -> ResponseReturnValue:
    """No relief, with the reason that the household is told."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = RefuseForm(data={"version": case.version})
    return take_step(
        case, "refuse", form,
        lambda version: service.refuse(
            case_id, version=version, reason=form.reason.code, note=form.note.data or "", by=by
        ),
        said=_("Refused. Print the letter and hand it over."),
    )  # fmt: skip


@blueprint.post("/cases/<int:case_id>/letter")
@requires("household.read")
def letter(case_id: int) -> ResponseReturnValue:
    """The letter of refusal."""
    paper = issue_refusal(queries.get_case(case_id, by=actor()), by=actor())
    return download(content_of(paper), paper.media_type, paper.file_name)


@blueprint.post("/cases/<int:case_id>/award-letter")
@requires("household.read")
def award_letter(case_id: int) -> ResponseReturnValue:
    """The letter of award."""
    paper = issue_award(queries.get_case(case_id, by=actor()), by=actor())
    return download(content_of(paper), paper.media_type, paper.file_name)


@blueprint.post("/cases/<int:case_id>/ended-letter")
@requires("household.read")
def ended_letter(case_id: int) -> ResponseReturnValue:
    """The letter that tells why aid by month ends."""
    paper = issue_ended(queries.get_case(case_id, by=actor()), by=actor())
    return download(content_of(paper), paper.media_type, paper.file_name)


@blueprint.route("/cases/<int:case_id>/withdraw", methods=["GET", "POST"])
@requires("case.write")
def withdraw(case_id: int) -> ResponseReturnValue:
    """The applicant gives it up."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = WithdrawForm(data={"version": case.version})
    return take_step(
        case, "withdraw", form,
        lambda version: service.withdraw(
            case_id, version=version, reason=form.reason.code, note=form.note.data or "", by=by
        ),
        said=_("The case is withdrawn."),
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/revoke", methods=["GET", "POST"])
@requires("case.revoke")
def revoke(case_id: int) -> ResponseReturnValue:
    """The award is taken away."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = RevokeForm(data={"version": case.version})
    return take_step(
        case, "revoke", form,
        lambda version: service.revoke(
            case_id, version=version, reason=form.reason.code, note=form.note.data or "", by=by
        ),
        said=_("The award is revoked."),
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/hold", methods=["GET", "POST"])
@requires("case.hold")
def hold(case_id: int) -> ResponseReturnValue:
    """Nothing is decided and nothing paid for a while."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = NoteForm(data={"version": case.version})
    return take_step(
        case, "hold", form,
        lambda version: service.hold(case_id, version=version, note=form.note.data or "", by=by),
        said=_("The case is on hold."),
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/resume", methods=["GET", "POST"])
@requires("case.hold")
def resume(case_id: int) -> ResponseReturnValue:
    """The case goes on."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = NoteForm(data={"version": case.version})
    return take_step(
        case, "resume", form,
        lambda version: service.resume(case_id, version=version, note=form.note.data or "", by=by),
        said=_("The case goes on."),
    )  # fmt: skip
