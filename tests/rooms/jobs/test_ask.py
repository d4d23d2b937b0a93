"""Is long work asked for once, and sent only when it is durable?"""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from flask import Flask

from relief.audit.models import AuditEntry
from relief.db import db, transaction
from relief.domain.errors import NotYours, WrongState
from relief.jobs import queue
from relief.jobs.models import Job
from relief.jobs.queries import get_job
from relief.jobs.running import run_now
from relief.jobs.service import ask, ask_again, put_away
from tests.build import an_office
from tests.rooms.jobs import works  # noqa: F401 - registers the works


def waiting(app: Flask) -> int:
    return len(queue.queue_of(app)["huey"])


def test_asking_twice_is_one_job_on_the_record_once(app: Flask) -> None:
    office = an_office()
    first = ask("test.count", "roster 7", {"to": 3}, by=office.wang, union_id=office.dongfeng.id).id
    again = ask("test.count", "roster 7", {"to": 3}, by=office.wang, union_id=office.dongfeng.id).id
    assert first == again
    assert waiting(app) == 1
    assert [line.subject_id for line in db.session.scalars(sa.select(AuditEntry).filter_by(verb="job.ask"))] == [first]


def test_two_who_ask_at_the_same_moment_get_the_same_job(app: Flask) -> None:
    wang, got = an_office().wang, []
    start = threading.Barrier(4)

    def asking() -> None:
        with app.app_context():
            start.wait()
            got.append(ask("test.count", "same key", {"to": 1}, by=wang).id)

    threads = [threading.Thread(target=asking) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4
    assert len(set(got)) == 1
    assert waiting(app) == 1


def test_nothing_is_sent_when_the_verb_around_fails(app: Flask) -> None:
    wang = an_office().wang
    with pytest.raises(ZeroDivisionError), transaction():
        ask("test.count", "never", {"to": 1}, by=wang)
        raise ZeroDivisionError
    assert waiting(app) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Job)) == 0


def test_the_unions_people_see_the_job_and_others_do_not(app: Flask) -> None:
    office = an_office()
    job = ask("test.count", "mine", {"to": 1}, by=office.wang, union_id=office.dongfeng.id)
    assert get_job(job.id, by=office.li).id == job.id
    with pytest.raises(NotYours):
        get_job(job.id, by=office.zhao)
    with pytest.raises(NotYours):
        ask_again(job.id, by=office.zhao)


def test_a_job_without_a_union_is_its_askers_only(app: Flask) -> None:
    office = an_office()
    job = ask("test.count", "mine", {"to": 1}, by=office.wang)
    with pytest.raises(NotYours):
        get_job(job.id, by=office.sun)


def test_only_failed_work_starts_again(app: Flask) -> None:
    office = an_office()
    job = run_now(ask("test.count", "good", {"to": 1}, by=office.wang))
    with pytest.raises(WrongState):
        ask_again(job.id, by=office.wang)
    failed = run_now(ask("test.refuse", "bad", {}, by=office.wang))
    assert ask_again(failed.id, by=office.wang).state == "queued"


def test_what_ended_is_put_away_and_comes_back_when_started_again(app: Flask) -> None:
    office = an_office()
    job = ask("test.refuse", "bad", {}, by=office.wang)
    with pytest.raises(WrongState):
        put_away(job.id, by=office.wang)
    run_now(job)
    with pytest.raises(NotYours):
        put_away(job.id, by=office.zhao)
    assert put_away(job.id, by=office.wang).put_away_at is not None
    assert db.session.scalar(sa.select(AuditEntry.subject_id).filter_by(verb="job.put_away")) == job.id
    assert ask_again(job.id, by=office.wang).put_away_at is None
