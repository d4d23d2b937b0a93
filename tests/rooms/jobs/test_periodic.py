"""Is what must happen by itself found, run, and kept from stopping the rest?"""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from relief.audit.models import AuditEntry, AuditSeal
from relief.db import db
from relief.jobs.periodic import PERIODIC, Periodic, run, schedule
from relief.jobs.queue import queue_of
from tests.build import an_office


@pytest.mark.parametrize("one", PERIODIC, ids=lambda one: one.name)
def test_each_of_them_runs(app: Flask, one: Periodic, caplog: pytest.LogCaptureFixture) -> None:
    run(one)
    assert caplog.text == ""


def test_the_record_is_sealed_by_itself(app: Flask) -> None:
    an_office()
    run(next(one for one in PERIODIC if one.function == "seal_chains"))
    lines, seals = (db.session.scalar(sa.select(sa.func.count()).select_from(row)) for row in (AuditEntry, AuditSeal))
    assert lines == seals > 0


def test_a_fault_is_written_down_and_goes_no_further(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    run(Periodic("relief.jobs.service", "there_is_no_such_function"))
    assert "there_is_no_such_function failed" in caplog.text


def test_the_queues_clock_finds_what_is_due(app: Flask) -> None:
    huey = queue_of(app)["huey"]
    schedule(app, huey)

    def due(minute: int) -> set[str]:
        return {type(task).__name__ for task in huey.read_periodic(datetime(2026, 2, 26, 19, minute))}

    every_minute = {"jobs.service.sweep", "audit.service.seal_chains"}
    assert due(16) == every_minute
    assert due(17) == every_minute | {"files.service.sweep_orphans"}
    assert due(20) == every_minute | {"consequences.run_due"}
