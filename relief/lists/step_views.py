"""How is a list seen, and how do all its rows take a step? The numbers first, then the step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from relief import clock
from relief.cases.meeting_fields import meeting_id_of, offered_meetings
from relief.cases.models import Case
from relief.cases.service.grounds import grounds_of
from relief.db import db
from relief.domain.money import ZERO, Money, total
from relief.domain.permissions import Actor, roles_with
from relief.domain.sentences import Sentence
from relief.domain.workflow import CASE_STEPS
from relief.lists import service
from relief.lists.forms import ConfirmForm, OpinionForm, PlaceForm, RemarkForm
from relief.lists.oddities import marked
from relief.lists.queries import Row, list_left_out, list_rows, row_ids
from relief.lists.routes import blueprint
from relief.lists.service.proposing import get_list
from relief.lists.service.stepping import Tally, waiting_rows, why_not
from relief.web.access import actor, requires
from relief.web.forms import Form, answer, whole
from relief.windows.models import AidList

STEPS = ("submit", "give_opinion", "post_notice", "review")


@dataclass(frozen=True)
class Preview:
    """What a step would do to a list: the rows that take it, their sum, and who stays behind and why."""

    verb: str
    label: Sentence
    rows: int
    amount: Money
    behind: tuple[tuple[Row, Sentence], ...]

    @property
    def waiting(self) -> int:
        return self.rows + len(self.behind)


@blueprint.get("/lists/<int:list_id>")
@requires("case.read")
def show_list(list_id: int) -> ResponseReturnValue:
    """A unit's list: what waits, its rows with the odd ones first, and who is left out and why."""
    by = actor()
    aid_list = get_list(list_id, by)
    rows = marked(list_rows(row_ids(list_id), aid_list.window))
    return render_template(
        "lists/list.html", aid_list=aid_list, window=aid_list.window, rows=rows, left_out=list_left_out(list_id),
        steps=_open_steps(aid_list, by), turns=_turns_of_others(aid_list, by), today=clock.today(),
    )  # fmt: skip


@blueprint.route("/lists/<int:list_id>/submit", methods=["GET", "POST"])
@requires("case.write")
def submit(list_id: int) -> ResponseReturnValue:
    """Every ready draft is handed in."""
    return _take(list_id, "submit", ConfirmForm(), lambda by: service.submit(list_id, by=by))


@blueprint.route("/lists/<int:list_id>/give-opinion", methods=["GET", "POST"])
@requires("case.opinion")
def give_opinion(list_id: int) -> ResponseReturnValue:
    """One meeting, one opinion, for all rows."""
    meetings = offered_meetings(actor())
    form = OpinionForm(data=meetings.begins, choices={"meeting": meetings.choices})

    @whole
    def act(by: Actor) -> Tally:
        meeting_id = meeting_id_of(form, by)
        return service.give_opinion(list_id, meeting_id=meeting_id, note=form.note.data or "", by=by)

    return _take(list_id, "give_opinion", form, act)


@blueprint.route("/lists/<int:list_id>/post-notice", methods=["GET", "POST"])
@requires("case.notice")
def post_notice(list_id: int) -> ResponseReturnValue:
    """One notice for all rows."""
    form = PlaceForm()

    def act(by: Actor) -> Tally:
        _notice, tally = service.post_notice(list_id, place=form.place.data or "", by=by)
        return tally

    return _take(list_id, "post_notice", form, act)


@blueprint.route("/lists/<int:list_id>/review", methods=["GET", "POST"])
@requires("case.review")
def review(list_id: int) -> ResponseReturnValue:
    """The bureau passes all rows on to whoever decides."""
    form = RemarkForm()
    return _take(list_id, "review", form, lambda by: service.review(list_id, note=form.note.data or "", by=by))


def _take(list_id: int, verb: str, form: Form, act: Callable[[Actor], Tally]) -> ResponseReturnValue:
    by = actor()
    aid_list = get_list(list_id, by)

    def then(tally: Tally) -> str:
        said = ngettext("Done for %(num)s row, %(amount)s.", "Done for %(num)s rows, %(amount)s.", tally.rows,
                        amount=f"¥{tally.amount}")  # fmt: skip
        if tally.behind:
            said += " " + ngettext("%(num)s row stayed behind.", "%(num)s rows stayed behind.", len(tally.behind))
        flash(said, "good")
        return url_for("lists.show_list", list_id=list_id)

    def page() -> str:
        preview = preview_of(aid_list, verb, by)
        return render_template(
            "lists/step.html", aid_list=aid_list, window=aid_list.window, preview=preview, form=form, verb=verb
        )

    return answer(form, lambda: act(by), then=then, page=page)


def preview_of(aid_list: AidList, verb: str, by: Actor) -> Preview:
    """The numbers of a step before it is taken; nothing is written."""
    cases = [db.session.get_one(Case, case_id) for case_id in waiting_rows([aid_list.id], verb)]
    grounds = grounds_of(cases, by) if cases else []
    reasons = {case.id: why_not(case, ground, verb, by) for case, ground in zip(cases, grounds, strict=True)}
    ready = [case for case in cases if reasons[case.id] is None]
    shown = list_rows([case_id for case_id, why in reasons.items() if why], aid_list.window)
    return Preview(
        verb, _label(verb), len(ready), total(case.proposed or ZERO for case in ready),
        tuple((row, why) for row in shown if (why := reasons[row.id]) is not None),
    )  # fmt: skip


def _label(verb: str) -> Sentence:
    return next(step.label for step in CASE_STEPS if step.verb == verb)


def _open_steps(aid_list: AidList, by: Actor) -> list[Preview]:
    """The steps of the list that wait for this actor's roles, with their numbers."""
    return [
        preview_of(aid_list, verb, by) for verb in STEPS
        if by.can(_permission(verb)) and waiting_rows([aid_list.id], verb)
    ]  # fmt: skip


def _turns_of_others(aid_list: AidList, by: Actor) -> list[tuple[Sentence, int, tuple[Sentence, ...]]]:
    """What rows wait for that others do: the step, how many rows, and whose turn it is."""
    found: list[tuple[Sentence, int, tuple[Sentence, ...]]] = []
    for verb in (*STEPS, "approve"):
        waiting = len(waiting_rows([aid_list.id], verb))
        if waiting and not by.can(_permission(verb)):
            found.append((_label(verb), waiting, tuple(role.label for role in roles_with(_permission(verb)))))
    return found


def _permission(verb: str) -> str:
    return next(step.permission for step in CASE_STEPS if step.verb == verb)
