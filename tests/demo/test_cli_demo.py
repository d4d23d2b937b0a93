"""Do web and worker start together, come back when one dies, and end together whatever happens?"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
import sqlalchemy as sa

from relief import clock, create_app
from relief.accounts.models import Union
from relief.accounts.queries import actor_of, find_user
from relief.audit.models import AuditEntry
from relief.cases.models import Case
from relief.config import for_demo
from relief.db import db
from relief.demo.cards import STORIES, told_stories
from relief.demo.people import PLAYERS
from relief.desk.charts import charts_for, last_months
from relief.desk.figures import list_figures
from relief.domain.aid import kinds
from relief.domain.workflow import State
from relief.payments.models import Payment
from tests.rooms.command_line import relief
from tests.starting import a_port, is_alive, started, until


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this file's demo lives, with an old one in its place and a half one beside it; built once, from both."""
    place = tmp_path_factory.mktemp("demo") / "instance"
    for folder, content in ((place, "an old one"), (place.with_name("instance.unfinished"), "half of one")):
        folder.mkdir()
        (folder / "relief.db").write_text(content)
    return place


def test_a_fresh_demo_starts_web_and_worker_and_says_its_steps_and_the_address_last(
    demo_folder: Path, tmp_path: Path
) -> None:
    env = {"RELIEF_DEMO_INSTANCE": str(demo_folder), "RELIEF_STEPS_BEFORE": "4"}
    with started(tmp_path, "demo", "--fresh", **env) as demo:
        lines = demo.said.read_text().splitlines()
        steps = [line for line in lines if line.startswith("[")]
        assert steps == ["[5/7] Tables", "[6/7] Loading the demo …", "[7/7] Start"]
        assert lines[-1] == f"http://127.0.0.1:{demo.port}"
        assert demo.answers()
        assert not demo_folder.with_name("instance.unfinished").exists()
        until(lambda: demo.child("worker"))
        for again in (("demo",), ("demo", "--fresh")):
            said = relief(*again, "--port", str(a_port()), **env)
            assert said.returncode == 1
            assert "running already" in said.stderr
        taken = relief("demo", "--port", str(demo.port), **env | {"RELIEF_DEMO_INSTANCE": str(tmp_path / "other")})
        assert taken.returncode == 1
        assert "not free" in taken.stderr
        assert demo.answers()


def test_a_second_start_keeps_the_data(demo_folder: Path, tmp_path: Path) -> None:
    secrets = (demo_folder / "secrets.json").read_text()
    env = {"RELIEF_DEMO_INSTANCE": str(demo_folder)}
    before = relief("list-users", **env).stdout
    with started(tmp_path, "demo", **env) as demo:
        assert "Loading" not in demo.said.read_text()
        assert (demo_folder / "secrets.json").read_text() == secrets
        assert relief("list-users", **env).stdout == before != ""


def test_the_demo_shows_a_bureau_at_work(demo_folder: Path) -> None:
    with create_app(for_demo(demo_folder)).app_context():
        units = sa.select(Union.id).where(Union.parent_id.is_not(None))
        paid = sa.select(Payment.union_id).where(Payment.state == "succeeded")
        assert set(db.session.scalars(units)) == set(db.session.scalars(paid)), "money reached every unit"
        assert set(db.session.scalars(sa.select(Case.kind))) == set(kinds())
        ways = {State.DRAFT, State.PAID, State.CLOSED, State.REFUSED, State.WITHDRAWN, State.REVOKED}
        assert ways <= set(db.session.scalars(sa.select(Case.state)))
        unusual = {"emergency", "appeal", "opinion_passed", "transcript", "visitor_without_account", "written_off"}
        assert unusual <= set(db.session.scalars(sa.select(AuditEntry.unusual)))
        assert [one.key for one in told_stories()] == [one.key for one in STORIES]


def test_no_chart_of_the_demo_is_empty(demo_folder: Path) -> None:
    with create_app(for_demo(demo_folder)).app_context():
        desks = [actor for one in PLAYERS if (actor := actor_of(find_user(one.key))).can("case.read")]
        charts = [chart for actor in desks for chart in charts_for(actor)]
        charts += list_figures(last_months(clock.today()), {}, by=actor_of(find_user("sun")))
        assert charts and [chart.title for chart in charts if chart.is_empty] == []


def test_a_folder_that_is_no_demo_is_never_removed(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    said = relief("demo", "--fresh", "--port", str(a_port()), RELIEF_DEMO_INSTANCE=str(tmp_path))
    assert said.returncode == 1
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_what_dies_is_started_again_and_sigterm_ends_all(demo_folder: Path, tmp_path: Path) -> None:
    with started(tmp_path, "demo", RELIEF_DEMO_INSTANCE=str(demo_folder)) as demo:
        for role in ("worker", "web"):
            until(lambda role=role: demo.child(role))
            before = demo.child(role)
            os.kill(before, signal.SIGKILL)
            until(lambda role=role, before=before: demo.child(role) not in (before, None))
        until(demo.answers)
        children = [demo.child("web"), demo.child("worker")]
        demo.process.terminate()
        assert demo.process.wait(timeout=30) == 0
        assert not any(is_alive(pid) for pid in children)


def test_when_the_parent_is_killed_both_children_end(demo_folder: Path, tmp_path: Path) -> None:
    with started(tmp_path, "demo", RELIEF_DEMO_INSTANCE=str(demo_folder)) as demo:
        until(lambda: demo.child("worker"))
        children = [demo.child("web"), demo.child("worker")]
        demo.process.kill()
        demo.process.wait()
        until(lambda: not any(is_alive(pid) for pid in children))
