"""Does `relief serve` start on the suite's database, and refuse one that may lose what it confirmed?"""

from __future__ import annotations

from pathlib import Path

import pytest

from relief.config import Settings
from tests.rooms.command_line import environment, relief
from tests.starting import a_port, started, until


def test_serve_runs_on_this_database(settings: Settings, tmp_path: Path) -> None:
    with started(tmp_path, "serve", **environment(settings)) as server:
        assert server.answers()
        until(lambda: server.child("worker"))


def test_serve_refuses_a_database_that_may_lose_what_it_confirmed(settings: Settings, tmp_path: Path) -> None:
    env = environment(settings)
    if settings.database_url.startswith("sqlite"):
        pytest.skip("SQLite's durability is set by the application itself")
    weak = settings.database_url + "&options=-csynchronous_commit%3Doff"
    said = relief("serve", "--port", str(a_port()), **env | {"RELIEF_DATABASE_URL": weak})
    assert said.returncode == 1
    assert "synchronous_commit is off" in said.stderr
