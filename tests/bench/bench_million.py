"""Do the pages stay as quick when the register grows from ten thousand cases to a million? On both databases.

Growth is what is promised; the floor is one Core query and bare Jinja over the same rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from flask.testing import FlaskClient

from relief import create_app
from relief.config import for_demo
from relief.db import db, transaction
from relief.web.paging import encode_key
from tests.bench.bench_pages import PER_PAGE, an_office_on, asking, floor_of, key_at
from tests.bench.crowd import lay
from tests.bench.report import Report, in_turns, seconds_of
from tests.postgres import Postgres, PostgresMissing

FEW, MANY = 10_000, 1_000_000
ROUNDS = 9
GROWTH = 1.3
SECONDS_A_DASHBOARD = 0.5
DASHBOARDS = ("/", "/figures")


def run(report: Report) -> None:
    """The same pages at ten thousand and at a million cases, on SQLite and on PostgreSQL."""
    _on(report, "SQLite", None)
    try:
        with Postgres() as server:
            _on(report, "PostgreSQL", server.create_database("bench"))
    except PostgresMissing as missing:
        report.note(str(missing))


def _on(report: Report, name: str, address: str | None) -> None:
    with tempfile.TemporaryDirectory(prefix="relief-bench-") as folder:
        settings = replace(for_demo(Path(folder)), demo=False)
        app = create_app(replace(settings, database_url=address) if address else settings)
        with app.app_context():
            client = an_office_on(app)
            lay(FEW)
            few = _medians(client, FEW)
            lay(MANY, start=FEW)
            _learn()
            report.note(f"{name}: {MANY:,} cases in 200 unions, after {FEW:,}")
            for page, seconds in _medians(client, MANY).items():
                report.was_near(f"{name}, {page}", seconds, few[page], floor_is=f"at {FEW:,}", reach=GROWTH)
            _beside_the_floor(report, name, client)
            for path in DASHBOARDS:
                taken = median(seconds_of(asking(client, path)) for _ in range(3))
                report.within(f"{name}, {path}", round(taken, 3), SECONDS_A_DASHBOARD, "s")
            db.session.remove()
            db.engine.dispose()


def _medians(client: FlaskClient, count: int) -> dict[str, float]:
    """Median seconds of the list at three depths and of a search by two characters."""
    found = {}
    for page, ask in _pages(client, count).items():
        ask()
        found[page] = median(seconds_of(ask) for _ in range(ROUNDS))
    return found


def _pages(client: FlaskClient, count: int) -> dict[str, Callable[[], object]]:
    last = count // PER_PAGE - 10
    asked = {"page 1": "/cases", "page in the middle": _address(last // 2), "last pages": _address(last)}
    asked |= {"by state": "/cases?state=forwarded", "search by two characters": "/search?q=王伟"}
    return {page: asking(client, address) for page, address in asked.items()}


def _address(page: int) -> str:
    at, row_id = key_at(page)
    return f"/cases?after={encode_key((at.isoformat(), row_id))}"


def _beside_the_floor(report: Report, name: str, client: FlaskClient) -> None:
    deep = key_at(MANY // PER_PAGE - 10)
    for page, after, address in (("page 1", None, "/cases"), ("last pages", deep, _address(MANY // PER_PAGE - 10))):
        ours, floor = in_turns(asking(client, address), lambda after=after: floor_of(after), ROUNDS)
        report.was_near(f"{name}, {page}", ours, floor, floor_is="Core + Jinja", reach=3)


def _learn() -> None:
    """Let the database look at its rows, as its own housekeeping does in the night."""
    with transaction() as session:
        session.execute(sa.text("ANALYZE"))
