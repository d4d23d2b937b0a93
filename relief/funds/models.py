"""What can a fund still promise and pay? An append-only journal in fen and one balance row per fund."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import Fen, Moment, Versioned, db, key, ref
from relief.domain.money import Money


class Fund(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """One of F1 … F7: a ledger of its own; money is never mixed."""

    __tablename__ = "fund"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(sa.String(8), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    active: Mapped[bool] = mapped_column(default=True)


class FundBalance(db.Model):  # type: ignore[name-defined, misc]
    """The cached sums of a fund's journal; changed only by a conditional UPDATE whose row count is checked."""

    __tablename__ = "fund_balance"
    fund_id: Mapped[int] = mapped_column(sa.ForeignKey("fund.id"), primary_key=True)
    announced: Mapped[Money] = mapped_column(Fen, default=Money(0))
    received: Mapped[Money] = mapped_column(Fen, default=Money(0))
    committed: Mapped[Money] = mapped_column(Fen, default=Money(0))
    released: Mapped[Money] = mapped_column(Fen, default=Money(0))
    paid: Mapped[Money] = mapped_column(Fen, default=Money(0))
    __table_args__ = (
        sa.CheckConstraint("announced >= received", name="announced_covers_received"),
        sa.CheckConstraint("received >= paid + released", name="received_covers_paid"),
        sa.CheckConstraint("announced - committed - paid >= 0", name="never_overdrawn"),
        sa.CheckConstraint("released >= 0 AND released <= committed AND paid >= 0", name="released_is_committed"),
    )


class JournalEntry(db.Model):  # type: ignore[name-defined, misc]
    """One movement of a fund, append-only; a correction is a reversal in an open month."""

    __tablename__ = "journal_entry"
    id: Mapped[int] = key()
    fund_id: Mapped[int] = ref("fund.id", index=False)
    movement: Mapped[str] = mapped_column(sa.String(24))
    amount: Mapped[Money] = mapped_column(Fen)
    on: Mapped[date] = mapped_column(sa.Date)
    month: Mapped[str] = mapped_column(sa.String(7))
    document_number: Mapped[str | None] = mapped_column(sa.String(80))
    note: Mapped[str | None] = mapped_column(sa.String(200))
    case_id: Mapped[int | None] = ref("aid_case.id")
    payment_id: Mapped[int | None] = ref("payment.id")
    reverses_id: Mapped[int | None] = ref("journal_entry.id", index=False, unique=True)
    user_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (
        sa.Index(None, "fund_id", "id"),
        sa.Index(None, "fund_id", "month"),
        sa.CheckConstraint("amount > 0", name="positive"),
    )
