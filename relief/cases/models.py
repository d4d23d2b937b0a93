"""What is a case? One household's request for one kind of aid, with its steps, snapshots, chain and award."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from relief.accounts.models import Union
from relief.db import JSON, Fen, Moment, Sealed, Versioned, db, key, ref
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.households.models import Household
from relief.persons.models import Person

_STATES = ",".join(f"'{state}'" for state in State)
_IN_WINDOW = "window_id IS NOT NULL AND state NOT IN ('refused','withdrawn','revoked')"
_APPROVED = "('approved','in_payment','paid','followed_up','closed')"


class Event(db.Model):  # type: ignore[name-defined, misc]
    """What happened to a household, on which day; aid is given once per event."""

    __tablename__ = "hardship_event"
    id: Mapped[int] = key()
    household_id: Mapped[int] = ref("household.id", index=False)
    kind: Mapped[str] = mapped_column(sa.String(16))
    on: Mapped[date] = mapped_column(sa.Date)
    story: Mapped[str] = mapped_column(Sealed("hardship_event.story"))
    __table_args__ = (sa.Index(None, "household_id", "on"),)


class Case(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A case. It keeps the union that it was filed in. Flags: objection (a block), on_hold (a pause), lane.

    `resume_to` remembers the step that sent it back, for the resubmission. A case of a list names its window and its
    list; `lifted` means that it left the list's common steps and goes on alone. An approved case without an approver,
    an amount and a fund cannot exist.
    """

    __tablename__ = "aid_case"
    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    lane: Mapped[str] = mapped_column(sa.String(12), default="ordinary")
    state: Mapped[str] = mapped_column(sa.String(16), default=State.DRAFT.value)
    household_id: Mapped[int] = ref("household.id", index=False)
    union_id: Mapped[int] = ref("union_org.id", index=False)
    applicant_id: Mapped[int] = ref("person.id", index=False)
    event_id: Mapped[int | None] = ref("hardship_event.id")
    grade: Mapped[int | None]
    item: Mapped[str | None] = mapped_column(sa.String(12))
    months: Mapped[int | None]
    cost: Mapped[Money | None] = mapped_column(Fen)
    beneficiary_id: Mapped[int | None] = ref("person.id", index=False)
    window_id: Mapped[int | None] = ref("aid_window.id", index=False)
    list_id: Mapped[int | None] = ref("aid_list.id", index=False)
    lifted: Mapped[bool] = mapped_column(default=False)
    requested: Mapped[Money | None] = mapped_column(Fen)
    proposed: Mapped[Money | None] = mapped_column(Fen)
    noticed: Mapped[Money | None] = mapped_column(Fen)
    approved: Mapped[Money | None] = mapped_column(Fen)
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    story: Mapped[str | None] = mapped_column(Sealed("aid_case.story"))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    on_hold: Mapped[bool] = mapped_column(default=False)
    objection: Mapped[bool] = mapped_column(default=False)
    resume_to: Mapped[str | None] = mapped_column(sa.String(16))
    mend_fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    level: Mapped[int] = mapped_column(default=0)
    policy_id: Mapped[int] = ref("policy_version.id", index=False)
    fund_id: Mapped[int | None] = ref("fund.id")
    entered_by: Mapped[int | None] = ref("person.id", index=False)
    approved_by: Mapped[int | None] = ref("person.id", index=False)
    approved_on: Mapped[date | None] = mapped_column(sa.Date)
    need_on: Mapped[date] = mapped_column(sa.Date)
    due_on: Mapped[date | None] = mapped_column(sa.Date)
    month: Mapped[str] = mapped_column(sa.String(7))
    created_at: Mapped[datetime] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    household: Mapped[Household] = relationship(lazy="select")
    union: Mapped[Union] = relationship(lazy="select")

    @property
    def is_refused(self) -> bool:
        """Whether it ended in a refusal, which is told by letter."""
        return self.state == State.REFUSED

    applicant: Mapped[Person] = relationship(lazy="select", foreign_keys=[applicant_id])
    event: Mapped[Event | None] = relationship(lazy="select")
    __table_args__ = (
        sa.Index(None, "union_id", "state", "created_at", "id"),
        sa.Index(None, "state", "created_at", "id"),
        sa.Index(None, "created_at", "id"), sa.Index(None, "union_id", "created_at", "id"),
        sa.Index(None, "state", "due_on", "id"),
        sa.Index(None, "due_on", "id"), sa.Index(None, "union_id", "due_on", "id"),
        sa.Index(None, "household_id", "kind", "month"),
        sa.Index(None, "household_id", "approved_on"),
        sa.Index(None, "month", "kind", "union_id"),
        sa.Index("ix_aid_case_objected", "objection", "state", "due_on", "union_id",
                 sqlite_where=sa.text("objection IS 1"),
                 postgresql_where=sa.text("objection IS true")),
        sa.Index("ix_aid_case_waiting", "state", "list_id", "lifted", "union_id",
                 sqlite_where=sa.text("on_hold IS 0 AND objection IS 0"),
                 postgresql_where=sa.text("on_hold IS false AND objection IS false")),
        sa.Index(None, "list_id", "state", "id"), sa.Index(None, "window_id", "state", "id"),
        sa.Index("uq_aid_case_window", "household_id", "window_id", unique=True,
                 sqlite_where=sa.text(_IN_WINDOW), postgresql_where=sa.text(_IN_WINDOW)),
        sa.CheckConstraint(f"state IN ({_STATES})", name="state"),
        sa.CheckConstraint("lane IN ('ordinary','emergency')", name="lane"),
        sa.CheckConstraint(
            f"state NOT IN {_APPROVED} OR "
            "(approved IS NOT NULL AND approved > 0 AND approved_by IS NOT NULL AND fund_id IS NOT NULL)",
            name="approved_by_someone",
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR entered_by IS NULL OR approved_by <> entered_by", name="two_hands"
        ),
    )  # fmt: skip


