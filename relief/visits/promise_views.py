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
from relief.visits.promise_queries import get_promise, head_of, list_promises
from relief.visits.routes import blueprint
from relief.web.access import actor, requires
from relief.web.filters import Filter, chosen
from relief.web.forms import answer

WAYS = {"mine": _l("Still owed by me"), "unit": _l("Still owed by my unit"), "kept": _l("Kept by my unit")}


@blueprint.get("/promises")
@requires("visit.read")
def list_mine() -> ResponseReturnValue:
    """My promises, the one due first on top; or all of my unit's."""
    picked = chosen(Filter("which", "", options=WAYS.items()))
    which = str(picked.get("which", "mine"))
    page = list_promises(which, by=actor(), ask=ask_by_day())
    return render_template("visits/promises.html", picked=picked, page=page, ways=WAYS, which=which)


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
