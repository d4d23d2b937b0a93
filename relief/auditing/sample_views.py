"""How is a sample drawn, read, printed and taken away?"""

from __future__ import annotations

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from relief.accounts.queries import list_unions, unit_choices
from relief.auditing import queries, service
from relief.auditing.forms import SampleForm
from relief.auditing.models import Sample
from relief.auditing.queries import SampledCase
from relief.auditing.routes import blueprint
from relief.domain.aid import kinds
from relief.domain.labels import label
from relief.domain.money import ZERO
from relief.web.access import actor, requires
from relief.web.exporting import Column, take_away
from relief.web.formatting import day
from relief.web.forms import answer
from relief.web.picks import Choices
from relief.web.sentences import words
from relief.web.states import state_words

COLUMNS: tuple[Column[SampledCase], ...] = (
    Column(label("Place"), lambda one: one.place, 8, "number"),
    Column(label("Number"), lambda one: one.number, 22),
    Column(label("Applicant"), lambda one: one.applicant, 12),
    Column(label("Unit"), lambda one: one.unit),
    Column(label("Kind"), lambda one: words(one.kind_name)),
    Column(label("State"), lambda one: state_words(one.state)),
    Column(label("Amount"), lambda one: one.amount or ZERO, 14, "money"),
    Column(label("Day of need"), lambda one: day(one.need_on)),
    Column(label("Found"), lambda one: "", 40),
)


@blueprint.route("/auditing/sample", methods=["GET", "POST"])
@requires("audit.doubt")
def draw_sample() -> ResponseReturnValue:
    """The form of a sample, and the samples drawn before."""
    by = actor()
    choices: dict[str, Choices] = {
        "kind": [(code, kind.name) for code, kind in kinds().items()],
        "unit": unit_choices(by=by),
    }
    form = SampleForm(choices=choices)

    def act() -> Sample:
        assert form.since.data is not None and form.until.data is not None, "the form asks for both"
        unit = int(form.unit.code) if form.unit.code else None
        return service.draw_sample(
            seed=form.seed.data or "", size=form.size.data or 0, since=form.since.data, until=form.until.data,
            kind=form.kind.code or None, unit=unit, by=by,
        )  # fmt: skip

    return answer(
        form, act, then=lambda sample: url_for("auditing.show_sample", sample_id=sample.id),
        page=lambda: render_template("auditing/sample.html", form=form, samples=queries.list_samples(by=by)),
    )  # fmt: skip


@blueprint.get("/auditing/sample/<int:sample_id>")
@requires("audit.doubt")
def show_sample(sample_id: int) -> ResponseReturnValue:
    """The cases of a sample in the order of its seed; the page prints as a list with room for what was found."""
    by = actor()
    it = queries.get_sample(sample_id, by=by)
    unit = next((one.short_name for one in list_unions(by=by) if one.id == it.sample.bounds["unit"]), None)
    return render_template("auditing/sampled.html", it=it, unit=unit, rows=queries.list_sampled(it.sample, by=by))


@blueprint.get("/auditing/sample/<int:sample_id>/download")
@requires("audit.doubt")
def download_sample(sample_id: int) -> Response:
    """The cases of a sample as a workbook."""
    by = actor()
    it = queries.get_sample(sample_id, by=by)
    bounds = {"seed": it.sample.seed, "size": it.sample.size, **it.sample.bounds}
    rows = queries.list_sampled(it.sample, by=by)
    return take_away(label("Audit sample"), COLUMNS, rows, bounds, subject="sample", subject_id=sample_id, by=by)
