"""How does a unit give its opinion over the screen?"""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.cases import queries, service
from relief.cases.amounts import amount_shown
from relief.cases.forms import OpinionForm
from relief.cases.meeting_fields import meeting_id_of, offered_meetings
from relief.cases.models import Case
from relief.cases.routes import blueprint
from relief.cases.stepping import take_step
from relief.domain.money import ZERO
from relief.web.access import actor, requires
from relief.web.forms import whole


@blueprint.route("/cases/<int:case_id>/give-opinion", methods=["GET", "POST"])
@requires("case.opinion", "case.review")
def give_opinion(case_id: int) -> ResponseReturnValue:
    """The amount that the unit proposes, and the meeting behind it."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    meetings = offered_meetings(by)
    stands = {"version": case.version, "amount": case.proposed} | meetings.begins
    form = OpinionForm(data=stands, choices={"meeting": meetings.choices})

    @whole
    def act(version: int) -> Case:
        return service.give_opinion(
            case_id, version=version, amount=form.amount.data or ZERO, meeting_id=meeting_id_of(form, by),
            note=form.note.data or "", by=by,
        )  # fmt: skip

    return take_step(
        case, "give_opinion", form, act, said=_("The opinion is given. The notice comes next."),
        more=lambda: {"amount": amount_shown(case)},
    )  # fmt: skip
