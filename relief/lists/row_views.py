"""How does one row leave a list, come back, or get onto it by hand?"""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.cases.models import Case
from relief.cases.queries import get_case
from relief.domain.errors import NotYours
from relief.lists import service
from relief.lists.forms import AddRowForm, WhyForm
from relief.lists.queries import list_left_out
from relief.lists.routes import blueprint
from relief.lists.service.proposing import get_list
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.route("/lists/<int:list_id>/add", methods=["GET", "POST"])
@requires("case.write")
def add_row(list_id: int) -> ResponseReturnValue:
    """A household that was left out is put on the list, if nothing speaks against it any more."""
    by = actor()
    aid_list = get_list(list_id, by)
    offered = [(str(left.household_id), name) for left, name, _why in list_left_out(list_id)]
    form = AddRowForm(choices={"household": offered})

    def act() -> Case:
        return service.add_row(list_id, int(form.household.code or 0), why=form.why.data or "", by=by)

    def then(case: Case) -> str:
        flash(_("%(number)s stands on the list.", number=case.number), "good")
        return url_for("lists.show_list", list_id=list_id)

    def page() -> str:
        return render_template("lists/add.html", aid_list=aid_list, window=aid_list.window, form=form, offered=offered)

    return answer(form, act, then=then, page=page)


@blueprint.route("/lists/<int:list_id>/rows/<int:case_id>/take-off", methods=["GET", "POST"])
@requires("case.write")
def take_off(list_id: int, case_id: int) -> ResponseReturnValue:
    """A draft row is taken off with a reason."""
    by = actor()

    def act(version: int, why: str) -> None:
        service.take_off(list_id, case_id, version=version, why=why, by=by)

    return _with_reason(list_id, case_id, "take_off", act)


@blueprint.route("/lists/<int:list_id>/rows/<int:case_id>/lift-out", methods=["GET", "POST"])
@requires("case.write", "case.opinion", "case.notice", "case.review", "case.approve")
def lift_out(list_id: int, case_id: int) -> ResponseReturnValue:
    """A doubtful row goes on alone."""
    by = actor()

    def act(version: int, why: str) -> None:
        service.lift_out(case_id, version=version, why=why, by=by)

    return _with_reason(list_id, case_id, "lift_out", act)


@blueprint.route("/lists/<int:list_id>/rows/<int:case_id>/put-back", methods=["GET", "POST"])
@requires("case.write", "case.opinion", "case.notice", "case.review", "case.approve")
def put_back(list_id: int, case_id: int) -> ResponseReturnValue:
    """A lifted row takes its list's steps again."""
    by = actor()

    def act(version: int, why: str) -> None:
        service.put_back(case_id, version=version, why=why, by=by)

    return _with_reason(list_id, case_id, "put_back", act)


def _with_reason(list_id: int, case_id: int, verb: str, act: Callable[[int, str], None]) -> ResponseReturnValue:
    by = actor()
    aid_list, case = get_list(list_id, by), get_case(case_id, by=by)
    if case.list_id != list_id:
        raise NotYours
    form = WhyForm(data={"version": case.version})

    def then(_done: None) -> str:
        flash(_("The list is changed."), "good")
        return url_for("lists.show_list", list_id=list_id)

    def page() -> str:
        return render_template(
            "lists/row.html", aid_list=aid_list, window=aid_list.window, case=case, form=form, verb=verb
        )

    return answer(form, lambda: act(int(form.version.data or 0), form.why.data or ""), then=then, page=page)
