"""On which facts does a decision rest? Read from the rows, in the shape that the rule book asks for."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from relief.cases.models import Case, CaseStep, ChainLevel, Event
from relief.db import db
from relief.domain.aid.kind import CaseFacts, VisitFact
from relief.domain.approval import Hands
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.files.models import Attachment
from relief.households.models import Account, Consent, Household, Member
from relief.persons.queries import relatives_of
from relief.visits.models import Visit, Visitor

NOT_COUNTED = (State.REFUSED, State.WITHDRAWN, State.REVOKED, State.DRAFT)
CONSENTS = frozenset({"check", "notice"})


def facts_of(case: Case, on: date) -> CaseFacts:
    """The facts of a case as they stand; `on` is the day of the decision."""
    household = db.session.get_one(Household, case.household_id)
    event = db.session.get(Event, case.event_id) if case.event_id else None
    return CaseFacts(
        on=on,
        household_members=len(list_members(household.id)),
        category=household.assessed_category or household.declared_category,
        file_tier=household.file_tier,
        file_status=household.status,
        event_on=event.on if event else None,
        event_kind=event.kind if event else None,
        grade=case.grade,
        requested=case.requested,
        received_of_kind=_awarded(case, on, case.kind),
        received_in_year=_awarded(case, on, None),
        earlier_requests=_earlier_requests(case, on),
        paid_for_event=_is_event_helped(case, event),
        visits=tuple(visit_facts(household.id)),
        evidence=evidence_of(case),
        has_consent=consents_of(household.id) >= CONSENTS,
        has_account=find_account(household.id) is not None,
        has_phone=household.head.phone_index is not None,
    )


def list_members(household_id: int) -> list[Member]:
    """The active members of a household, the head first."""
    statement = sa.select(Member).where(Member.household_id == household_id, Member.until.is_(None))
    return list(db.session.scalars(statement.order_by(Member.relation != "head", Member.id)))


def find_account(household_id: int) -> Account | None:
    """The account that money goes to, if one stands."""
    return db.session.scalar(sa.select(Account).where(Account.household_id == household_id, Account.state == "active"))


def consents_of(household_id: int) -> frozenset[str]:
    """The purposes to which the household consents."""
    signed = sa.select(Consent.purpose).where(Consent.household_id == household_id, Consent.withdrawn_on.is_(None))
    return frozenset(db.session.scalars(signed))


def evidence_of(case: Case) -> frozenset[str]:
    """Kinds of papers attached to the case or to its household file."""
    own = sa.and_(Attachment.subject == "case", Attachment.subject_id == case.id)
    file = sa.and_(Attachment.subject == "household", Attachment.subject_id == case.household_id)
    kept = sa.select(Attachment.kind).where(sa.or_(own, file), Attachment.removed_at.is_(None))
    return frozenset(db.session.scalars(kept))


def visit_facts(household_id: int) -> list[VisitFact]:
    """The visits of a household with the number of named visitors, newest first."""
    rows = db.session.execute(
        sa.select(Visit.id, Visit.kind, Visit.on, sa.func.count(Visitor.id))
        .outerjoin(Visitor, Visitor.visit_id == Visit.id)
        .where(Visit.household_id == household_id)
        .group_by(Visit.id, Visit.kind, Visit.on)
        .order_by(Visit.on.desc(), Visit.id.desc())
    )
    return [VisitFact(*row) for row in rows]


def hands_of(case: Case, person_id: int | None) -> Hands:
    """Who has had which hand in this case, by person; `person_id` is who asks, whose kin is looked up."""
    taken = db.session.execute(
        sa.select(CaseStep.hand, sa.func.coalesce(CaseStep.on_behalf_of, CaseStep.person_id))
        .where(CaseStep.case_id == case.id, CaseStep.hand.is_not(None))
    ).all()  # fmt: skip
    by_hand: dict[str, set[int]] = {}
    for hand, person in taken:
        by_hand.setdefault(str(hand), set()).add(person)
    levels = sa.select(ChainLevel.decided_by).where(
        ChainLevel.case_id == case.id, ChainLevel.dropped_at.is_(None), ChainLevel.decided_by.is_not(None)
    )
    household = frozenset(member.person_id for member in list_members(case.household_id))
    return Hands(
        entered=frozenset({case.entered_by, *case.details.get("writers", ()), *by_hand.get("enter", ())} - {None}),
        visited=_visitors(case),
        opinion=frozenset(by_hand.get("opinion", ())),
        reviewed=frozenset(by_hand.get("review", ())),
        decided=frozenset(person for person in db.session.scalars(levels) if person),
        household=household,
        relatives=frozenset({person_id}) if person_id and household & relatives_of(person_id) else frozenset(),
    )


def _visitors(case: Case) -> frozenset[int]:
    since = case.need_on
    statement = (
        sa.select(Visitor.person_id)
        .join(Visit, Visit.id == Visitor.visit_id)
        .where(Visit.household_id == case.household_id, Visit.kind == "verification", Visit.on >= since)
    )
    return frozenset(db.session.scalars(statement))


def _awarded(case: Case, on: date, kind: str | None) -> Money:
    statement = sa.select(sa.func.coalesce(sa.func.sum(Case.approved), 0)).where(
        Case.household_id == case.household_id, Case.id != case.id, Case.state.not_in(NOT_COUNTED),
        Case.approved_on >= date(on.year, 1, 1), Case.approved_on <= date(on.year, 12, 31),
    )  # fmt: skip
    if kind:
        statement = statement.where(Case.kind == kind)
    found = db.session.scalar(statement)
    return found if isinstance(found, Money) else Money(int(found or 0))


def _earlier_requests(case: Case, on: date) -> tuple[tuple[date, Money], ...]:
    rows = db.session.execute(
        sa.select(Case.need_on, sa.func.coalesce(Case.approved, Case.proposed))
        .where(Case.household_id == case.household_id, Case.kind == case.kind, Case.id != case.id)
        .where(Case.event_id == case.event_id, Case.state.not_in(NOT_COUNTED))
        .where(Case.need_on > on - timedelta(days=366))
        .order_by(Case.id)
    )
    return tuple((day, amount if isinstance(amount, Money) else Money(amount)) for day, amount in rows if amount)


def _is_event_helped(case: Case, event: Event | None) -> bool:
    if event is None:
        return False
    same = sa.select(Event.id).where(
        Event.household_id == case.household_id, Event.kind == event.kind, Event.on == event.on
    )
    other = sa.select(Case.id).where(
        Case.event_id.in_(same), Case.kind == case.kind, Case.id != case.id, Case.state.not_in(NOT_COUNTED)
    )
    return db.session.scalar(other.limit(1)) is not None
