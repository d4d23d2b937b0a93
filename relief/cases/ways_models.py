"""What is kept of a case's unusual ways? Sudden need helped first, an appeal, money to get back, a passed opinion."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from relief.db import Fen, Moment, Sealed, Versioned, db, key, ref
from relief.domain.money import Money


class EmergencyFile(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """What an emergency case still owes after the money: visit, opinion and notice within their days.

    Who ordered it, and by which way (phone, paper), stands in the details of the case. `outcome`: ratified in full,
    with a lower amount, or not at all; what is above it is booked as recoverable.
    """

    __tablename__ = "emergency_file"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id", unique=True, index=False)
    union_id: Mapped[int] = ref("union_org.id", index=False)
    opened_on: Mapped[date] = mapped_column(sa.Date)
    why: Mapped[str] = mapped_column(Sealed("emergency_file.why"))
    decide_by: Mapped[date] = mapped_column(sa.Date)
    visit_by: Mapped[date | None] = mapped_column(sa.Date)
    complete_by: Mapped[date | None] = mapped_column(sa.Date)
    opinion_on: Mapped[date | None] = mapped_column(sa.Date)
    noticed_on: Mapped[date | None] = mapped_column(sa.Date)
    outcome: Mapped[str | None] = mapped_column(sa.String(12))
    ratified: Mapped[Money | None] = mapped_column(Fen)
    settled_by: Mapped[int | None] = ref("person.id", index=False)
    settled_on: Mapped[date | None] = mapped_column(sa.Date)
    meeting_id: Mapped[int | None] = ref("meeting.id", index=False)
    __table_args__ = (
        sa.Index(None, "settled_on", "complete_by"),
        sa.CheckConstraint("outcome IN ('ratified','lowered','refused')", name="outcome"),
    )


class Appeal(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """An appeal 复核 against a refusal or a revocation, judged by somebody who took no part."""

    __tablename__ = "appeal"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id")
    union_id: Mapped[int] = ref("union_org.id", index=False)
    received_on: Mapped[date] = mapped_column(sa.Date)
    due_on: Mapped[date] = mapped_column(sa.Date)
    text: Mapped[str] = mapped_column(Sealed("appeal.text"))
    outcome: Mapped[str | None] = mapped_column(sa.String(12))
    answer: Mapped[str | None] = mapped_column(Sealed("appeal.answer"))
    recorded_by: Mapped[int | None] = ref("person.id", index=False)
    judged_by: Mapped[int | None] = ref("person.id", index=False)
    judged_on: Mapped[date | None] = mapped_column(sa.Date)
    __table_args__ = (
        sa.Index(None, "outcome", "due_on"),
        sa.CheckConstraint("outcome IN ('upheld','dismissed')", name="outcome"),
    )


class Recoverable(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """Money that was paid and is to come back 追回: what, why; what came back is read off the fund's journal.

    `written_off`: what the chair gave up, with a reason.
    """

    __tablename__ = "recoverable"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id")
    union_id: Mapped[int] = ref("union_org.id", index=False)
    fund_id: Mapped[int] = ref("fund.id", index=False)
    amount: Mapped[Money] = mapped_column(Fen)
    recovered: Mapped[Money] = mapped_column(Fen, default=Money(0))
    written_off: Mapped[Money] = mapped_column(Fen, default=Money(0))
    reason: Mapped[str] = mapped_column(sa.String(4))
    note: Mapped[str | None] = mapped_column(Sealed("recoverable.note"))
    booked_by: Mapped[int | None] = ref("person.id", index=False)
    booked_on: Mapped[date] = mapped_column(sa.Date)
    settled_on: Mapped[date | None] = mapped_column(sa.Date)
    __table_args__ = (
        sa.Index(None, "settled_on", "booked_on"),
        sa.CheckConstraint("amount > 0", name="positive"),
        sa.CheckConstraint("recovered >= 0 AND written_off >= 0 AND recovered + written_off <= amount", name="within"),
    )


class OpinionPassed(db.Model):  # type: ignore[name-defined, misc]
    """A unit with too few hands passes its opinions on, named beforehand: to another unit, or to the bureau's reviewer.

    `to_union_id` NULL is the reviewer. `instead_of` is the row that this one replaces, with its days, because nobody
    was left there to give an opinion; that row was `replaced_at` then.
    """

    __tablename__ = "opinion_passed"
    id: Mapped[int] = key()
    union_id: Mapped[int] = ref("union_org.id")
    to_union_id: Mapped[int | None] = ref("union_org.id", index=False)
    since: Mapped[date] = mapped_column(sa.Date)
    until: Mapped[date | None] = mapped_column(sa.Date)
    why: Mapped[str] = mapped_column(sa.String(200))
    named_by: Mapped[int | None] = ref("person.id", index=False)
    named_at: Mapped[datetime] = mapped_column(Moment)
    instead_of: Mapped[int | None] = ref("opinion_passed.id", unique=True, index=False)
    replaced_at: Mapped[datetime | None] = mapped_column(Moment)
