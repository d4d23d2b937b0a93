"""How is an appeal written down and answered over the screen, and the answer printed?"""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.cases import queries, service
from relief.cases.appealing import appeal_days, last_day, list_appeals, open_appeal
from relief.cases.models import Case
from relief.cases.routes import blueprint
from relief.cases.stepping import take_step
from relief.cases.ways import recoverables_shown
from relief.cases.ways_forms import AnswerForm, AppealForm
from relief.cases.ways_papers import issue_answer
from relief.domain.errors import NotYours
from relief.files.queries import content_of
from relief.web.access import actor, requires
from relief.web.downloads import download


@blueprint.route("/cases/<int:case_id>/record-appeal", methods=["GET", "POST"])
@requires("appeal.write")
def record_appeal(case_id: int) -> ResponseReturnValue:
    """The household asks to decide again."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = AppealForm(data={"version": case.version, "received_on": clock.today()})
    return take_step(
        case, "record_appeal", form,
        lambda version: service.record_appeal(
            case_id, version=version, received_on=form.received_on.data or clock.today(), text=form.text.data or "",
            by=by,
        ),
        said=_("The appeal is recorded. Somebody who took no part answers it."),
        more=lambda: {"last_day": last_day(case), "days": appeal_days(case)},
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/judge-appeal", methods=["GET", "POST"])
@requires("appeal.judge")
def judge_appeal(case_id: int) -> ResponseReturnValue:
    """Answered in writing, by somebody who took no part."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = AnswerForm(data={"version": case.version})

    def act(version: int) -> Case:
        return service.judge_appeal(
            case_id, version=version, upheld=form.outcome.code == "upheld", answer=form.answer.data or "", by=by
        )

    return take_step(
        case, "judge_appeal", form, act, said=_("The appeal is answered. Print the letter and hand it over."),
        more=lambda: {"appeal": open_appeal(case_id), "was_paid": bool(recoverables_shown(case_id))},
    )  # fmt: skip


@blueprint.post("/cases/<int:case_id>/appeals/<int:appeal_id>/letter")
@requires("household.read")
def appeal_letter(case_id: int, appeal_id: int) -> ResponseReturnValue:
    """The answer as a letter."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    appeal = next((one for one in list_appeals(case.id) if one.id == appeal_id and one.outcome), None)
    if appeal is None:
        raise NotYours
    paper = issue_answer(case, appeal, by=by)
    return download(content_of(paper), paper.media_type, paper.file_name)
