"""What was paid before Relief: it stands on the household's timeline, it counts, and nothing here can pay it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from relief.clock import today
from relief.db import db
from relief.domain.month import Month
from relief.households.models import Household
from relief.households.timeline import list_timeline
from relief.opening.models import OpeningImport, PastAward
from relief.opening.service import import_file
from relief.payments.facts import list_waiting
from relief.payments.models import Payment
from tests.awards_book import BOOK
from tests.build import Office, sign_in

ABOUT_OPENINGS = {PastAward.__tablename__, OpeningImport.__tablename__}


@pytest.fixture
def imported(office: Office, households: list[Household]) -> list[Household]:
    import_file(BOOK, by=office.zhou, dry_run=False)
    return households


def test_the_timeline_tells_it_as_before_relief(office: Office, imported: list[Household]) -> None:
    items = [item for item in list_timeline(imported[0].id, by=office.wang) if item.kind == "before"]
    told = [(str(item.at), str(item.label), str(item.state), str(item.text)) for item in items]
    assert told == [
        ("2026-02-10", "Living aid, month by month, 400.00", "before Relief", "old sheet 2026-04"),
        ("2026-01-20", "Share of medical costs, 6,000.00", "before Relief", "old sheet 2026-01"),
        ("2026-01-10", "Living aid, month by month, 400.00", "before Relief", "old sheet 2026-02"),
        ("2025-12-01", "Living aid, month by month, 400.00 a month", "before Relief", "until 2026-05"),
        ("2025-06-01", "Share of medical costs, 5,000.00", "before Relief", "old sheet 2025-07批"),
        ("2025-01-01", "Spring Festival relief, 1,500.00", "before Relief", "old sheet 2025-07批"),
    ]
    assert all(item.url is None for item in items)


def test_the_timeline_is_for_who_sees_the_households_cases(office: Office, imported: list[Household]) -> None:
    for who, sees in (("wang", True), ("sun", True), ("feng", True), ("zhao", False), ("chu", False)):
        items = [item for item in list_timeline(imported[0].id, by=getattr(office, who)) if item.kind == "before"]
        assert bool(items) is sees, who


def test_the_files_page_shows_it(office: Office, imported: list[Household], client: FlaskClient) -> None:
    sign_in(client, office, "wang")
    text = client.get(f"/households/{imported[0].id}", headers={"Accept-Language": "en"}).text
    assert "before Relief" in text and "until 2026-05" in text


def test_no_table_of_payments_can_refer_to_it() -> None:
    refer = {
        table.name
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in ABOUT_OPENINGS
    }
    assert refer == {PastAward.__tablename__}  # its own import, and nothing else


def test_nothing_of_it_ever_waits_for_a_sheet(imported: list[Household]) -> None:
    assert list_waiting(None, until=Month(today().year + 5, 12)) == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Payment)) == 0
