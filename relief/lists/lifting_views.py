"""How do several rows leave their list, or come back, with one reason for all of them?"""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from relief.lists import service
from relief.lists.forms import WhyForAllForm
from relief.lists.queries import list_rows, rows_named
from relief.lists.routes import blueprint
from relief.lists.service.proposing import get_list
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.route("/lists/<int:list_id>/lift-out", methods=["GET", "POST"])
@requires("case.write", "case.opinion", "case.notice", "case.review", "case.approve")
def lift_out_rows(list_id: int) -> ResponseReturnValue:
    """The rows that the address names (`row`) go on alone."""
    return _with_one_reason(list_id, "lift_out", service.lift_out_rows)


@blueprint.route("/lists/<int:list_id>/put-back", methods=["GET", "POST"])
@requires("case.write", "case.opinion", "case.notice", "case.review", "case.approve")
def put_back_rows(list_id: int) -> ResponseReturnValue:
    """The rows that the address names (`row`) take their list's steps again."""
    return _with_one_reason(list_id, "put_back", service.put_back_rows)


def _with_one_reason(list_id: int, verb: str, act: Callable[..., int]) -> ResponseReturnValue:
    by = actor()
    aid_list, form = get_list(list_id, by), WhyForAllForm()
    marked = rows_named(list_id, request.args.getlist("row"))

    def then(count: int) -> str:
        flash(ngettext("%(num)s row is changed.", "%(num)s rows are changed.", count), "good")
        return url_for("lists.show_list", list_id=list_id)

    def page() -> str:
        return render_template(
            "lists/rows.html", aid_list=aid_list, window=aid_list.window, form=form, verb=verb,
            rows=list_rows(marked, aid_list.window),
        )  # fmt: skip

    return answer(form, lambda: act(list_id, marked, why=form.why.data or "", by=by), then=then, page=page)
