"""How is a window decided in one sitting? Marked rows are taken out, the numbers stand there, then one signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from relief.cases.meeting_fields import meeting_id_of, offered_meetings
from relief.domain.errors import RuleBroken
from relief.domain.money import ZERO, Money, total
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.funds.queries import FundStanding
from relief.jobs.models import Job
from relief.lists.forms import DecisionForm, MeetingDecisionForm
from relief.lists.queries import Brief, Row, brief_rows, list_rows, needs_meeting, paying_funds
from relief.lists.routes import blueprint
from relief.lists.service.acts import Said
from relief.lists.service.asking import take_decision
from relief.lists.service.deciding import rows_to_decide
from relief.lists.service.seen import mark_of
from relief.lists.service.stepping import Tally
from relief.lists.works import work_on_window
from relief.web.access import actor, requires
from relief.web.forms import answer, whole
from relief.windows.models import AidWindow
from relief.windows.queries import get_window


@dataclass(frozen=True)
class Sitting:
    """What stands to be decided: the rows that pass with their sum, those taken out, what each fund has left after."""

    passing: Sequence[Brief]
    out: Sequence[Row]
    needs_meeting: bool

    @property
    def amount(self) -> Money:
        return total(row.amount for row in self.passing)


@blueprint.route("/windows/<int:window_id>/decide", methods=["GET", "POST"])
@requires("case.approve")
def decide(window_id: int) -> ResponseReturnValue:
    """The address names the rows that are taken out (`out`); the rest passes with one signature."""
    by, window = actor(), get_window(window_id)
    sitting = _sitting(window, by)
    form = _form(window, sitting, by)

    @whole
    def act() -> Tally | Job:
        if sitting.out and not (form.why.data or "").strip():
            raise RuleBroken("why", "Say why.")
        said = Said(
            note=form.note.data or "", fund_id=int(form.fund.code) if form.fund.code else None,
            meeting_id=meeting_id_of(form, by) if isinstance(form, MeetingDecisionForm) else None,
        )  # fmt: skip
        out = {row.id: form.why.data or "" for row in sitting.out}
        return take_decision(window_id, taken_out=out, said=said, seen=form.seen.data, by=by)

    def then(taken: Tally | Job) -> str:
        if isinstance(taken, Tally):
            _tell_approved(taken)
        return url_for("lists.show_window", window_id=window_id)

    def page() -> str:
        notes = {str(one.fund.id): _left_after(one, sitting.amount) for one in paying_funds(window)}
        work = work_on_window(window_id, by=by)
        form.seen.data = mark_of([row.id for row in sitting.passing])
        return render_template(
            "lists/decide.html", window=window, sitting=sitting, form=form, notes=notes,
            work=work if work and work.is_under_way else None,
        )  # fmt: skip

    return answer(form, act, then=then, page=page)


def _tell_approved(tally: Tally) -> None:
    said = ngettext("%(num)s row is approved, %(amount)s.", "%(num)s rows are approved, %(amount)s.", tally.rows,
                    amount=f"¥{tally.amount}")  # fmt: skip
    if tally.behind:
        said += " " + ngettext("%(num)s row stayed behind.", "%(num)s rows stayed behind.", len(tally.behind))
    flash(said, "good")


def _sitting(window: AidWindow, by: Actor) -> Sitting:
    rows, marked = brief_rows(rows_to_decide(window.id, by)), set(request.args.getlist("out"))
    passing = [row for row in rows if str(row.id) not in marked]
    out = list_rows([row.id for row in rows if str(row.id) in marked], window)
    return Sitting(passing, out, needs_meeting([row.id for row in passing]))


def _form(window: AidWindow, sitting: Sitting, by: Actor) -> DecisionForm:
    funds = paying_funds(window)
    able = [str(one.fund.id) for one in funds if one.balance.left_to_promise >= sitting.amount]
    stands: dict[str, Any] = {"fund": able[0] if len(able) == 1 else None}
    choices: dict[str, Any] = {"fund": [(str(one.fund.id), f"{one.fund.code} {one.fund.name}") for one in funds]}
    if not sitting.needs_meeting:
        return DecisionForm(data=stands, choices=choices)
    meetings = offered_meetings(by)
    return MeetingDecisionForm(data=stands | meetings.begins, choices=choices | {"meeting": meetings.choices})


def _left_after(standing: FundStanding, wanted: Money) -> Sentence:
    left = standing.balance.left_to_promise
    if left - wanted < ZERO:
        return sentence("Left to promise: %(left)s. Too little by %(short)s.", left=left, short=wanted - left)
    return sentence("Left to promise: %(left)s; after this decision %(after)s.", left=left, after=left - wanted)
