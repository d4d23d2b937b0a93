"""What does a payment bring to a sheet, and whose hands were on its case? Read for many rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief.cases import facts as case_facts
from relief.cases.models import AwardPart, Case, CaseStep, Instalment, Notice, NoticeRow
from relief.cases.service.snapshots import approved_standing, standing
from relief.db import db
from relief.domain.approval import Hands
from relief.domain.batching import PaymentFacts
from relief.domain.calendar import Deadline
from relief.domain.workflow import PaymentState, State
from relief.households.models import Account, Member
from relief.payments.models import Payment, Sheet
from relief.persons.models import DeclaredRelative, Person

OVER = (PaymentState.BOUNCED, PaymentState.VOID)


@dataclass(frozen=True)
class Waiting:
    """An instalment that waits for a sheet: its case, and the planned payment if one stands."""

    instalment: Instalment
    case: Case
    payment: Payment | None


def list_waiting(fund_id: int, limit: int = 500) -> list[Waiting]:
    """Instalments of approved cases of a fund that no live payment carries beyond `planned`, oldest first."""
    live = sa.and_(Payment.instalment_id == Instalment.id, Payment.state.not_in(OVER))
    rows = db.session.execute(
        sa.select(Instalment, Case, Payment)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .join(Case, Case.id == AwardPart.case_id)
        .outerjoin(Payment, live)
        .where(Case.fund_id == fund_id, Case.state.in_((State.APPROVED, State.IN_PAYMENT)))
        .where(Instalment.dropped_at.is_(None))
        .where(sa.or_(Payment.id.is_(None), Payment.state == PaymentState.PLANNED))
        .order_by(Case.approved_on, Instalment.id)
        .limit(limit)
    )
    bounced = _bounced_only(rows_of := [Waiting(*row) for row in rows])
    return [one for one in rows_of if one.instalment.id not in bounced]


def payment_facts(waiting: Waiting) -> PaymentFacts:
    """What the rule of gathering asks of one instalment."""
    case = waiting.case
    account = case_facts.find_account(case.household_id)
    payee = db.session.get(Person, account.payee_id if account else case.applicant_id)
    return PaymentFacts(
        fund=_fund_code(case),
        state=PaymentState.PLANNED,
        has_account=account is not None,
        account_in_change=_has_proposed_account(case.household_id),
        payee_deceased=payee is not None and payee.deceased_on is not None,
        needs_notice=case.lane == "ordinary",
        notice_ends=_notice_end(case),
        on_hold=case.on_hold,
        objection_open=case.objection,
        matches_decision=matches_decision(case),
    )


def matches_decision(case: Case) -> bool:
    """Whether members and payee are those of the approval, and the account too, unless a second person
    confirmed the new one since."""
    approved, now = approved_standing(case.id), standing(case)
    if approved is None or approved["members"] != now["members"]:
        return False
    if approved["account"] == now["account"] and approved["payee"] == now["payee"]:
        return True
    account = case_facts.find_account(case.household_id)
    return account is not None and account.confirmed_by is not None and account.confirmed_by != account.entered_by


def hands_on(sheet: Sheet, person_id: int | None) -> Hands:
    """All hands on the cases of a sheet and on the sheet itself, by person."""
    case_ids = sa.select(Payment.case_id).where(Payment.sheet_id == sheet.id)
    by_hand: dict[str, set[int]] = {}
    taken = sa.select(CaseStep.hand, sa.func.coalesce(CaseStep.on_behalf_of, CaseStep.person_id)).where(
        CaseStep.case_id.in_(case_ids), CaseStep.hand.is_not(None)
    )
    for hand, person in db.session.execute(taken):
        by_hand.setdefault(str(hand), set()).add(person)
    entered = db.session.scalars(sa.select(Case.entered_by).where(Case.id.in_(case_ids)))
    households = sa.select(Payment.household_id).where(Payment.sheet_id == sheet.id)
    members = sa.select(Member.person_id).where(Member.household_id.in_(households), Member.until.is_(None))
    relatives = sa.select(DeclaredRelative.relative_id).where(DeclaredRelative.person_id == person_id)
    near = frozenset(db.session.scalars(members))
    return Hands(
        entered=frozenset(by_hand.get("enter", set()) | {one for one in entered if one}),
        opinion=frozenset(by_hand.get("opinion", ())),
        reviewed=frozenset(by_hand.get("review", ())),
        decided=frozenset(by_hand.get("decide", ())),
        made=_some(sheet.made_by),
        released=_some(sheet.released_by),
        paid=_some(sheet.sent_by),
        household=near | _some(person_id if near & set(db.session.scalars(relatives)) else None),
    )


def _some(person: int | None) -> frozenset[int]:
    return frozenset() if person is None else frozenset({person})


def _bounced_only(waiting: Sequence[Waiting]) -> set[int]:
    """Instalments whose last attempt bounced: they wait for `pay again`, not for a sheet."""
    ids = [one.instalment.id for one in waiting if one.payment is None]
    return set(_last_bounced(ids)) if ids else set()


def _last_bounced(instalment_ids: Iterable[int]) -> Sequence[int]:
    return db.session.scalars(
        sa.select(Payment.instalment_id)
        .where(Payment.instalment_id.in_(list(instalment_ids)), Payment.state == PaymentState.BOUNCED)
        .distinct()
    ).all()


def _fund_code(case: Case) -> str:
    from relief.funds.models import Fund

    fund = db.session.get(Fund, case.fund_id) if case.fund_id else None
    return fund.code if fund else ""


def _has_proposed_account(household_id: int) -> bool:
    proposed = sa.select(Account.id).where(Account.household_id == household_id, Account.state == "proposed")
    return db.session.scalar(proposed.limit(1)) is not None


def _notice_end(case: Case) -> Deadline | None:
    row = db.session.execute(
        sa.select(Notice.ends_on, Notice.provisional)
        .join(NoticeRow, NoticeRow.notice_id == Notice.id)
        .where(NoticeRow.case_id == case.id, Notice.ends_on.is_not(None))
        .order_by(Notice.id.desc())
        .limit(1)
    ).first()
    return Deadline(row.ends_on, row.provisional) if row and row.ends_on else None
