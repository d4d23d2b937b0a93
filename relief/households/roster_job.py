"""How is a confirmed roster imported while nobody waits for it? As a job that can be cut off and goes on."""

from __future__ import annotations

from relief.domain.labels import label
from relief.households.roster_applying import apply
from relief.jobs.registry import Result, Work, job

KIND = "roster.apply"


@job(KIND, label("Import of a roster"))
def apply_roster(work: Work) -> Result:
    """The job's work; its result is the import's page and what became of the rows."""
    roster = apply(int(work.params["import_id"]), progress=work.progress, by=work.by)
    return {"url": f"/rosters/{roster.id}", **roster.tally["applied"]}
