"""On which facts does a decision rest? Read from the rows, in the shape that the rule book asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from relief.cases.fact_rows import FactRows, OtherCase, read_fact_rows
from relief.cases.models import Case, Event
from relief.clock import SHANGHAI
from relief.db import db
from relief.domain.aid.kind import CaseFacts, WindowFact
from relief.domain.money import Money, total
from relief.domain.month import Month
from relief.domain.opening import counted_in_year
from relief.domain.workflow import State
from relief.households.models import Account, Member
from relief.opening.models import PastAward

CONSENTS = frozenset({"check", "notice"})
DONE = frozenset({State.PAID, State.FOLLOWED_UP, State.CLOSED})


def facts_of(case: Case, on: date) -> CaseFacts:
    """The facts of a case as they stand; `on` is the day of the decision."""
    return facts_of_all([case], on)[0]


def facts_of_all(cases: Sequence[Case], on: date) -> list[CaseFacts]:
    """The facts of many cases at once, in their order; the number of statements does not grow with them."""
    rows = read_fact_rows([case.household_id for case in cases], [case.id for case in cases], on)
    events = _events_of(cases)
    return [_facts(case, events.get(case.event_id or 0), rows, on) for case in cases]


def _facts(case: Case, event: Event | None, rows: FactRows, on: date) -> CaseFacts:
    household = rows.households[case.household_id]
    others = [other for other in rows.cases.get(household.id, ()) if other.id != case.id]
    counted = [other for other in others if other.state != State.DRAFT]
    past = rows.past.get(household.id, [])
    year = _award_year(case.window_id, on, rows)
    return CaseFacts(
        on=on, household_members=rows.members.get(household.id, 0), category=household.category,
        file_tier=household.file_tier, file_status=household.status, heating=household.heating,
        reviewed_on=household.reviewed_on, applied_on=_applied_on(case), approved_on=case.approved_on,
        event_on=event.on if event else None, event_kind=event.kind if event else None, grade=case.grade,
        item=case.item, months=case.months, cost=case.cost, beneficiary=case.beneficiary_id,
        window=_window(case, rows), requested=case.requested,
        received_of_kind=_received(counted, past, rows, year, kind=case.kind),
        received_in_year=_received(counted, past, rows, year),
        received_of_item=_received_of_item(case, counted, past, rows, year),
        earlier_requests=_earlier_requests(case, event, counted, on),
        paid_for_event=event is not None and any(other.event == (event.kind, event.on) for other in counted),
        in_window_already=_in_window_already(case, others, past, rows),
        item_runs=_item_runs(case, others, past, on),
        visits=tuple(rows.visits.get(household.id, ())),
        evidence=rows.case_papers.get(case.id, frozenset()) | rows.file_papers.get(household.id, frozenset()),
        has_consent=rows.consents.get(household.id, frozenset()) >= CONSENTS,
        has_account=household.id in rows.accounts, has_phone=household.has_phone,
    )  # fmt: skip


def list_members(household_id: int) -> list[Member]:
    """The active members of a household, the head first."""
    statement = sa.select(Member).where(Member.household_id == household_id, Member.until.is_(None))
    return list(db.session.scalars(statement.order_by(Member.relation != "head", Member.id)))


def find_account(household_id: int) -> Account | None:
    """The account that money goes to, if one stands."""
    return db.session.scalar(sa.select(Account).where(Account.household_id == household_id, Account.state == "active"))


def _events_of(cases: Iterable[Case]) -> dict[int, Event]:
    wanted = {case.event_id for case in cases if case.event_id}
    if not wanted:
        return {}
    return {event.id: event for event in db.session.scalars(sa.select(Event).where(Event.id.in_(wanted)))}


def _applied_on(case: Case) -> date | None:
    return case.created_at.astimezone(SHANGHAI).date() if case.created_at else None


def _window(case: Case, rows: FactRows) -> WindowFact | None:
    window = rows.windows.get(case.window_id or 0)
    return WindowFact(window.code, window.opens_on, window.apply_by) if window else None


def _award_year(window_id: int | None, decided_on: date, rows: FactRows) -> int:
    """The year that an award counts in: its window's (the lunar year of a festival), else that of its decision."""
    window = rows.windows.get(window_id or 0)
    return window.award_year if window else decided_on.year


def _in_window_already(
    case: Case, others: Sequence[OtherCase], past: Sequence[PastAward], rows: FactRows
) -> bool:
    """Another case of the window, or the same help in its months before the office started here."""
    window = rows.windows.get(case.window_id or 0)
    if window is None:
        return False
    first = Month.of(window.opens_on).first_day
    helped = any(one.kind == case.kind and first <= one.on <= window.pay_by for one in past)
    return helped or any(other.window_id == window.id for other in others)


def _received(
    others: Sequence[OtherCase], past: Sequence[PastAward], rows: FactRows, year: int, *, kind: str | None = None
) -> Money:
    """Awards of the year, of this kind or of all; what was paid before the office started here counts."""
    decided = [
        o.approved for o in others
        if o.approved and o.approved_on and _award_year(o.window_id, o.approved_on, rows) == year
        and (kind is None or o.kind == kind)
    ]  # fmt: skip
    before = [amount for one, amount in counted_in_year(past, year) if kind is None or one.kind == kind]
    return total([*decided, *before])


def _received_of_item(
    case: Case, others: Sequence[OtherCase], past: Sequence[PastAward], rows: FactRows, year: int
) -> Money:
    if case.item is None:
        return Money(0)
    same = [o for o in others if (o.kind, o.item, o.beneficiary_id) == (case.kind, case.item, case.beneficiary_id)]
    earlier = [one for one in past if (one.kind, one.item) == (case.kind, case.item)]
    return _received(same, earlier, rows, year)


def _earlier_requests(
    case: Case, event: Event | None, others: Sequence[OtherCase], on: date
) -> tuple[tuple[date, Money], ...]:
    """Other requests of the kind and event in the twelve months before."""
    about = (event.kind, event.on) if event else None
    return tuple(
        (other.need_on, other.asked) for other in others
        if other.kind == case.kind and other.event == about and other.asked
        and other.need_on > on - timedelta(days=366)
    )  # fmt: skip


def _item_runs(case: Case, others: Sequence[OtherCase], past: Sequence[PastAward], on: date) -> bool:
    if case.item is None:
        return False
    mine = (case.kind, case.item, case.beneficiary_id)
    running = any((o.kind, o.item, o.beneficiary_id) == mine and o.state not in DONE for o in others)
    month = str(Month.of(on))
    standing = any(
        (one.kind, one.item) == mine[:2] and one.form == "standing" and (one.until_month or month) >= month
        for one in past
    )
    return running or standing
