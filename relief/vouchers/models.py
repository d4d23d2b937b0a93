"""What is a voucher? A payee's receipt for one payment, numbered gap-free per fund and month at release."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from relief.db import Fen, Moment, Sealed, Versioned, db, key, ref
from relief.domain.money import Money
from relief.domain.workflow import VoucherState
from relief.payments.models import Payment

_STATES = ",".join(f"'{state}'" for state in VoucherState)


class Voucher(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A voucher 领款单, e.g. XLGH-F4-202602-000123. Its number is never reused and never given while rendering.

    `paper` is what is printed, frozen at release as sealed JSON; `token` opens `/verify/<token>`. `voided_by` is empty
    where the system itself voided it, because of what the bank or a job reported: the record names it.
    """

    __tablename__ = "voucher"
    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    fund_id: Mapped[int] = ref("fund.id", index=False)
    month: Mapped[str] = mapped_column(sa.String(7))
    sequence: Mapped[int]
    payment_id: Mapped[int] = ref("payment.id")
    sheet_id: Mapped[int] = ref("sheet.id")
    union_id: Mapped[int] = ref("union_org.id")
    amount: Mapped[Money] = mapped_column(Fen)
    state: Mapped[str] = mapped_column(sa.String(12), default=VoucherState.MADE.value)
    printed: Mapped[int] = mapped_column(default=0)
    token: Mapped[str] = mapped_column(sa.String(64), unique=True)
    paper: Mapped[str] = mapped_column(Sealed("voucher.paper"))
    replaces_id: Mapped[int | None] = ref("voucher.id", index=False)
    signed_on: Mapped[date | None] = mapped_column(sa.Date)
    void_reason: Mapped[str | None] = mapped_column(sa.String(4))
    void_note: Mapped[str | None] = mapped_column(sa.String(200))
    voided_by: Mapped[int | None] = ref("person.id", index=False)
    voided_at: Mapped[datetime | None] = mapped_column(Moment)
    made_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def is_void(self) -> bool:
        """Whether it counts no more; its number stays."""
        return self.state == VoucherState.VOID

    payment: Mapped[Payment] = relationship(lazy="select")
    __table_args__ = (
        sa.UniqueConstraint("fund_id", "month", "sequence"),
        sa.Index("uq_voucher_live", "payment_id", unique=True, sqlite_where=sa.text("state <> 'void'"),
                 postgresql_where=sa.text("state <> 'void'")),
        sa.CheckConstraint(f"state IN ({_STATES})", name="state"),
        sa.CheckConstraint("(state = 'void') = (voided_at IS NOT NULL)", name="voided_at_a_moment"),
        sa.CheckConstraint("voided_by IS NULL OR voided_at IS NOT NULL", name="voided_by_then"),
        sa.CheckConstraint("amount > 0", name="positive"),
    )  # fmt: skip
