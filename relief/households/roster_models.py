"""What is left of a roster? The import and its rows, each staged, judged and applied once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import JSON, Moment, Sealed, db, key, ref


class RosterImport(db.Model):  # type: ignore[name-defined, misc]
    """One file that was sent in. `state`: previewed, applying, applied, dropped."""

    __tablename__ = "roster_import"
    id: Mapped[int] = key()
    union_id: Mapped[int] = ref("union_org.id")
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(12), default="previewed")
    job_id: Mapped[int | None] = ref("job.id")
    tally: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    header: Mapped[list[Any]] = mapped_column(JSON, default=list)
    made_by: Mapped[int | None] = ref("user_account.id", index=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)


class RosterRow(db.Model):  # type: ignore[name-defined, misc]
    """A row of the file with its outcome; `body` is the cleaned row (and its members) as sealed JSON."""

    __tablename__ = "roster_row"
    id: Mapped[int] = key()
    import_id: Mapped[int] = ref("roster_import.id", index=False)
    sheet: Mapped[str] = mapped_column(sa.String(12))
    row: Mapped[int]
    outcome: Mapped[str] = mapped_column(sa.String(10))
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    body: Mapped[str] = mapped_column(Sealed("roster_row.body"))
    applied: Mapped[str | None] = mapped_column(sa.String(12))
    household_id: Mapped[int | None] = ref("household.id", index=False)
    __table_args__ = (
        sa.UniqueConstraint("import_id", "sheet", "row"),
        sa.CheckConstraint("outcome IN ('imported','warned','rejected')", name="outcome"),
    )
