"""Which works do the tests ask for? Small ones: that end, refuse, break, or stand still until they are killed."""

from __future__ import annotations

from pathlib import Path

from relief.db import insert_once, transaction
from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.jobs.registry import Work, job
from relief.numbering import NumberSeries


@job("test.count", label("Counting"))
def count(work: Work) -> dict[str, object]:
    """Count to `to`, saying how far it is."""
    total = int(work.params["to"])
    for done in range(1, total + 1):
        work.progress(done, total)
    return {"url": "/account", "by": work.by.name}


@job("test.roles", label("Telling roles"))
def tell_roles(work: Work) -> dict[str, object]:
    """With which roles is it done?"""
    return {"roles": sorted(work.by.roles)}


@job("test.refuse", label("Refusing"))
def refuse(work: Work) -> None:
    """Say no."""
    raise RuleBroken(None, "The file has %(rows)s rows too many.", rows=3)


@job("test.break", label("Breaking"))
def break_(work: Work) -> None:
    """Break."""
    raise ZeroDivisionError


@job("test.one_row", label("One row"))
def one_row(work: Work) -> None:
    """Write one row that exists once; at the first attempt stand still half-way, until somebody kills us."""
    with transaction():
        insert_once(NumberSeries, series="done by the job", last=1)
    if work.attempt == 1 and (still := work.params.get("stand_still")):
        Path(str(still)).touch()
        while True:
            Path(str(still)).exists()
