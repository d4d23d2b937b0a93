"""How is an objection written down and settled over the screen?"""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.cases import queries, service
from relief.cases.forms import ObjectionForm, SettleForm
from relief.cases.models import Objection
from relief.cases.routes import blueprint
from relief.cases.service.objections import open_objection
from relief.cases.stepping import take_step
from relief.web.access import actor, requires


@blueprint.route("/cases/<int:case_id>/record-objection", methods=["GET", "POST"])
@requires("case.notice")
def record_objection(case_id: int) -> ResponseReturnValue:
    """Somebody objects, with or without a name."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = ObjectionForm(data={"version": case.version, "received_on": clock.today()})

    def act(version: int) -> Objection:
        assert form.received_on.data is not None, "the form asks for it"
        return service.record_objection(
            case_id, version=version, received_on=form.received_on.data, text=form.text.data or "",
            who=form.who.data or None, by=by,
        )  # fmt: skip

    return take_step(
        case, "record_objection", form, act,
        said=_("The objection is written down. Nothing is decided until it is settled."),
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/settle-objection", methods=["GET", "POST"])
@requires("case.objection")
def settle_objection(case_id: int) -> ResponseReturnValue:
    """What was found, and how the case goes on."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = SettleForm(data={"version": case.version})
    return take_step(
        case, "settle_objection", form,
        lambda version: service.settle_objection(
            case_id, version=version, upheld=form.outcome.code == "upheld", repost=form.outcome.code == "repost",
            finding=form.finding.data or "", by=by,
        ),
        said=_("The objection is settled."), more=lambda: {"objection": open_objection(case)},
    )  # fmt: skip
