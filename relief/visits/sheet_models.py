"""What is kept of a printed visit sheet? Its code and its rows, so that it can be typed afterwards."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import Moment, db, key, ref


class VisitSheet(db.Model):  # type: ignore[name-defined, misc]
    """A sheet of paper for a round of visits; `code` is printed on it."""

    __tablename__ = "visit_sheet"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    union_id: Mapped[int] = ref("union_org.id")
    planned_on: Mapped[date] = mapped_column(sa.Date)
    made_by: Mapped[int | None] = ref("person.id", index=False)
    made_at: Mapped[datetime] = mapped_column(Moment)


class VisitSheetRow(db.Model):  # type: ignore[name-defined, misc]
    """A household on the sheet; `visit_id` once the row was typed."""

    __tablename__ = "visit_sheet_row"
    id: Mapped[int] = key()
    sheet_id: Mapped[int] = ref("visit_sheet.id", index=False)
    place: Mapped[int]
    household_id: Mapped[int] = ref("household.id")
    visit_id: Mapped[int | None] = ref("visit.id", index=False)
    __table_args__ = (sa.UniqueConstraint("sheet_id", "place"),)
