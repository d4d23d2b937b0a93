"""Is a job done once, does it say how far it is, and how does it end?"""

from __future__ import annotations

import re

import pytest
from flask import Flask

from relief import clock
from relief.accounts import service as accounts
from relief.config import ROOT
from relief.db import db, transaction
from relief.domain.sentences import Sentence
from relief.jobs import running, service
from relief.jobs.models import Job
from relief.jobs.running import LeaseLost, run, run_now
from relief.jobs.service import ask
from relief.jobs.worker import HANDLERS, load
from tests.build import SYSTEM, an_office
from tests.rooms.jobs import works  # noqa: F401 - registers the works


def test_it_ends_done_with_its_result(app: Flask) -> None:
    office = an_office()
    job = run_now(ask("test.count", "k", {"to": 40}, by=office.wang, union_id=office.dongfeng.id))
    assert (job.state, job.done, job.total, job.attempts) == ("done", 40, 40, 1)
    assert job.result == {"url": "/account", "by": "王秀兰"}
    assert job.finished_at is not None


def test_a_command_lines_job_acts_under_the_name_it_was_asked_by(app: Flask) -> None:
    assert run_now(ask("test.count", "k", {"to": 1}, by=SYSTEM)).result == {"url": "/account", "by": "tests"}


def test_a_refusal_is_kept_as_a_sentence(app: Flask) -> None:
    job = run_now(ask("test.refuse", "k", {}, by=SYSTEM))
    assert job.state == "failed"
    assert str(Sentence.from_data(job.failure)) == "The file has 3 rows too many."


def test_a_fault_fails_the_job_and_says_so(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    job = run_now(ask("test.break", "k", {}, by=SYSTEM))
    assert job.state == "failed"
    assert str(job.id) in str(Sentence.from_data(job.failure))
    assert "ZeroDivisionError" in caplog.text


def test_done_work_is_not_done_again(app: Flask) -> None:
    job = run_now(ask("test.count", "k", {"to": 1}, by=SYSTEM))
    run(job.id)
    assert db.session.get(Job, job.id).attempts == 1


def test_work_that_another_worker_holds_is_left_to_it(app: Flask) -> None:
    job_id = ask("test.count", "k", {"to": 1}, by=SYSTEM).id
    held = running._claim(job_id)
    assert held is not None
    run(job_id)
    assert db.session.get(Job, job_id).state == "running"


def test_a_worker_that_lost_its_lease_writes_nothing_more(app: Flask) -> None:
    job_id = ask("test.count", "k", {"to": 1}, by=SYSTEM).id
    late = running._claim(job_id)
    with transaction():
        db.session.get(Job, job_id).lease_until = clock.machine_now() - running.LEASE
    assert service.sweep() == 1
    run(job_id)
    with pytest.raises(LeaseLost):
        late.progress(1, 1)
    with pytest.raises(LeaseLost):
        running._end(late, "failed", failure={})
    assert db.session.get(Job, job_id).state == "done"


def test_a_late_worker_does_not_speak_for_the_one_that_took_over(app: Flask) -> None:
    job_id = ask("test.count", "k", {"to": 1}, by=SYSTEM).id
    late = running._claim(job_id)
    with transaction():
        db.session.get(Job, job_id).lease_until = clock.machine_now() - running.LEASE
    service.sweep()
    assert running._claim(job_id).attempt == 2
    with pytest.raises(LeaseLost):
        late.progress(1, 1)
    with pytest.raises(LeaseLost):
        running._end(late, "done", result={})
    assert db.session.get(Job, job_id).state == "running"


def test_progress_inside_a_transaction_is_a_mistake_of_the_author(app: Flask) -> None:
    held = running._claim(ask("test.count", "k", {"to": 1}, by=SYSTEM).id)
    with transaction(), pytest.raises(RuntimeError):
        held.progress(1, 2)


def test_a_stopping_worker_gives_its_work_back_at_once(app: Flask) -> None:
    job_id = ask("test.count", "k", {"to": 1}, by=SYSTEM).id
    held = running._claim(job_id)
    running._under_way[job_id] = held.attempt
    running.give_back()
    running._under_way.clear()
    assert service.sweep() == 1
    assert db.session.get(Job, job_id).state == "queued"


def test_the_worker_knows_every_module_that_does_long_work() -> None:
    marked = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "relief").rglob("*.py")
        if re.search(r"^@job\(", path.read_text(), re.MULTILINE)
    }
    assert marked == set(HANDLERS)
    load()


def test_work_of_an_account_that_was_closed_meanwhile_has_no_rights(app: Flask) -> None:
    office = an_office()
    job = ask("test.roles", "k", {}, by=office.wang, union_id=office.dongfeng.id)
    accounts.disable(office.users["wang"].id, by=office.wei)
    assert run_now(job).result == {"roles": []}
