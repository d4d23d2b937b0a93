"""Does a released sheet bear witness when somebody cuts the end off the record behind the application's back?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from relief import clock
from relief.audit.models import AuditEntry
from relief.audit.queries import verify
from relief.audit.service import record, seal_chains
from relief.config import Settings
from relief.db import db, transaction
from relief.domain.workflow import State
from relief.payments.models import Sheet
from relief.payments.record_heads import find_cut
from relief.triggers import expected, missing
from tests.build import SYSTEM, an_office
from tests.build_cases import a_case, a_sheet
from tests.rooms.command_line import environment, relief
from tests.rooms.test_cli_record import meddle


@pytest.fixture
def sheet(app: Flask) -> str:
    """The number of a released sheet; afterwards more was written down and sealed."""
    office = an_office()
    seal_chains()
    released = a_sheet(office, a_case(office, State.APPROVED), state="released")
    clock.set_shift(clock.shift() + clock.timedelta(minutes=30))
    for union_id in (office.dongfeng.id, None):
        with transaction():
            record("test.note", "note", 5, by=SYSTEM, union_id=union_id)
        seal_chains()
    return str(released.number)


def before_release(back: int) -> int:
    """The number of the line that stands so many before the one of the sheet's hand-in."""
    earlier = sa.select(AuditEntry.id).where(AuditEntry.verb == "sheet.submit").order_by(AuditEntry.id.desc())
    return int(db.session.scalars(earlier).first() or 0) - back


def test_a_whole_record_had_every_head(sheet: str) -> None:
    assert find_cut() is None
    with db.engine.connect() as connection:
        assert missing(connection) == []


def test_a_chain_without_its_end_holds_but_the_sheet_says_so(sheet: str) -> None:
    last = before_release(0)
    meddle(f"DELETE FROM audit_seal WHERE entry_id >= {last}", f"DELETE FROM audit_entry WHERE id >= {last}")
    assert verify().broken is None, "a chain that was cut at its end holds in itself"
    assert sheet in str(find_cut())


def test_a_record_that_was_thinned_out_and_sealed_anew_is_found_out(sheet: str) -> None:
    meddle("DELETE FROM audit_seal", f"DELETE FROM audit_entry WHERE id = {before_release(3)}")
    seal_chains()
    assert verify().broken is None, "nothing in the chains themselves tells"
    assert sheet in str(find_cut())


def test_a_head_that_was_wiped_off_the_sheet_is_found_out(sheet: str) -> None:
    db.session.execute(sa.update(Sheet).values(record_head=None))
    assert sheet in str(find_cut())


def test_the_command_names_the_sheet_and_the_triggers(sheet: str, settings: Settings) -> None:
    env = environment(settings)
    assert relief("verify-audit", **env).returncode == 0
    meddle("DELETE FROM audit_seal WHERE entry_id < 0")
    bare = relief("verify-audit", **env)
    assert (bare.returncode, bare.stdout) == (1, "")
    assert all(name in bare.stderr for name in expected(db.engine.dialect.name) if name.startswith("audit_"))
    last = before_release(0)
    with db.engine.begin() as connection:
        connection.execute(sa.text(f"DELETE FROM audit_seal WHERE entry_id >= {last}"))
        connection.execute(sa.text(f"DELETE FROM audit_entry WHERE id >= {last}"))
    cut = relief("verify-audit", **env)
    assert (cut.returncode, cut.stdout) == (1, "")
    assert sheet in cut.stderr
