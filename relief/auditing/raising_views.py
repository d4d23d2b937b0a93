"""How is a doubt raised? From a row of a finding, or by the number of what it is about."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.auditing import service
from relief.auditing.findings import QUESTIONS
from relief.auditing.forms import AboutForm, RaiseForm
from relief.auditing.models import Doubt
from relief.auditing.owners import Owner, list_owners
from relief.auditing.routes import blueprint
from relief.auditing.subjects import Subject, find_by_number, get_subject
from relief.domain.auditing import ANSWER_WITHIN
from relief.domain.sentences import Sentence, sentence
from relief.policies.queries import load_calendar
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.route("/auditing/register/about", methods=["GET", "POST"])
@requires("audit.doubt")
def choose_subject() -> ResponseReturnValue:
    """What a doubt is about, by its number; then the question."""
    form = AboutForm()
    return answer(
        form, lambda: find_by_number(form.number.data or "", by=actor()), then=_page_about,
        page=lambda: render_template("auditing/about.html", form=form),
    )  # fmt: skip


@blueprint.route("/auditing/register/raise", methods=["GET", "POST"])
@requires("audit.doubt")
def raise_doubt() -> ResponseReturnValue:
    """Ask an owner about one thing, named in the address by its kind and id; `from` is the question of its row."""
    by, given = actor(), request.args.get("subject_id", "")
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        return redirect(url_for("auditing.choose_subject"), 303)
    about = get_subject(request.args.get("subject", ""), int(given), by=by)
    question = QUESTIONS.get(request.args.get("from", ""))
    owners = [(str(one.id), _told(one)) for one in list_owners(about.union_id)]
    start = {"due_on": _day_to_answer(), "code": question.code if question else None}
    form = RaiseForm(data=start, choices={"owner": owners})

    def act() -> Doubt:
        assert form.due_on.data is not None, "the form asks for it"
        return service.raise_doubt(
            code=form.code.code, subject=about.kind, subject_id=about.id, question=form.question.data or "",
            owner_id=int(form.owner.code), due_on=form.due_on.data, by=by,
        )  # fmt: skip

    def page() -> str:
        url = about.url_for(by)
        return render_template("auditing/raise.html", form=form, about=about, url=url, question=question)

    return answer(form, act, then=_raised, page=page)


def _day_to_answer() -> date:
    return load_calendar().add_working_days(clock.today(), ANSWER_WITHIN).on


def _told(owner: Owner) -> Sentence:
    roles = tuple(role.label for role in owner.roles)
    return sentence("%(name)s · %(roles)s · %(unit)s", name=owner.name, roles=roles, unit=owner.unit)


def _page_about(about: Subject) -> str:
    return url_for("auditing.raise_doubt", subject=about.kind, subject_id=about.id)


def _raised(doubt: Doubt) -> str:
    flash(_("Doubt %(number)s is raised.", number=doubt.number), "good")
    return url_for("auditing.show_doubt", doubt_id=doubt.id)
