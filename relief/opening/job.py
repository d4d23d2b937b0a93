"""How are confirmed awards taken over while nobody waits for it? As a job that can be cut off and goes on."""

from __future__ import annotations

from relief.domain.labels import label
from relief.jobs.registry import Result, Work, job
from relief.opening.taking_over import take_over

KIND = "opening.take_over"


def key_of(import_id: int) -> str:
    """The job's key: an import is taken over by one job, however often it is confirmed."""
    return f"{KIND}:{import_id}"


@job(KIND, label("Taking over past awards"))
def take_over_awards(work: Work) -> Result:
    """The job's work; its result is the import's page and how many awards came in."""
    opening = take_over(int(work.params["import_id"]), progress=work.progress, by=work.by)
    return {"url": f"/opening/{opening.id}", **opening.tally["applied"]}
