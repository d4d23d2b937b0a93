"""Which pages show long work? My jobs, one job that may be left and come back to, and its moving part."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from relief.domain.labels import label
from relief.domain.sentences import Sentence
from relief.jobs import service
from relief.jobs.models import Job
from relief.jobs.queries import get_job, list_jobs
from relief.jobs.registry import label_of
from relief.jobs.worker import load
from relief.web.access import actor, signed_in
from relief.web.filters import chosen
from relief.web.locale import local_path
from relief.web.paging import asked, page_of

blueprint = Blueprint("jobs", __name__)
STATES: dict[str, tuple[Sentence, str]] = {
    "queued": (label("Waiting for its turn"), "waits"),
    "running": (label("At work"), "moves"),
    "done": (label("Finished"), "good"),
    "failed": (label("Stopped"), "bad"),
}


@dataclass(frozen=True)
class Shown:
    """A job as its pages print it."""

    job: Job
    label: Sentence
    state: Sentence
    tone: str
    failure: Sentence | None
    result_url: str | None

    @property
    def is_over(self) -> bool:
        return self.job.state in ("done", "failed")


@blueprint.get("/jobs")
@signed_in
def index() -> ResponseReturnValue:
    ask = asked()
    key = int(ask.key[0] or 0) if ask.key and isinstance(ask.key[0], int) else None
    found = list_jobs(by=actor(), newer_than=key) if ask.backwards else list_jobs(by=actor(), older_than=key)
    page = page_of(found, ask, lambda job: (job.id,))
    return render_template("jobs/list.html", page=page, shown=[_shown(job) for job in page.rows], chosen=chosen())


@blueprint.get("/jobs/<int:job_id>")
@signed_in
def show(job_id: int) -> ResponseReturnValue:
    return render_template("jobs/job.html", it=_shown(get_job(job_id, by=actor())))


@blueprint.get("/jobs/<int:job_id>/progress")
@signed_in
def progress(job_id: int) -> ResponseReturnValue:
    return render_template("jobs/progress.html", it=_shown(get_job(job_id, by=actor())))


@blueprint.post("/jobs/<int:job_id>/again")
@signed_in
def again(job_id: int) -> ResponseReturnValue:
    service.ask_again(job_id, by=actor())
    return redirect(url_for("jobs.show", job_id=job_id), 303)


@blueprint.post("/jobs/<int:job_id>/put-away")
@signed_in
def put_away(job_id: int) -> ResponseReturnValue:
    """What ended is told no more; back to the page (`next`) that told it."""
    service.put_away(job_id, by=actor())
    return redirect(local_path(request.form.get("next"), url_for("jobs.index")), 303)


def _shown(job: Job) -> Shown:
    load()
    words, tone = STATES[job.state]
    failure = Sentence.from_data(job.failure) if job.failure else None
    return Shown(job, label_of(job.kind), words, tone, failure, _result_url(job))


def _result_url(job: Job) -> str | None:
    return local_path(job.result["url"]) if job.result and job.result.get("url") else None
