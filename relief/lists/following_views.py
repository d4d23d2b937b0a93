"""How are a list's households asked after on one page, and its cases closed together?"""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from relief.domain.errors import WrongState
from relief.domain.sentences import Sentence
from relief.jobs.models import Job
from relief.lists import service
from relief.lists.following_forms import answers_form
from relief.lists.following_page import MOST, page_of_waiting, rows_shown, standing_of
from relief.lists.forms import StepForm
from relief.lists.previews import preview_of
from relief.lists.queries import rows_named
from relief.lists.routes import blueprint
from relief.lists.service.asking import take
from relief.lists.service.following import Asked
from relief.lists.service.proposing import get_list
from relief.lists.service.seen import mark_of
from relief.lists.service.stepping import Tally, rows_of_step
from relief.lists.works import work_on_list
from relief.web.access import actor, requires
from relief.web.forms import answer
from relief.web.paging import Ask, Page


@blueprint.route("/lists/<int:list_id>/follow-up", methods=["GET", "POST"])
@requires("case.follow_up")
def follow_up(list_id: int) -> ResponseReturnValue:
    """The paid rows of a list, asked after row by row on one page."""
    by = actor()
    aid_list = get_list(list_id, by)
    here: dict[str, Any] = {name: request.args[name] for name in ("after", "before") if name in request.args}
    shown = Page(_sent_rows(list_id)) if request.method == "POST" else page_of_waiting(
        aid_list, Ask.read(here.get("after"), here.get("before"), 1)
    )  # fmt: skip
    form = answers_form(shown.rows)
    stays: dict[int, Sentence] = {}
    recorded: set[int] = set()

    def act() -> None:
        asked = service.follow_up(list_id, form.answers, by=by)
        if asked.recorded:
            flash(_told(asked), "good")
        stays.update({one.case_id: one.why for one in asked.behind})
        recorded.update(asked.recorded)
        if stays:
            raise WrongState(None, "Not recorded: %(count)s. At each of these rows stands why.", count=len(stays))

    def then(_done: None) -> str:
        if standing_of(list_id).waiting:
            return url_for("lists.follow_up", list_id=list_id, **here)
        return url_for("lists.show_list", list_id=list_id)

    def page() -> str:
        left = [case_id for case_id in shown.rows if case_id not in recorded]
        return render_template(
            "lists/follow_up.html", aid_list=aid_list, window=aid_list.window, form=form, page=shown,
            rows=rows_shown(left, aid_list, form, stays, by), standing=standing_of(list_id),
        )  # fmt: skip

    return answer(form, act, then=then, page=page)


@blueprint.route("/lists/<int:list_id>/close", methods=["GET", "POST"])
@requires("case.follow_up")
def close_rows(list_id: int) -> ResponseReturnValue:
    """Every row whose household was asked is closed; what is still open is told with its reason."""
    by = actor()
    aid_list = get_list(list_id, by)
    form = StepForm()

    def then(taken: Tally | Job) -> str:
        if isinstance(taken, Tally):
            flash(ngettext("%(num)s case is closed.", "%(num)s cases are closed.", taken.rows), "good")
        return url_for("lists.show_list", list_id=list_id)

    def page() -> str:
        work = work_on_list(list_id, by=by)
        form.seen.data = mark_of(rows_of_step(aid_list, "close", by))
        return render_template(
            "lists/close.html", aid_list=aid_list, window=aid_list.window, form=form,
            preview=preview_of(aid_list, "close", by), standing=standing_of(list_id),
            work=work if work and work.is_under_way else None,
        )  # fmt: skip

    return answer(form, lambda: take("close", list_id, seen=form.seen.data, by=by), then=then, page=page)


def _sent_rows(list_id: int) -> list[int]:
    """The rows that stood on the page that was sent."""
    return rows_named(list_id, request.form.getlist("row")[:MOST])


def _told(asked: Asked) -> str:
    count = len(asked.recorded)
    said = ngettext("%(num)s answer is recorded.", "%(num)s answers are recorded.", count)
    if asked.missing:
        said += " " + ngettext(
            "%(num)s household has not received it and is asked again; the auditor is told.",
            "%(num)s households have not received it and are asked again; the auditor is told.", asked.missing,
        )  # fmt: skip
    return said
