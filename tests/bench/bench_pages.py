"""Is a list page quick at 100,000 cases, on its first page and far down? And a search by two characters?

Peers in the same run: Django's admin over the same SQLite file, and the floor: one Core query and bare Jinja.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import jinja2
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from relief import create_app
from relief.accounts.models import Union
from relief.cases.models import Case
from relief.config import for_demo
from relief.db import db
from relief.domain.permissions import system_actor
from relief.funds import service as funds
from relief.persons.models import Person
from relief.policies import service as policies
from relief.web.paging import encode_key
from tests.bench import django_admin
from tests.bench.crowd import lay
from tests.bench.report import Report

CASES = 100_000
DEEP = 1_500
PER_PAGE = 50
ROUNDS = 9
BARE = jinja2.Environment(autoescape=True).from_string(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)


def run(report: Report) -> None:
    """Lay the rows once, then compare page by page."""
    with tempfile.TemporaryDirectory(prefix="relief-bench-") as name:
        _on(report, Path(name))


def _on(report: Report, folder: Path) -> None:
    app = create_app(replace(for_demo(folder), demo=False))
    with app.app_context():
        client = an_office_on(app)
        lay(CASES)
        report.note(f"{CASES:,} cases in 200 unions, SQLite")
        admin = django_admin.changelist(folder / "relief.db")
        deep = key_at(DEEP)
        _compare(report, "list, page 1", asking(client, "/cases"), lambda: admin(), lambda: floor_of(None))
        _compare(
            report, f"list, page {DEEP:,}", asking(client, f"/cases?after={encode_key((deep[0].isoformat(), deep[1]))}"),
            lambda: admin(p=str(DEEP)), lambda: floor_of(deep),
        )  # fmt: skip
        report.faster(
            "search by two characters", asking(client, "/search?q=王伟"), lambda: admin(q="王伟"), rounds=ROUNDS,
            peer_is="Django admin", reach=5,
        )  # fmt: skip
        db.session.remove()
        db.engine.dispose()


def _compare(
    report: Report, name: str, ours: Callable[[], object], peer: Callable[[], object], floor: Callable[[], object]
) -> None:
    report.faster(name, ours, peer, peer_is="Django admin", reach=5, rounds=ROUNDS)
    report.near(f"{name}, beside the floor", ours, floor, floor_is="Core + Jinja", reach=3, rounds=ROUNDS)


def an_office_on(app: Flask) -> FlaskClient:
    """A migrated database with the cast, and the reviewer's browser, who sees the whole bureau."""
    from flask_migrate import upgrade

    from tests.build import an_office

    upgrade()
    policies.prepare(by=system_actor("bench"))
    funds.prepare(by=system_actor("bench"))
    an_office()
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data={"username": "chen", "password": "correct horse battery"})
    return client


def asking(client: FlaskClient, address: str) -> Callable[[], object]:
    """A call that fetches the page and is not content with an empty one."""

    def ask() -> bytes:
        answer = client.get(address)
        if answer.status_code != 200 or (b"<tr" not in answer.data and b"<li" not in answer.data):
            raise RuntimeError(f"{address} answered {answer.status_code}")
        return answer.data

    return ask


def key_at(page: int) -> tuple[datetime, int]:
    """Where this page of the list of cases begins."""
    newest = sa.select(Case.created_at, Case.id).order_by(Case.created_at.desc(), Case.id.desc())
    row = db.session.execute(newest.offset(page * PER_PAGE).limit(1)).one()
    return row.created_at, row.id


def floor_of(after: tuple[datetime, int] | None) -> str:
    """The least that a page of the list costs: one Core query and bare Jinja."""
    statement = (
        sa.select(Case.number, Person.name, Union.short_name, Case.state, Case.created_at)
        .join(Person, Person.id == Case.applicant_id)
        .join(Union, Union.id == Case.union_id)
        .order_by(Case.created_at.desc(), Case.id.desc())
        .limit(PER_PAGE)
    )
    if after:
        statement = statement.where(sa.tuple_(Case.created_at, Case.id) < sa.tuple_(*after))
    return BARE.render(rows=db.session.execute(statement).all())
