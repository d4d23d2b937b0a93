"""How does a unit with too few hands name, beforehand, who gives its opinions?"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.accounts.models import Union
from relief.accounts.queries import get_union
from relief.cases import service
from relief.cases.forms import PassAgainForm, PassOpinionsForm
from relief.cases.passing import TO_REVIEWER, passings_of
from relief.cases.passing_page import count_waiting, get_passing, list_givers, list_units, shown
from relief.cases.routes import blueprint
from relief.cases.ways_models import OpinionPassed
from relief.web.access import actor, requires
from relief.web.forms import answer
from relief.web.picks import Choices

REVIEWER = "reviewer"


@blueprint.get("/opinions")
@requires("opinion.pass")
def passed_opinions() -> ResponseReturnValue:
    """The units of one's own subtree, and who gives the opinion of each."""
    return render_template("cases/passed_opinions.html", rows=list_units(by=actor()))


@blueprint.route("/unions/<int:union_id>/opinions", methods=["GET", "POST"])
@requires("opinion.pass")
def pass_opinions(union_id: int) -> ResponseReturnValue:
    """Name who gives the opinion on the cases that this unit hands in from a day on."""
    by = actor()
    unit = get_union(union_id, by=by)
    form = PassOpinionsForm(data={"since": clock.today()}, choices={"to": _receivers(union_id)})

    def act() -> OpinionPassed:
        return service.pass_opinions(
            union_id, to_union_id=_receiver(form.to.code), since=form.since.data or clock.today(),
            until=form.until.data, why=form.why.data or "", by=by,
        )  # fmt: skip

    def then(passed: OpinionPassed) -> str:
        flash(_("Named. It holds for the cases that are handed in from that day on."), "good")
        return url_for("cases.pass_opinions", union_id=union_id)

    return answer(form, act, then=then, page=lambda: _page(unit, form))


@blueprint.route("/unions/<int:union_id>/opinions/<int:passing_id>/again", methods=["GET", "POST"])
@requires("opinion.pass")
def pass_again(union_id: int, passing_id: int) -> ResponseReturnValue:
    """Somebody else, where nobody is left to give what was passed on."""
    by = actor()
    unit, passed = get_union(union_id, by=by), get_passing(union_id, passing_id)
    form = PassAgainForm(choices={"to": _receivers(union_id)})

    def act() -> OpinionPassed:
        return service.pass_again(passing_id, to_union_id=_receiver(form.to.code), why=form.why.data or "", by=by)

    def then(_passed: OpinionPassed) -> str:
        flash(_("Passed on again, with the cases that wait."), "good")
        return url_for("cases.pass_opinions", union_id=union_id)

    def page() -> str:
        waiting = count_waiting(passed)
        return render_template("cases/pass_again.html", unit=unit, row=shown(passed), form=form, waiting=waiting)

    return answer(form, act, then=then, page=page)


@blueprint.post("/unions/<int:union_id>/opinions/<int:passing_id>/end")
@requires("opinion.pass")
def end_passing(union_id: int, passing_id: int) -> ResponseReturnValue:
    """The unit gives its own opinions again."""
    service.end_passing(passing_id, by=actor())
    flash(_("Ended. From tomorrow on the unit gives the opinion on the cases that it hands in."), "good")
    return redirect(url_for("cases.pass_opinions", union_id=union_id), 303)


def _receivers(union_id: int) -> Choices:
    return [*((str(one.id), one.name) for one in list_givers(union_id)), (REVIEWER, TO_REVIEWER)]


def _receiver(code: str) -> int | None:
    return None if code == REVIEWER else int(code)


def _page(unit: Union, form: PassOpinionsForm) -> str:
    rows = [shown(one) for one in passings_of(unit.id)]
    return render_template("cases/pass_opinions.html", unit=unit, form=form, rows=rows)
