"""How is the household's answer recorded, and the case closed?"""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.cases import queries, service
from relief.cases.forms import FollowUpForm, StepForm
from relief.cases.models import Case
from relief.cases.offers import gates_of
from relief.cases.routes import blueprint
from relief.cases.stepping import take_step
from relief.web.access import actor, requires

VERB = "follow_up"


@blueprint.route("/cases/<int:case_id>/follow-up", methods=["GET", "POST"])
@requires("case.follow_up")
def follow_up(case_id: int) -> ResponseReturnValue:
    """Did it arrive, did it help? Asked by somebody else than the visitor."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = FollowUpForm(data={"version": case.version, "on": clock.today()})

    def act(version: int) -> Case:
        return service.follow_up(
            case_id, version=version, on=form.on.data or clock.today(), way=form.way.code,
            received_it=bool(form.received_it.data), words=form.words.data or "",
            satisfaction=int(form.satisfaction.code) if form.satisfaction.code else None, by=by,
        )  # fmt: skip

    return take_step(
        case, VERB, form, act, said=_("The answer of the household is recorded."),
        more=lambda: {"missing": [one.missing for one in gates_of(case) if VERB in one.before and not one.done]},
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/close", methods=["GET", "POST"])
@requires("case.follow_up")
def close(case_id: int) -> ResponseReturnValue:
    """Paid, asked after, done."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    return take_step(
        case, "close", StepForm(data={"version": case.version}),
        lambda version: service.close(case_id, version=version, by=by),
        said=_("The case is closed."), more=lambda: {"follow_ups": queries.list_follow_ups(case_id)},
    )  # fmt: skip
