"""Which promises are mine, and how do I answer one?"""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from relief.domain.visit_codes import PromiseState
from relief.households.drafted import and_drop, drafted
from relief.visits import promises
from relief.visits.forms import AnswerForm
from relief.visits.list_views import ask_by_day
from relief.visits.models import Promise
from relief.visits.promise_queries import PromiseRow, get_promise, head_of, list_promises
from relief.visits.routes import blueprint
from relief.web.access import actor, requires
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.forms import answer
from relief.web.paging import every_row
from relief.web.sentences import words

WAYS = {"mine": _l("Still owed by me"), "unit": _l("Still owed by my unit"), "kept": _l("Kept by my unit")}
COLUMNS: tuple[Column[PromiseRow], ...] = (
    Column(_l("What was promised"), lambda row: row.promise.text, 48),
    Column(_l("Household"), lambda row: row.head, 12),
    Column(_l("File number"), lambda row: row.number, 20),
    Column(_l("By when"), lambda row: day(row.promise.due_on)),
    Column(_l("State"), lambda row: words(row.promise.state.label)),
    Column(_l("Who keeps it"), lambda row: row.promise.owner, 12),
)


@blueprint.get("/promises")
@requires("visit.read")
def list_mine() -> ResponseReturnValue:
    """My promises, the one due first on top; or all of my unit's."""
    picked, which = _picked()
    page = list_promises(which, by=actor(), ask=ask_by_day())
    return render_template(
        "visits/promises.html", picked=picked, page=page, ways=WAYS, which=which,
        download_url=address_of("visits.download_promises", picked),
    )  # fmt: skip


@blueprint.get("/promises/download")
@requires("visit.read")
def download_promises() -> ResponseReturnValue:
    """The same promises as a workbook."""
    picked, which = _picked()
    rows = every_row(lambda ask: list_promises(which, by=actor(), ask=ask), 2)
    return take_away(_l("Promises"), COLUMNS, rows, picked, subject="promise", by=actor())


def _picked() -> tuple[Chosen, str]:
    picked = chosen(Filter("which", _l("Promises"), options=WAYS.items()))
    return picked, str(picked.get("which", "mine"))


@blueprint.route("/promises/<int:promise_id>/answer", methods=["GET", "POST"])
@requires("visit.read")
def answer_promise(promise_id: int) -> ResponseReturnValue:
    """Say how a promise stands, and what the household says."""
    by, key = actor(), f"promise-{promise_id}"
    promise = get_promise(promise_id, by=by)
    standing = {
        "state": PromiseState(promise.state), "answer": promise.answer or "", "told_on": promise.told_on,
        "confirmed": promise.confirmed, "version": promise.version,
    }  # fmt: skip
    form, restored = drafted(AnswerForm, key, standing)

    def act() -> Promise:
        return promises.answer_promise(
            promise_id, version=form.version.data, state=form.state.data, answer=form.answer.data or "",
            told_on=form.told_on.data, confirmed=form.confirmed.data, by=by,
        )  # fmt: skip

    def then(promise: Promise) -> str:
        flash(_("The answer is on file."), "good")
        return url_for("visits.list_mine")

    return answer(
        form, and_drop(key, act), then=then,
        page=lambda: render_template(
            "visits/answer.html", form=form, promise=promise, draft=key, restored=restored,
            head=head_of(promise),
        ),
    )  # fmt: skip
