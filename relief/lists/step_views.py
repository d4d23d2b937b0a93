"""How is a list seen, and how do all its rows take a step? The numbers first, then the step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from relief import clock
from relief.cases.meeting_fields import meeting_id_of, offered_meetings
from relief.domain.permissions import Actor
from relief.jobs.models import Job
from relief.lists.besides import list_besides
from relief.lists.forms import OpinionForm, PlaceForm, RemarkForm, StepForm
from relief.lists.next_days import next_day
from relief.lists.oddities import page_of_rows
from relief.lists.previews import open_steps, preview_of, turns_of_others
from relief.lists.queries import count_left_out, list_left_out, row_ids, states_of
from relief.lists.routes import blueprint
from relief.lists.service.acts import Said
from relief.lists.service.asking import take
from relief.lists.service.seen import mark_of
from relief.lists.service.stepping import Tally, list_for, rows_of_step
from relief.lists.sight import get_for_opinion
from relief.lists.works import work_on_list, work_on_window
from relief.web.access import actor, requires
from relief.web.forms import answer, whole
from relief.web.paging import asked
from relief.windows.models import AidList

LEFT_OUT_SHOWN = 100


@blueprint.get("/lists/<int:list_id>")
@requires("case.read")
def show_list(list_id: int) -> ResponseReturnValue:
    """A unit's list: what waits, its rows with the odd ones first, and who is left out and why."""
    by = actor()
    aid_list = get_for_opinion(list_id, by)
    if not by.sees(aid_list.union_id):
        return redirect(url_for("lists.give_opinion", list_id=list_id))
    wanted = row_ids(list_id)
    page = page_of_rows(wanted, aid_list.window, asked(2))
    return render_template(
        "lists/list.html", aid_list=aid_list, window=aid_list.window, page=page, count=len(wanted),
        left_out=list_left_out(list_id, None if request.args.get("left") == "all" else LEFT_OUT_SHOWN),
        left_out_count=count_left_out(list_id), coming=next_day(aid_list.window, states_of(wanted), by=by),
        may_lift=any(row.turn and by.can(row.turn) and (row.lifted or row.may_be_lifted) for row in page.rows),
        **_coming_steps(aid_list, by), today=clock.today(), besides=list_besides(aid_list, by=by),
    )  # fmt: skip


def _coming_steps(aid_list: AidList, by: Actor) -> dict[str, Any]:
    """The long work on the list, or else what comes next: while rows move, no other step is offered."""
    window_work = work_on_window(aid_list.window_id, by=by)
    work = window_work if window_work and window_work.is_under_way else work_on_list(aid_list.id, by=by)
    if work and work.is_under_way:
        return {"work": work, "steps": [], "turns": []}
    return {"work": work, "steps": open_steps(aid_list, by), "turns": turns_of_others(aid_list, by)}


@blueprint.route("/lists/<int:list_id>/submit", methods=["GET", "POST"])
@requires("case.write")
def submit(list_id: int) -> ResponseReturnValue:
    """Every ready draft is handed in."""
    return _take(list_id, "submit", StepForm(), lambda by: Said())


@blueprint.route("/lists/<int:list_id>/give-opinion", methods=["GET", "POST"])
@requires("case.opinion", "case.review")
def give_opinion(list_id: int) -> ResponseReturnValue:
    """One meeting, one opinion, for all rows."""
    meetings = offered_meetings(actor())
    form = OpinionForm(data=meetings.begins, choices={"meeting": meetings.choices})

    def said(by: Actor) -> Said:
        return Said(meeting_id=meeting_id_of(form, by), note=form.note.data or "")

    return _take(list_id, "give_opinion", form, said)


@blueprint.route("/lists/<int:list_id>/post-notice", methods=["GET", "POST"])
@requires("case.notice")
def post_notice(list_id: int) -> ResponseReturnValue:
    """One notice for all rows."""
    form = PlaceForm()
    return _take(list_id, "post_notice", form, lambda by: Said(place=form.place.data or ""))


@blueprint.route("/lists/<int:list_id>/review", methods=["GET", "POST"])
@requires("case.review")
def review(list_id: int) -> ResponseReturnValue:
    """The bureau passes all rows on to whoever decides."""
    form = RemarkForm()
    return _take(list_id, "review", form, lambda by: Said(note=form.note.data or ""))


def _take(list_id: int, verb: str, form: StepForm, said: Callable[[Actor], Said]) -> ResponseReturnValue:
    by = actor()
    aid_list = list_for(verb, list_id, by)
    done = url_for("lists.show_list", list_id=list_id) if by.sees(aid_list.union_id) else url_for("desk.show")

    @whole
    def act() -> Tally | Job:
        return take(verb, list_id, said(by), seen=form.seen.data, by=by)

    def then(taken: Tally | Job) -> str:
        tell_taken(taken)
        return done

    def page() -> str:
        preview = preview_of(aid_list, verb, by)
        work = work_on_list(list_id, by=by)
        form.seen.data = mark_of(rows_of_step(aid_list, verb, by))
        return render_template(
            "lists/step.html", aid_list=aid_list, window=aid_list.window, preview=preview, form=form, verb=verb,
            work=work if work and work.is_under_way else None,
        )  # fmt: skip

    return answer(form, act, then=then, page=page)


def tell_taken(taken: Tally | Job) -> None:
    """Say what a step did; of long work its page tells."""
    if isinstance(taken, Job):
        return
    said = ngettext("Done for %(num)s row, %(amount)s.", "Done for %(num)s rows, %(amount)s.", taken.rows,
                    amount=f"¥{taken.amount}")  # fmt: skip
    if taken.behind:
        said += " " + ngettext("%(num)s row stayed behind.", "%(num)s rows stayed behind.", len(taken.behind))
    flash(said, "good")
