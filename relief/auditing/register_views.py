"""How is the register of doubts seen, and how is a doubt answered, settled, upheld?"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.auditing import queries, service
from relief.auditing.forms import CODES, AnswerForm, JudgeForm
from relief.auditing.models import Doubt
from relief.auditing.queries import ListedDoubt
from relief.auditing.routes import blueprint, units_of
from relief.auditing.words import HISTORY
from relief.domain.auditing import DoubtState, doubt_offers
from relief.domain.errors import NotYours
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.web.access import actor, requires, signed_in
from relief.web.exporting import Column, address_of, take_away
from relief.web.filters import Chosen, Filter, chosen
from relief.web.formatting import day
from relief.web.forms import VersionedForm, answer
from relief.web.paging import asked, every_row
from relief.web.picks import choices_of
from relief.web.sentences import words

COLUMNS: tuple[Column[ListedDoubt], ...] = (
    Column(label("Number"), lambda one: one.doubt.number, 22),
    Column(label("Finding"), lambda one: f"{one.doubt.code} {words(one.title)}", 32),
    Column(label("About"), lambda one: one.subject.name if one.subject else "", 14),
    Column(label("Number of the case, file or paper"), lambda one: one.subject.number if one.subject else "", 24),
    Column(label("Unit"), lambda one: one.unit),
    Column(label("Question"), lambda one: one.doubt.question, 40),
    Column(label("Who answers"), lambda one: one.owner, 12),
    Column(label("Answer due by"), lambda one: day(one.doubt.due_on)),
    Column(label("State"), lambda one: words(DoubtState(one.doubt.state).label)),
    Column(label("What the owner says"), lambda one: one.doubt.answer or "", 40),
    Column(label("Finding and why"), lambda one: one.doubt.finding or "", 40),
)


@blueprint.get("/auditing/register")
@requires("audit.doubt")
def list_register() -> ResponseReturnValue:
    """The doubts of the auditor's subtree, newest first."""
    by = actor()
    picked = _picked(by)
    return render_template(
        "auditing/register.html", picked=picked, page=queries.list_doubts(picked, by=by, ask=asked(1)),
        download_url=address_of("auditing.download_register", picked),
    )  # fmt: skip


@blueprint.get("/auditing/register/download")
@requires("audit.doubt")
def download_register() -> Response:
    """The register as a workbook, with the filters that are set."""
    by = actor()
    picked = _picked(by)
    rows = every_row(lambda ask: queries.list_doubts(picked, by=by, ask=ask), 1)
    return take_away(label("Register of doubts"), COLUMNS, rows, picked, subject="doubt", by=by)


@blueprint.get("/auditing/mine")
@signed_in
def list_mine() -> ResponseReturnValue:
    """The doubts that ask me."""
    return render_template("auditing/mine.html", doubts=queries.list_mine(by=actor()))


@blueprint.get("/auditing/register/<int:doubt_id>")
@signed_in
def show_doubt(doubt_id: int) -> ResponseReturnValue:
    """A doubt with its history, for its owner and for the auditors."""
    by = actor()
    it = queries.get_doubt(doubt_id, by=by)
    return render_template(
        "auditing/doubt.html", it=it, offers=doubt_offers(it.facts, by, clock.today()),
        history=[(line, *HISTORY[line.verb]) for line in queries.list_history(it.doubt)],
    )  # fmt: skip


@blueprint.route("/auditing/register/<int:doubt_id>/answer", methods=["GET", "POST"])
@signed_in
def answer_doubt(doubt_id: int) -> ResponseReturnValue:
    """The owner answers, and may mend the answer until the auditor has judged."""
    it = _mine(doubt_id)
    form = AnswerForm(data={"version": it.doubt.version, "answer": it.doubt.answer})
    return answer(
        form,
        lambda: service.answer_doubt(doubt_id, version=_version(form), answer=form.answer.data or "", by=actor()),
        then=lambda doubt: _done(doubt, _("The answer is with the auditor.")),
        page=lambda: render_template("auditing/answer.html", form=form, it=it),
    )


@blueprint.route("/auditing/register/<int:doubt_id>/settle", methods=["GET", "POST"])
@requires("audit.doubt")
def settle_doubt(doubt_id: int) -> ResponseReturnValue:
    """The auditor is content, and says why."""
    return _judge("settle", service.settle_doubt, doubt_id)


@blueprint.route("/auditing/register/<int:doubt_id>/uphold", methods=["GET", "POST"])
@requires("audit.doubt")
def uphold_doubt(doubt_id: int) -> ResponseReturnValue:
    """The auditor is not content, and says why."""
    return _judge("uphold", service.uphold_doubt, doubt_id)


def _judge(verb: str, judge: Callable[..., Doubt], doubt_id: int) -> ResponseReturnValue:
    by = actor()
    it = queries.get_doubt(doubt_id, by=by)
    form = JudgeForm(data={"version": it.doubt.version})
    offer = next((one for one in doubt_offers(it.facts, by, clock.today()) if one.verb == verb), None)
    return answer(
        form,
        lambda: judge(doubt_id, version=_version(form), finding=form.finding.data or "", by=by),
        then=lambda doubt: _done(doubt, _("The finding is written down.")),
        page=lambda: render_template("auditing/judge.html", form=form, it=it, verb=verb, offer=offer),
    )


def _mine(doubt_id: int) -> ListedDoubt:
    """The doubt when it asks this person; for others there is no such page."""
    it = queries.get_doubt(doubt_id, by=actor())
    if it.doubt.owner_id != actor().user_id:
        raise NotYours
    return it


def _version(form: VersionedForm) -> int:
    """The version that the form was opened with; 0, which no row has, when it came without one."""
    return int(form.version.data or 0) if form.version.raw_data else 0


def _done(doubt: Doubt, text: str) -> str:
    flash(text, "good")
    return url_for("auditing.show_doubt", doubt_id=doubt.id)


def _picked(by: Actor) -> Chosen:
    late: list[tuple[str, Sentence]] = [("yes", label("Only those without an answer in time"))]
    owners = [(str(one), name) for one, name in queries.list_owners_asked(by=by)]
    return chosen(
        Filter("state", label("State"), options=choices_of(DoubtState)),
        Filter("owner", label("Who answers"), options=owners),
        Filter("overdue", label("Overdue"), options=late),
        Filter("code", label("Finding"), options=CODES),
        units_of(by),
    )
