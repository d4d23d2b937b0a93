"""Does the suite's own PostgreSQL keep its promises: not root, durable, private, gone afterwards?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import create_engine, text

from tests.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with Postgres() as started:
        yield started


def shown(server: Postgres, setting: str) -> object:
    return server.execute(sql.SQL("SHOW {}").format(sql.Identifier(setting)))[0][0]


def server_process(server: Postgres) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def make_a_table(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE household (name text)"))
        connection.execute(text("INSERT INTO household VALUES ('王秀兰')"))
    engine.dispose()


def names_in(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        names = list(connection.execute(text("SELECT name FROM household")).scalars())
    engine.dispose()
    return names


def test_the_server_does_not_run_as_root(server: Postgres) -> None:
    assert Path(f"/proc/{server_process(server)}").stat().st_uid != 0


def test_the_folder_lets_nobody_else_in(server: Postgres) -> None:
    assert server.data.parent.stat().st_mode & 0o077 == 0
    assert shown(server, "listen_addresses") == ""


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes"])
def test_the_server_is_as_durable_as_the_application_demands(server: Postgres, setting: str) -> None:
    assert shown(server, setting) == "on"


def test_a_careless_server_can_be_had_to_be_refused() -> None:
    with Postgres(durable=False) as careless:
        assert shown(careless, "fsync") == "off"
        assert shown(careless, "synchronous_commit") == "off"


def test_what_was_committed_outlives_a_crash() -> None:
    with Postgres() as server:
        url = server.create_database("case_files")
        make_a_table(url)
        server.crash()
        server.revive()
        assert names_in(url) == ["王秀兰"]


def test_stopping_ends_the_process_and_removes_the_folder() -> None:
    server = Postgres()
    server.start()
    folder, process = server.data.parent, server_process(server)
    server.stop()
    server.stop()
    assert not folder.exists()
    assert not Path(f"/proc/{process}").exists()


def test_an_error_inside_the_block_still_stops_it() -> None:
    server = Postgres()
    with pytest.raises(ZeroDivisionError), server:
        folder = server.data.parent
        1 / 0  # noqa: B018
    assert not folder.exists()


def test_the_server_dies_with_a_test_process_that_is_killed() -> None:
    script = (
        "from tests.postgres import Postgres; import sys; s = Postgres(); s.start();"
        "print((s.data / 'postmaster.pid').read_text().split()[0], s.data.parent, flush=True);"
        "sys.stdin.read()"
    )
    tests = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert tests.stdin is not None and tests.stdout is not None
    process, folder = tests.stdout.readline().split()
    os.kill(tests.pid, signal.SIGKILL)
    tests.wait()
    tests.stdin.close()
    tests.stdout.close()
    assert is_gone_within(10, process)
    with Postgres():
        assert not Path(folder).exists(), "the next server sweeps the folder away"


def is_gone_within(seconds: float, process: str) -> bool:
    deadline = time.monotonic() + seconds
    while Path(f"/proc/{process}").exists() and time.monotonic() < deadline:
        os.sched_yield()
    return not Path(f"/proc/{process}").exists()


def test_a_copy_holds_what_the_template_held(server: Postgres) -> None:
    make_a_table(server.create_database("bureau"))
    copies = [server.create_database(name, template="bureau") for name in ("first", "second")]
    assert [names_in(url) for url in copies] == [["王秀兰"], ["王秀兰"]]


def test_a_database_is_dropped_with_whoever_is_still_in_it(server: Postgres) -> None:
    engine = create_engine(server.create_database("crowded"))
    with engine.connect():
        server.drop_database("crowded")
        assert ("crowded",) not in server.execute(sql.SQL("SELECT datname FROM pg_database"))
    engine.dispose()
