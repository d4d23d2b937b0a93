"""Is a roster of ten thousand rows in within a minute, and sent once more too? On SQLite and on PostgreSQL."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from relief import create_app
from relief.accounts.models import Union
from relief.config import for_demo
from relief.db import db, transaction
from relief.domain.permissions import system_actor
from relief.households.models import Household
from relief.households.roster_import import import_file
from tests.bench.bench_pages import an_office_on
from tests.bench.report import Report, seconds_of
from tests.postgres import Postgres, PostgresMissing
from tests.roster_maker import UNITS, MadeRoster, make_roster

ROWS = 10_000
SECONDS = 60
MESS = 2


def run(report: Report) -> None:
    """One workbook, new and again, on both databases; the outcome of each row is its maker's."""
    with tempfile.TemporaryDirectory(prefix="relief-bench-") as name:
        folder = Path(name)
        made = make_roster(7, households=ROWS, mess=MESS)
        book = folder / "roster.xlsx"
        book.write_bytes(made.content)
        _on(report, folder, "SQLite", None, book, made)
        try:
            with Postgres() as server:
                _on(report, folder, "PostgreSQL", server.create_database("bench"), book, made)
        except PostgresMissing as missing:
            report.note(str(missing))


def _on(report: Report, folder: Path, name: str, address: str | None, book: Path, made: MadeRoster) -> None:
    settings = replace(for_demo(folder / name), demo=False)
    app = create_app(replace(settings, database_url=address) if address else settings)
    with app.app_context():
        an_office_on(app)
        _lay_units()
        for time in ("new", "sent once more"):
            report.within(f"{name}, {ROWS:,} rows, {time}", round(seconds_of(lambda: _import(book, made)), 1), SECONDS, "s")
        kept = sum(row.outcome != "rejected" for row in made.rows)
        found = db.session.scalar(sa.select(sa.func.count()).select_from(Household)) or 0
        report.note(f"{len(made.members):,} members; {kept:,} households to be there, {found:,} are")
        db.session.remove()
        db.engine.dispose()


def _import(book: Path, made: MadeRoster) -> None:
    judgement = import_file(book, by=system_actor("bench"), dry_run=False)
    if [one.outcome.value for one in judgement.rows] != [row.outcome for row in made.rows]:
        raise RuntimeError("A row ended otherwise than its maker says.")


def _lay_units() -> None:
    """The units of the workbook that the office does not have."""
    there = set(db.session.scalars(sa.select(Union.short_name)))
    root = db.session.scalars(sa.select(Union).where(Union.parent_id.is_(None))).one()
    with transaction() as session:
        for number, unit in enumerate(one for one in UNITS if one not in there):
            code = f"R{number:02d}"
            session.add(
                Union(name=f"{unit}工会", short_name=unit, code=code, parent_id=root.id, level="grassroots",
                      path=f"{root.path}{code.lower()}/")
            )  # fmt: skip