class CaseStep(db.Model):  # type: ignore[name-defined, misc]
    """One step that was taken, append-only: who, out of which state into which, with what reason and snapshot.

    `on_behalf_of` is the signer of a paper decision that `person_id` transcribed (代录).
    """

    __tablename__ = "case_step"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id")
    verb: Mapped[str] = mapped_column(sa.String(24))
    hand: Mapped[str | None] = mapped_column(sa.String(12))
    left: Mapped[str] = mapped_column(sa.String(16))
    led_to: Mapped[str] = mapped_column(sa.String(16))
    level: Mapped[int] = mapped_column(default=0)
    amount: Mapped[Money | None] = mapped_column(Fen)
    reason: Mapped[str | None] = mapped_column(sa.String(4))
    note: Mapped[str | None] = mapped_column(Sealed("case_step.note"))
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    meeting_id: Mapped[int | None] = ref("meeting.id")
    user_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    person_id: Mapped[int | None] = ref("person.id", index=False)
    on_behalf_of: Mapped[int | None] = ref("person.id", index=False)
    actor: Mapped[str] = mapped_column(sa.String(120))
    on: Mapped[date] = mapped_column(sa.Date)
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (sa.Index(None, "verb", "at", "id"),)


class Snapshot(db.Model):  # type: ignore[name-defined, misc]
    """What a decision rested on, as sealed canonical JSON with its hash: replayable, append-only."""

    __tablename__ = "decision_snapshot"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id")
    step_id: Mapped[int] = ref("case_step.id", unique=True, index=False)
    policy_id: Mapped[int] = ref("policy_version.id", index=False)
    policy_hash: Mapped[str] = mapped_column(sa.String(64))
    facts: Mapped[str] = mapped_column(Sealed("decision_snapshot.facts"))
    hash: Mapped[str] = mapped_column(sa.String(64))
    step: Mapped[CaseStep] = relationship(lazy="select")


class ChainLevel(db.Model):  # type: ignore[name-defined, misc]
    """One level of a case's approval chain, frozen when approval starts."""

    __tablename__ = "chain_level"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id", index=False)
    level: Mapped[int]
    role: Mapped[str] = mapped_column(sa.String(20))
    needs_meeting: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[int | None] = ref("person.id", index=False)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    dropped_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (
        sa.Index("uq_chain_level_open", "case_id", "level", unique=True,
                 sqlite_where=sa.text("dropped_at IS NULL"), postgresql_where=sa.text("dropped_at IS NULL")),
    )  # fmt: skip


