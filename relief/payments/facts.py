"""What does a payment bring to a sheet? Read for many rows with few questions to the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief.cases.models import AwardPart, Case, CaseStep, Instalment, Notice, NoticeRow, Snapshot
from relief.db import db
from relief.domain.batching import PaymentFacts
from relief.domain.calendar import Deadline
from relief.domain.workflow import PaymentState, State
from relief.funds.models import Fund
from relief.households.models import Account, Member
from relief.payments.models import Payment
from relief.persons.models import Person

OVER = (PaymentState.BOUNCED, PaymentState.VOID)


@dataclass(frozen=True)
class Waiting:
    """An instalment that waits for a sheet: its case, and the planned payment if one stands."""

    instalment: Instalment
    case: Case
    payment: Payment | None


def list_waiting(fund_id: int, limit: int = 500, only: Sequence[int] | None = None) -> list[Waiting]:
    """Instalments of approved cases of a fund that no live payment carries beyond `planned`, oldest first.

    One whose last attempt bounced is not among them: it waits for `pay again`. `only` these instalments if given.
    """
    live = sa.and_(Payment.instalment_id == Instalment.id, Payment.state.not_in(OVER))
    statement = (
        sa.select(Instalment, Case, Payment)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .join(Case, Case.id == AwardPart.case_id)
        .outerjoin(Payment, live)
        .where(Case.fund_id == fund_id, Case.state.in_((State.APPROVED, State.IN_PAYMENT)))
        .where(Instalment.dropped_at.is_(None))
        .where(sa.or_(Payment.id.is_(None), Payment.state == PaymentState.PLANNED))
        .where(sa.or_(Payment.id.is_not(None), ~_last_attempt_bounced().exists()))
        .order_by(Case.approved_on, Instalment.id)
        .limit(limit)
    )
    if only is not None:
        statement = statement.where(Instalment.id.in_(only))
    return [Waiting(*row) for row in db.session.execute(statement)]


def facts_of(listed: Iterable[Waiting]) -> dict[int, PaymentFacts]:
    """What the rule of gathering asks of each, by instalment; a handful of statements for any number."""
    rows = list(listed)
    known = _Known.read([one.case for one in rows])
    return {one.instalment.id: known.facts(one) for one in rows}


def account_of(household_id: int) -> Account | None:
    """The account that money goes to, if one stands."""
    return _accounts([household_id], "active").get(household_id)


@dataclass(frozen=True)
class _Known:
    """What the database says of a set of cases and their households."""

    funds: Mapping[int, str]
    accounts: Mapping[int, Account]
    in_change: Mapping[int, Account]
    deceased: frozenset[int]
    members: Mapping[int, list[int]]
    approved: Mapping[int, dict[str, Any]]
    notices: Mapping[int, Deadline] = field(default_factory=dict)

    @classmethod
    def read(cls, cases: Sequence[Case]) -> _Known:
        households, ids = sorted({case.household_id for case in cases}), sorted({case.id for case in cases})
        accounts = _accounts(households, "active")
        payees = {account.payee_id for account in accounts.values()} | {case.applicant_id for case in cases}
        return cls(
            funds={fund.id: fund.code for fund in db.session.scalars(sa.select(Fund))},
            accounts=accounts,
            in_change=_accounts(households, "proposed"),
            deceased=_deceased(payees),
            members=_members(households),
            approved=_approved_standings(ids),
            notices=_notice_ends(ids),
        )

    def facts(self, one: Waiting) -> PaymentFacts:
        """The facts of one row."""
        case, payment = one.case, one.payment
        account = self.accounts.get(case.household_id)
        payee = account.payee_id if account else case.applicant_id
        return PaymentFacts(
            fund=self.funds.get(case.fund_id or 0, ""),
            way=payment.way if payment else "transfer",
            has_account=account is not None,
            account_in_change=case.household_id in self.in_change,
            payee_deceased=payee in self.deceased,
            needs_notice=case.lane == "ordinary",
            notice_ends=self.notices.get(case.id),
            on_hold=case.on_hold,
            objection_open=case.objection,
            matches_decision=self._matches(case, account) and _is_as_frozen(one, account),
        )

    def _matches(self, case: Case, account: Account | None) -> bool:
        """Whether members and payee are those of the approval, and the account too, unless a second person
        confirmed the new one since."""
        approved = self.approved.get(case.id)
        if approved is None or approved["members"] != self.members.get(case.household_id, []):
            return False
        now = (account.payee_id, account.number_index) if account else (None, None)
        if (approved["payee"], approved["account"]) == now:
            return True
        return account is not None and account.confirmed_by not in (None, account.entered_by)


def _is_as_frozen(one: Waiting, account: Account | None) -> bool:
    """A payment that stands on a sheet pays the amount, the person and the account that it was put there with."""
    payment = one.payment
    if payment is None or payment.state != PaymentState.ON_SHEET:
        return True
    frozen = (payment.amount, payment.payee_id, payment.account_index)
    return account is not None and frozen == (one.instalment.amount, account.payee_id, account.number_index)


def _last_attempt_bounced() -> sa.Select[Any]:
    later = aliased(Payment)
    return sa.select(Payment.id).where(
        Payment.instalment_id == Instalment.id, Payment.state == PaymentState.BOUNCED,
        ~sa.exists().where(later.instalment_id == Payment.instalment_id, later.attempt > Payment.attempt),
    ).correlate(Instalment)  # fmt: skip


def _accounts(household_ids: Sequence[int], state: str) -> dict[int, Account]:
    statement = sa.select(Account).where(Account.household_id.in_(household_ids), Account.state == state)
    return {account.household_id: account for account in db.session.scalars(statement)}


def _deceased(person_ids: Iterable[int]) -> frozenset[int]:
    gone = sa.select(Person.id).where(Person.id.in_(sorted(person_ids)), Person.deceased_on.is_not(None))
    return frozenset(db.session.scalars(gone))


def _members(household_ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    active = sa.select(Member.household_id, Member.person_id).where(
        Member.household_id.in_(household_ids), Member.until.is_(None)
    )
    for household_id, person_id in db.session.execute(active.order_by(Member.person_id)):
        found.setdefault(household_id, []).append(person_id)
    return found


def _approved_standings(case_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Members, payee and account that the last approval of each case rested on."""
    last = (
        sa.select(sa.func.max(Snapshot.id))
        .join(CaseStep, CaseStep.id == Snapshot.step_id)
        .where(Snapshot.case_id.in_(case_ids), CaseStep.verb == "approve")
        .group_by(Snapshot.case_id)
    )
    rows = db.session.execute(sa.select(Snapshot.case_id, Snapshot.facts).where(Snapshot.id.in_(last)))
    return {case_id: json.loads(facts)["standing"] for case_id, facts in rows}


def _notice_ends(case_ids: Sequence[int]) -> dict[int, Deadline]:
    """The end of the last notice of each case."""
    rows = db.session.execute(
        sa.select(NoticeRow.case_id, Notice.ends_on, Notice.provisional)
        .join(Notice, Notice.id == NoticeRow.notice_id)
        .where(NoticeRow.case_id.in_(case_ids), Notice.ends_on.is_not(None))
        .order_by(Notice.id)
    )
    return {row.case_id: Deadline(row.ends_on, row.provisional) for row in rows}
