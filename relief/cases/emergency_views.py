"""How is emergency aid asked for and ratified over the screen?"""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.cases import queries, service
from relief.cases.amounts import amount_shown
from relief.cases.meeting_fields import meeting_id_of, offered_meetings
from relief.cases.models import Case
from relief.cases.routes import blueprint
from relief.cases.service.steps import policy_for
from relief.cases.stepping import take_step
from relief.cases.urgent import duties_of, find_file
from relief.cases.ways_forms import RatifyForm, UrgentForm
from relief.domain.aid import find_kind
from relief.domain.money import ZERO, Money
from relief.web.access import actor, requires
from relief.web.forms import whole


@blueprint.route("/cases/<int:case_id>/ask-urgently", methods=["GET", "POST"])
@requires("case.write")
def ask_urgently(case_id: int) -> ResponseReturnValue:
    """Before the chair at once; what is missing is made up afterwards."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = UrgentForm(data={"version": case.version})
    return take_step(
        case, "ask_urgently", form,
        lambda version: service.ask_urgently(
            case_id, version=version, why=form.why.data or "", ordered_by=form.ordered_by.data or "",
            way=form.way.code, by=by,
        ),
        said=_("It lies before the chair. Tell the bureau by telephone as well."),
        more=lambda: {"amount": amount_shown(case), "rule": find_kind(case.kind).emergency(policy_for(case))},
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/ratify", methods=["GET", "POST"])
@requires("case.ratify")
def ratify(case_id: int) -> ResponseReturnValue:
    """The office meeting ratifies it whole, ratifies less, or does not ratify it."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    meetings = offered_meetings(by)
    form = RatifyForm(data={"version": case.version} | meetings.begins, choices={"meeting": meetings.choices})

    @whole
    def act(version: int) -> Case:
        return service.ratify(
            case_id, version=version, amount=_ratified(form, case.approved or ZERO), reason=form.reason.code or None,
            note=form.note.data or "", meeting_id=meeting_id_of(form, by), by=by,
        )  # fmt: skip

    file = find_file(case)
    return take_step(
        case, "ratify", form, act, said=_("The decision of the meeting is recorded."),
        more=lambda: {"duties": duties_of(case, file) if file else ()},
    )  # fmt: skip


def _ratified(form: RatifyForm, approved: Money) -> Money:
    """The amount that the outcome stands for."""
    if form.outcome.code == "lowered":
        return form.amount.data or ZERO
    return approved if form.outcome.code == "ratified" else ZERO
