"""What does a payment bring to a sheet? Read for many rows with few questions to the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from relief import clock
from relief.cases.facts import facts_of_all
from relief.cases.models import AwardPart, Case, CaseStep, Instalment, Notice, NoticeRow, Snapshot
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.batching import PaymentFacts
from relief.domain.calendar import Deadline
from relief.domain.month import Month
from relief.domain.sentences import Sentence
from relief.domain.ways import Way, way_of
from relief.domain.workflow import PaymentState, State
from relief.funds.models import Fund
from relief.households.models import Account, Member
from relief.payments.models import Payment
from relief.persons.models import Person
from relief.policies.models import PolicyVersion
from relief.policies.queries import policy_of

OVER = (PaymentState.BOUNCED, PaymentState.VOID)


@dataclass(frozen=True)
class Waiting:
    """An instalment that waits for a sheet: its case, the planned payment if one stands, its part of the award."""

    instalment: Instalment
    case: Case
    payment: Payment | None
    part: AwardPart

    @property
    def way(self) -> str:
        """How it goes out."""
        return self.payment.way if self.payment else way_of(self.part.form).value


def list_waiting(
    fund_id: int | None, limit: int = 500, only: Sequence[int] | None = None, *, until: Month | None = None,
    goods: bool | None = None,
) -> list[Waiting]:  # fmt: skip
    """Instalments of approved cases of a fund (None: of all) that no live payment carries beyond `planned`.

    The oldest award first, what fell due `until` a month (this one unless told), only goods or only money if asked.
    One whose last attempt bounced is not among them: it waits for `pay again`. `only`: these instalments, due or not.
    """
    statement = waiting_rows().order_by(Case.approved_on, Instalment.id).limit(limit)
    if fund_id is not None:
        statement = statement.where(Case.fund_id == fund_id)
    if goods is not None:
        statement = statement.where((AwardPart.form == "goods") == sa.literal(goods))
    if only is not None:
        statement = statement.where(Instalment.id.in_(only))
    else:
        statement = statement.where(Instalment.due_month <= str(until or Month.of(clock.today())))
    return [Waiting(*row) for row in db.session.execute(statement)]


def waiting_rows() -> sa.Select[*tuple[Any, ...]]:
    """What waits, whatever its fund, way and month."""
    live = sa.and_(Payment.instalment_id == Instalment.id, Payment.state.not_in(OVER))
    return (
        sa.select(Instalment, Case, Payment, AwardPart)
        .join(AwardPart, AwardPart.id == Instalment.part_id)
        .join(Case, Case.id == AwardPart.case_id)
        .outerjoin(Payment, live)
        .where(Case.state.in_((State.APPROVED, State.IN_PAYMENT)), Instalment.dropped_at.is_(None))
        .where(sa.or_(Payment.id.is_(None), Payment.state == PaymentState.PLANNED))
        .where(sa.or_(Payment.id.is_not(None), ~_last_attempt_bounced().exists()))
    )


def facts_of(listed: Iterable[Waiting]) -> dict[int, PaymentFacts]:
    """What the rule of gathering asks of each, by instalment; a handful of statements for any number."""
    rows = list(listed)
    known = _Known.read(rows)
    return {one.instalment.id: known.facts(one) for one in rows}


def account_of(household_id: int) -> Account | None:
    """The account that money goes to, if one stands."""
    return accounts_of([household_id]).get(household_id)


def accounts_of(household_ids: Iterable[int]) -> dict[int, Account]:
    """`account_of` for many households; one statement."""
    return _accounts(sorted(household_ids), "active")


@dataclass(frozen=True)
class _Known:
    """What the database says of a set of cases and their households."""

    funds: Mapping[int, str]
    accounts: Mapping[int, Account]
    in_change: Mapping[int, Account]
    deceased: frozenset[int]
    members: Mapping[int, list[int]]
    approved: Mapping[int, dict[str, Any]]
    notices: Mapping[int, Deadline]
    stops: Mapping[int, Sentence]

    @classmethod
    def read(cls, rows: Sequence[Waiting]) -> _Known:
        cases = [one.case for one in rows]
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
            stops=stops_of(rows),
        )

    def facts(self, one: Waiting) -> PaymentFacts:
        """The facts of one row."""
        case = one.case
        account = self.accounts.get(case.household_id) if one.way == Way.TRANSFER else None
        payee = account.payee_id if account else case.applicant_id
        return PaymentFacts(
            fund=self.funds.get(case.fund_id or 0, ""),
            way=one.way,
            has_account=account is not None,
            account_in_change=case.household_id in self.in_change,
            payee_deceased=payee in self.deceased,
            needs_notice=case.lane == "ordinary",
            notice_ends=self.notices.get(case.id),
            on_hold=case.on_hold,
            objection_open=case.objection,
            matches_decision=self._matches(one, account) and _is_as_frozen(one, account),
            due=Month.parse(one.instalment.due_month),
            stopped=self.stops.get(one.instalment.id),
        )

    def _matches(self, one: Waiting, account: Account | None) -> bool:
        """Whether members and payee are those of the approval, and the account too, unless a second person
        confirmed the new one since. Goods go to the applicant, whatever the account."""
        approved = self.approved.get(one.case.id)
        if approved is None or approved["members"] != self.members.get(one.case.household_id, []):
            return False
        if one.way != Way.TRANSFER:
            return True
        now = (account.payee_id, account.number_index) if account else (None, None)
        if (approved["payee"], approved["account"]) == now:
            return True
        return account is not None and account.confirmed_by not in (None, account.entered_by)


def stops_of(rows: Iterable[Waiting]) -> dict[int, Sentence]:
    """Why instalments of awards that run by month stop today, by instalment; nothing for those that go on."""
    monthly = [one for one in rows if find_kind(one.case.kind).runs_by_month]
    cases = list({one.case.id: one.case for one in monthly}.values())
    known = dict(zip((case.id for case in cases), facts_of_all(cases, clock.today()), strict=True)) if cases else {}
    policies = {key: policy_of(db.session.get_one(PolicyVersion, key)) for key in {case.policy_id for case in cases}}
    judged = {
        one.instalment.id: find_kind(one.case.kind).instalment_stop(
            Month.parse(one.instalment.due_month), one.instalment.number - 1, known[one.case.id],
            policies[one.case.policy_id],
        )
        for one in monthly
    }  # fmt: skip
    return {instalment_id: why for instalment_id, why in judged.items() if why is not None}


def _is_as_frozen(one: Waiting, account: Account | None) -> bool:
    """A payment that stands on a sheet pays the amount, the person and the account that it was put there with."""
    payment = one.payment
    if payment is None or payment.state != PaymentState.ON_SHEET:
        return True
    if one.way != Way.TRANSFER:
        return (payment.amount, payment.payee_id) == (one.instalment.amount, one.case.applicant_id)
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