class Meeting(db.Model):  # type: ignore[name-defined, misc]
    """A meeting of a union: its date, number, attendees and minutes; one meeting carries many rows."""

    __tablename__ = "meeting"
    id: Mapped[int] = key()
    union_id: Mapped[int] = ref("union_org.id", index=False)
    number: Mapped[str] = mapped_column(sa.String(40))
    on: Mapped[date] = mapped_column(sa.Date)
    attendees: Mapped[list[str]] = mapped_column(JSON, default=list)
    resolution: Mapped[str | None] = mapped_column(Sealed("meeting.resolution"))
    recorded_by: Mapped[int | None] = ref("person.id", index=False)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (sa.UniqueConstraint("union_id", "number"),)


class Notice(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """A public notice 公示 with masked rows only. `ends_on` is its last working day."""

    __tablename__ = "notice"
    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    union_id: Mapped[int] = ref("union_org.id")
    state: Mapped[str] = mapped_column(sa.String(12), default="draft")
    place: Mapped[str] = mapped_column(sa.String(80))
    posted_on: Mapped[date | None] = mapped_column(sa.Date)
    ends_on: Mapped[date | None] = mapped_column(sa.Date)
    provisional: Mapped[bool] = mapped_column(default=False)
    working_days: Mapped[int]
    posted_by: Mapped[int | None] = ref("person.id", index=False)
    taken_down_on: Mapped[date | None] = mapped_column(sa.Date)
    __table_args__ = (
        sa.Index(None, "state", "ends_on"),
        sa.CheckConstraint("state IN ('draft','posted','ended','stopped','taken_down')", name="state"),
        sa.CheckConstraint("state = 'draft' OR (posted_on IS NOT NULL AND ends_on > posted_on)", name="dated"),
    )


class NoticeRow(db.Model):  # type: ignore[name-defined, misc]
    """A row of a notice as the public reads it: masked name, unit, kind, amount, generic cause."""

    __tablename__ = "notice_row"
    id: Mapped[int] = key()
    notice_id: Mapped[int] = ref("notice.id", index=False)
    case_id: Mapped[int] = ref("aid_case.id")
    masked_name: Mapped[str] = mapped_column(sa.String(60))
    cause: Mapped[str] = mapped_column(sa.String(20))
    amount: Mapped[Money] = mapped_column(Fen)
    __table_args__ = (sa.UniqueConstraint("notice_id", "case_id"),)


class Objection(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """Somebody objects to a row of a notice; approval is blocked until it is settled."""

    __tablename__ = "objection"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id")
    notice_id: Mapped[int | None] = ref("notice.id")
    received_on: Mapped[date] = mapped_column(sa.Date)
    due_on: Mapped[date] = mapped_column(sa.Date)
    who: Mapped[str | None] = mapped_column(Sealed("objection.who"))
    text: Mapped[str] = mapped_column(Sealed("objection.text"))
    outcome: Mapped[str | None] = mapped_column(sa.String(12))
    finding: Mapped[str | None] = mapped_column(Sealed("objection.finding"))
    recorded_by: Mapped[int | None] = ref("person.id", index=False)
    settled_by: Mapped[int | None] = ref("person.id", index=False)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    __table_args__ = (sa.CheckConstraint("outcome IN ('upheld','dismissed')", name="outcome"),)


class AwardPart(db.Model):  # type: ignore[name-defined, misc]
    """A part of the award of an approved case: cash, or goods with a priced kit."""

    __tablename__ = "award_part"
    id: Mapped[int] = key()
    case_id: Mapped[int] = ref("aid_case.id")
    form: Mapped[str] = mapped_column(sa.String(8), default="cash")
    label: Mapped[str] = mapped_column(sa.String(40), default="")
    amount: Mapped[Money] = mapped_column(Fen)
    kit: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    __table_args__ = (
        sa.CheckConstraint("form IN ('cash','goods')", name="form"),
        sa.CheckConstraint("amount > 0", name="positive"),
    )


class Instalment(db.Model):  # type: ignore[name-defined, misc]
    """An instalment of a part; due in a month, dropped when the award ends before it was paid."""

    __tablename__ = "instalment"
    id: Mapped[int] = key()
    part_id: Mapped[int] = ref("award_part.id", index=False)
    number: Mapped[int] = mapped_column(default=1)
    amount: Mapped[Money] = mapped_column(Fen)
    due_month: Mapped[str] = mapped_column(sa.String(7))
    dropped_at: Mapped[datetime | None] = mapped_column(Moment)
    part: Mapped[AwardPart] = relationship(lazy="select")
    __table_args__ = (
        sa.UniqueConstraint("part_id", "number"),
        sa.CheckConstraint("amount > 0", name="positive"),
    )
