"""What is paid, and on which sheet? A sheet is a batch of one fund; a payment is one attempt at an instalment."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from relief.cases.models import Case, Instalment
from relief.db import JSON, Fen, Moment, Sealed, Versioned, db, key, ref
from relief.domain.money import Money
from relief.domain.sentences import Sentence
from relief.domain.ways import Way
from relief.domain.workflow import PaymentState, SheetState
from relief.funds.models import Fund


def _one_of(states: type[PaymentState] | type[SheetState]) -> str:
    return "state IN (" + ",".join(f"'{state}'" for state in states) + ")"


class Sheet(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A disbursement sheet 发放表 of one fund in one month; numbered at submission, e.g. XLGH-F4-202602-S03.

    It is paid in one `way`: transfers stand on no sheet with goods. Control totals are frozen at
    submission and compared at release. `makers` are all persons who put rows on it or took rows off. `record_head` is
    the head of the sealed record that stood when the money was released.
    """

    __tablename__ = "sheet"
    id: Mapped[int] = key()
    number: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    fund_id: Mapped[int] = ref("fund.id", index=False)
    month: Mapped[str] = mapped_column(sa.String(7))
    title: Mapped[str] = mapped_column(sa.String(80), default="")
    way: Mapped[str] = mapped_column(sa.String(8), default="transfer")
    state: Mapped[str] = mapped_column(sa.String(12), default=SheetState.DRAFT.value)
    row_count: Mapped[int] = mapped_column(default=0)
    household_count: Mapped[int] = mapped_column(default=0)
    total: Mapped[Money] = mapped_column(Fen, default=Money(0))
    tails: Mapped[int] = mapped_column(default=0)
    made_by: Mapped[int | None] = ref("person.id", index=False)
    makers: Mapped[list[int]] = mapped_column(JSON, default=list)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    released_by: Mapped[int | None] = ref("person.id", index=False)
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_by: Mapped[int | None] = ref("person.id", index=False)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    record_head: Mapped[str | None] = mapped_column(sa.String(64))
    subject_code: Mapped[str | None] = mapped_column(sa.String(40))
    ledger_number: Mapped[str | None] = mapped_column(sa.String(40))
    bank_number: Mapped[str | None] = mapped_column(sa.String(40))
    created_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def is_goods(self) -> bool:
        """Whether kits are handed over on it, not money."""
        return self.way == Way.GOODS

    @property
    def looks(self) -> str:
        """Which words tell its state."""
        return "sheet of goods" if self.is_goods else "sheet"

    @property
    def way_name(self) -> Sentence:
        """How it is paid."""
        return Way(self.way).label

    @property
    def takes_results(self) -> bool:
        """Whether the bank's answers are recorded on it."""
        return self.state in (SheetState.SENT, SheetState.RECONCILED)

    fund: Mapped[Fund] = relationship(lazy="joined", innerjoin=True)
    __table_args__ = (
        sa.Index(None, "fund_id", "month"),
        sa.Index(None, "state", "id"),
        sa.CheckConstraint(_one_of(SheetState), name="state"),
        sa.CheckConstraint("way IN ('transfer','cash','goods')", name="way"),
        sa.CheckConstraint("state = 'draft' OR number IS NOT NULL", name="numbered"),
        sa.CheckConstraint(
            "state IN ('draft','submitted') OR (released_by IS NOT NULL AND released_by <> made_by)",
            name="released_by_another_hand",
        ),
    )


class Payment(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """One attempt to pay one instalment. Payee and account are frozen when it goes on a sheet.

    Among attempts that are neither bounced nor void there is one per instalment: the database says so.
    """

    __tablename__ = "payment"
    id: Mapped[int] = key()
    instalment_id: Mapped[int] = ref("instalment.id", index=False)
    attempt: Mapped[int] = mapped_column(default=1)
    previous_id: Mapped[int | None] = ref("payment.id", index=False)
    case_id: Mapped[int] = ref("aid_case.id")
    household_id: Mapped[int] = ref("household.id", index=False)
    union_id: Mapped[int] = ref("union_org.id", index=False)
    fund_id: Mapped[int] = ref("fund.id", index=False)
    sheet_id: Mapped[int | None] = ref("sheet.id")
    line: Mapped[int | None]
    state: Mapped[str] = mapped_column(sa.String(12), default=PaymentState.PLANNED.value)
    way: Mapped[str] = mapped_column(sa.String(8), default="transfer")
    amount: Mapped[Money] = mapped_column(Fen)
    payee_id: Mapped[int] = ref("person.id")
    payee_name: Mapped[str] = mapped_column(sa.String(60))
    bank: Mapped[str | None] = mapped_column(sa.String(80))
    account_number: Mapped[str | None] = mapped_column(Sealed("payment.account_number"))
    account_index: Mapped[str | None] = mapped_column(sa.String(64))
    account_tail: Mapped[str | None] = mapped_column(sa.String(4))
    planned_at: Mapped[datetime] = mapped_column(Moment)
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_on: Mapped[date | None] = mapped_column(sa.Date)
    bounce_reason: Mapped[str | None] = mapped_column(sa.String(4))
    bank_number: Mapped[str | None] = mapped_column(sa.String(40))
    void_reason: Mapped[str | None] = mapped_column(sa.String(4))

    @property
    def looks(self) -> str:
        """Which words tell its state."""
        return "payment of goods" if self.way == Way.GOODS else "payment"

    @property
    def is_sent(self) -> bool:
        """Whether it waits for the bank's word."""
        return self.state == PaymentState.SENT

    @property
    def has_succeeded(self) -> bool:
        """Whether it was recorded as arrived."""
        return self.state == PaymentState.SUCCEEDED

    instalment: Mapped[Instalment] = relationship(lazy="select")
    case: Mapped[Case] = relationship(lazy="select")
    __table_args__ = (
        sa.Index("uq_payment_live", "instalment_id", unique=True,
                 sqlite_where=sa.text("state NOT IN ('bounced','void')"),
                 postgresql_where=sa.text("state NOT IN ('bounced','void')")),
        sa.UniqueConstraint("instalment_id", "attempt"),
        sa.Index(None, "fund_id", "state", "id"),
        sa.Index(None, "household_id", "state"),
        sa.Index(None, "union_id", "settled_on"),
        sa.Index(None, "state", "id"), sa.Index(None, "state", "settled_on"),
        sa.CheckConstraint(_one_of(PaymentState), name="state"),
        sa.CheckConstraint("way IN ('transfer','cash','goods')", name="way"),
        sa.CheckConstraint("amount > 0", name="positive"),
        sa.CheckConstraint("state IN ('planned','void') OR sheet_id IS NOT NULL", name="on_a_sheet"),
    )  # fmt: skip
