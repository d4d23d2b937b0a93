"""What is a window, and what is a list in it? One list per unit and window; each row stays a case of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from relief.accounts.models import Union
from relief.db import JSON, Moment, Versioned, db, key, ref


class AidWindow(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A window of one list kind with the days that were computed when it was opened (`relief.domain.aid.windows`)."""

    __tablename__ = "aid_window"
    id: Mapped[int] = key()
    kind: Mapped[str] = mapped_column(sa.String(20))
    code: Mapped[str] = mapped_column(sa.String(24))
    name: Mapped[str] = mapped_column(sa.String(40))
    award_year: Mapped[int]
    opens_on: Mapped[date] = mapped_column(sa.Date)
    apply_by: Mapped[date] = mapped_column(sa.Date)
    post_by: Mapped[date] = mapped_column(sa.Date)
    last_safe_day: Mapped[date] = mapped_column(sa.Date)
    notice_over_by: Mapped[date] = mapped_column(sa.Date)
    approve_by: Mapped[date] = mapped_column(sa.Date)
    sheet_by: Mapped[date] = mapped_column(sa.Date)
    bank_by: Mapped[date] = mapped_column(sa.Date)
    pay_by: Mapped[date] = mapped_column(sa.Date)
    provisional: Mapped[bool] = mapped_column(default=False)
    policy_id: Mapped[int] = ref("policy_version.id", index=False)
    opened_by: Mapped[int | None] = ref("person.id", index=False)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (sa.UniqueConstraint("kind", "code"), sa.Index(None, "closed_at", "pay_by"))


class AidList(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A unit's list 名单 in a window. Its rows are the cases that name it; what it waits for is read off them."""

    __tablename__ = "aid_list"
    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    window_id: Mapped[int] = ref("aid_window.id", index=False)
    union_id: Mapped[int] = ref("union_org.id")
    made_by: Mapped[int | None] = ref("person.id", index=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
    window: Mapped[AidWindow] = relationship(lazy="joined", innerjoin=True)
    union: Mapped[Union] = relationship(lazy="joined", innerjoin=True)
    __table_args__ = (sa.UniqueConstraint("window_id", "union_id"),)


class LeftOut(db.Model):  # type: ignore[name-defined, misc]
    """A household that was not proposed, or that was taken off by hand: the sentence why, as data."""

    __tablename__ = "list_left_out"
    id: Mapped[int] = key()
    list_id: Mapped[int] = ref("aid_list.id", index=False)
    household_id: Mapped[int] = ref("household.id", index=False)
    why: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_hand: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int | None] = ref("person.id", index=False)
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (sa.UniqueConstraint("list_id", "household_id"),)
