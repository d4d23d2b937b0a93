"""What has arrived by month? Counted as it arrives, so that a year's charts read thousands of rows, not millions."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import Fen, db, ref
from relief.domain.money import Money


class PaidTally(db.Model):  # type: ignore[name-defined, misc]
    """Payments that arrived in a month at one union for one kind, and their sum. The payments hold, not the tally."""

    __tablename__ = "paid_tally"
    month: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    union_id: Mapped[int] = ref("union_org.id", primary_key=True, index=False)
    kind: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    payments: Mapped[int]
    amount: Mapped[Money] = mapped_column(Fen)


class WaitTally(db.Model):  # type: ignore[name-defined, misc]
    """First instalments that arrived in a month so many working days after the need, at one union for one kind."""

    __tablename__ = "wait_tally"
    month: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    union_id: Mapped[int] = ref("union_org.id", primary_key=True, index=False)
    kind: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    payments: Mapped[int]
