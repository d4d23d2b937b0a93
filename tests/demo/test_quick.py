"""Does the demo's haste write what a slow load would write, and is everything as before after it?"""

from __future__ import annotations

import gc

import pytest
import sqlalchemy as sa
from flask import Flask

from relief import clock
from relief.audit.models import AccessEntry
from relief.db import db, transaction
from relief.demo.quick import in_haste

MANY = 400


@pytest.mark.usefixtures("app")
def test_rows_inserted_together_keep_their_own_numbers() -> None:
    with in_haste(), transaction():
        rows = [
            AccessEntry(at=clock.now(), user_id=None, actor="a", subject="case", subject_id=place, what=f"field {place}")
            for place in range(MANY)
        ]
        db.session.add_all(rows)
        db.session.flush()
        thought = {row.id: row.what for row in rows}
    kept = {row.id: row.what for row in db.session.execute(sa.select(AccessEntry.id, AccessEntry.what))}
    assert kept == thought
    assert len(kept) == MANY


def test_everything_is_as_it_was_afterwards(app: Flask) -> None:
    usual = db.engine.dialect.insertmanyvalues_implicit_sentinel
    with pytest.raises(LookupError, match="half way"), in_haste():
        assert not gc.isenabled()
        raise LookupError("half way")
    assert gc.isenabled()
    assert db.engine.dialect.insertmanyvalues_implicit_sentinel is usual
