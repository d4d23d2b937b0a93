"""What is kept of a printed visit sheet? Its code and its rows, so that it can be typed afterwards."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from relief.accounts.models import Union
from relief.db import Moment, Sealed, db, key, ref
from relief.households.models import Household


class VisitSheet(db.Model):  # type: ignore[name-defined, misc]
    """A sheet of paper for a round of visits; `code` is printed on it, `kind` is what the visits are for."""

    __tablename__ = "visit_sheet"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    union_id: Mapped[int] = ref("union_org.id")
    planned_on: Mapped[date] = mapped_column(sa.Date)
    kind: Mapped[str] = mapped_column(sa.String(16))
    made_by: Mapped[int | None] = ref("person.id", index=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
    union: Mapped[Union] = relationship(lazy="joined", innerjoin=True)
    visitors: Mapped[list[VisitSheetVisitor]] = relationship(lazy="selectin", order_by="VisitSheetVisitor.place")
    rows: Mapped[list[VisitSheetRow]] = relationship(lazy="selectin", order_by="VisitSheetRow.place")
    __table_args__ = (sa.CheckConstraint("kind IN ('verification','care','follow_up')", name="kind"),)


class VisitSheetVisitor(db.Model):  # type: ignore[name-defined, misc]
    """Somebody who goes: a person with an account, or a name as it was written, perhaps with the resident ID."""

    __tablename__ = "visit_sheet_visitor"
    id: Mapped[int] = key()
    sheet_id: Mapped[int] = ref("visit_sheet.id", index=False)
    place: Mapped[int]
    person_id: Mapped[int | None] = ref("person.id", index=False)
    name: Mapped[str] = mapped_column(sa.String(60))
    resident_id: Mapped[str | None] = mapped_column(Sealed("visit_sheet_visitor.resident_id"))
    __table_args__ = (sa.UniqueConstraint("sheet_id", "place"),)


class VisitSheetRow(db.Model):  # type: ignore[name-defined, misc]
    """A household on the sheet; `visit_id` once the row was typed, `skipped` why nobody was met."""

    __tablename__ = "visit_sheet_row"
    id: Mapped[int] = key()
    sheet_id: Mapped[int] = ref("visit_sheet.id", index=False)
    place: Mapped[int]
    household_id: Mapped[int] = ref("household.id")
    visit_id: Mapped[int | None] = ref("visit.id", index=False)
    skipped: Mapped[str | None] = mapped_column(sa.String(12))
    household: Mapped[Household] = relationship(lazy="joined", innerjoin=True)
    __table_args__ = (
        sa.UniqueConstraint("sheet_id", "place"),
        sa.UniqueConstraint("sheet_id", "household_id"),
        sa.CheckConstraint("visit_id IS NULL OR skipped IS NULL", name="typed_or_skipped"),
    )
