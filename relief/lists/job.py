"""What of a long list is done while nobody waits? Its steps and its paper: jobs that can be cut off and go on."""

from __future__ import annotations

from relief.db import db
from relief.domain.labels import label
from relief.jobs.models import Job
from relief.jobs.registry import Result, Work, job
from relief.lists.papers import make_paper
from relief.lists.service.asking import errand_of
from relief.lists.service.parts import APPROVE, run


@job("lists.propose", label("Making a list"))
@job("lists.submit", label("Handing in a list"))
@job("lists.give_opinion", label("Opinion on a list"))
@job("lists.post_notice", label("Notice of a list"))
@job("lists.review", label("Review of a list"))
@job("lists.close", label("Closing a list's cases"))
@job("lists.approve", label("Decision on a window"))
def take_step(work: Work) -> Result:
    """The job's work; its result is the list's or window's page, how many rows took the step, and how many did not."""
    errand = errand_of(work.kind, work.params)
    asked_at = db.session.get_one(Job, work.job_id).created_at
    tally = run(errand, since=asked_at, progress=work.progress, by=work.by)
    page = "windows" if errand.verb == APPROVE else "lists"
    return {
        "url": f"/{page}/{errand.subject_id}", "rows": tally.rows, "amount": tally.amount.fen,
        "behind": len(tally.behind),
    }  # fmt: skip


@job("lists.paper", label("List for the meeting (PDF)"))
def make_meeting_list(work: Work) -> Result:
    """Make the paper for the meeting; its result is where it is taken away."""
    window_id, language = int(work.params["window"]), str(work.params["language"])
    make_paper(work.job_id, window_id, language, by=work.by)
    return {"url": f"/windows/{window_id}/paper/{work.job_id}"}
