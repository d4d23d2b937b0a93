"""How is an award by month ended over the screen? The numbers first, then the reason."""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.cases import besides
from relief.cases.besides import Beside
from relief.cases.models import Case
from relief.cases.queries import get_case
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.payments.coming import bar_to_end, months_to_come
from relief.payments.forms import EndMonthsForm
from relief.payments.routes import blueprint
from relief.payments.service.ending_months import end_months as end
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.route("/cases/<int:case_id>/end-months", methods=["GET", "POST"])
@requires("case.end_months")
def end_months(case_id: int) -> ResponseReturnValue:
    """How many months end, what goes back to which fund, what the household keeps; then why."""
    by = actor()
    case = get_case(case_id, by=by)
    form = EndMonthsForm(data={"version": case.version})

    def act() -> Case:
        return end(
            case_id, version=form.version.data or 0, reason=form.reason.code, note=form.note.data or "", by=by
        )

    def then(_case: Case) -> str:
        flash(_("The monthly aid is ended; what was still promised is in the fund again."), "good")
        return url_for("cases.show", case_id=case_id)

    def page() -> str:
        coming = months_to_come(case)
        return render_template("payments/end_months.html", case=case, form=form, coming=coming, bar=bar_to_end(coming))

    return answer(form, act, then=then, page=page)


def offer_end(case: Case, by: Actor) -> list[Beside]:
    """The way to end a running award by month; why its next month waits is told above it."""
    if not by.can("case.end_months") or not by.sees(case.union_id):
        return []
    coming = months_to_come(case)
    if coming is None or bar_to_end(coming) is not None:
        return []
    return [Beside(label("End the monthly aid"), url_for("payments.end_months", case_id=case.id), coming.stop)]


besides.register(offer_end)
