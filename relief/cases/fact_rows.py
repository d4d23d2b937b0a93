"""Which rows tell about many households at once? Read in a dozen statements, however many cases ask."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from relief.cases.models import Case, Event
from relief.db import db
from relief.domain.aid.kind import VisitFact
from relief.domain.money import Money
from relief.domain.visit_codes import Aspect
from relief.domain.workflow import WITHOUT_AID
from relief.files.models import Attachment
from relief.households.models import Account, Consent, Household, Member
from relief.opening.models import PastAward
from relief.persons.models import Person
from relief.visits.models import Visit, Visitor
from relief.windows.models import AidWindow

VISITS_LOOKED_AT = timedelta(days=800)


class OtherCase(NamedTuple):
    """A case of the household as the limits see it."""

    id: int
    kind: str
    state: str
    item: str | None
    beneficiary_id: int | None
    event: tuple[str, date] | None
    window_id: int | None
    need_on: date
    asked: Money | None
    approved: Money | None
    approved_on: date | None


class HouseholdRow(NamedTuple):
    """What a household's file tells."""

    id: int
    status: str
    category: str | None
    file_tier: str
    heating: str | None
    reviewed_on: date | None
    has_phone: bool


@dataclass(frozen=True)
class FactRows:
    """Everything about some households, by household (papers of a case by case)."""

    households: dict[int, HouseholdRow]
    members: dict[int, int]
    visits: dict[int, list[VisitFact]]
    cases: dict[int, list[OtherCase]]
    past: dict[int, list[PastAward]]
    consents: dict[int, frozenset[str]]
    accounts: frozenset[int]
    file_papers: dict[int, frozenset[str]]
    case_papers: dict[int, frozenset[str]]
    windows: dict[int, AidWindow]


def read_fact_rows(household_ids: Collection[int], case_ids: Collection[int], on: date) -> FactRows:
    """The rows behind the facts of these households and cases."""
    wanted = sorted(set(household_ids))
    return FactRows(
        households=_households(wanted), members=_members(wanted), visits=_visits(wanted, on - VISITS_LOOKED_AT),
        cases=_cases(wanted), past=_past(wanted), consents=_consents(wanted), accounts=_accounts(wanted),
        file_papers=_papers("household", wanted), case_papers=_papers("case", sorted(set(case_ids) - {None})),
        windows={row.id: row for row in db.session.scalars(sa.select(AidWindow))},
    )  # fmt: skip


def _households(ids: Sequence[int]) -> dict[int, HouseholdRow]:
    rows = db.session.execute(
        sa.select(
            Household.id, Household.status, sa.func.coalesce(Household.assessed_category, Household.declared_category),
            Household.file_tier, Household.heating, Household.reviewed_on, Person.phone_index.is_not(None),
        )
        .join(Person, Person.id == Household.head_id)
        .where(Household.id.in_(ids))
    )  # fmt: skip
    return {row[0]: HouseholdRow(*row) for row in rows}


def _members(ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(Member.household_id, sa.func.count())
        .where(Member.household_id.in_(ids), Member.until.is_(None))
        .group_by(Member.household_id)
    )
    return {row[0]: row[1] for row in rows}


def _visits(ids: Sequence[int], since: date) -> dict[int, list[VisitFact]]:
    rows = db.session.execute(
        sa.select(Visit.id, Visit.kind, Visit.on, sa.func.count(Visitor.id), Visit.household_id, Visit.seen)
        .outerjoin(Visitor, Visitor.visit_id == Visit.id)
        .where(Visit.household_id.in_(ids), Visit.on >= since)
        .group_by(Visit.id, Visit.kind, Visit.on, Visit.household_id, Visit.seen)
        .order_by(Visit.on.desc(), Visit.id.desc())
    )
    return grouped((row[4], VisitFact(*row[:4], _saw_heating(row.seen))) for row in rows)


def _saw_heating(seen: str) -> bool:
    return bool(json.loads(seen).get(Aspect.HEATING.value))


def _cases(ids: Sequence[int]) -> dict[int, list[OtherCase]]:
    rows = db.session.execute(
        sa.select(
            Case.household_id, Case.id, Case.kind, Case.state, Case.item, Case.beneficiary_id, Event.kind, Event.on,
            Case.window_id, Case.need_on, sa.func.coalesce(Case.approved, Case.proposed), Case.approved,
            Case.approved_on,
        )
        .outerjoin(Event, Event.id == Case.event_id)
        .where(Case.household_id.in_(ids), Case.state.not_in(WITHOUT_AID))
        .order_by(Case.id)
    )  # fmt: skip
    return grouped((row[0], _other(tuple(row[1:]))) for row in rows)


def _other(row: tuple[Any, ...]) -> OtherCase:
    number, kind, state, item, person, event_kind, event_on, window, need_on, asked, approved, approved_on = row
    event = (event_kind, event_on) if event_kind else None
    return OtherCase(number, kind, state, item, person, event, window, need_on, _money(asked), approved, approved_on)


def _past(ids: Sequence[int]) -> dict[int, list[PastAward]]:
    rows = db.session.scalars(sa.select(PastAward).where(PastAward.household_id.in_(ids)).order_by(PastAward.id))
    return grouped((row.household_id, row) for row in rows)


def _consents(ids: Sequence[int]) -> dict[int, frozenset[str]]:
    rows = db.session.execute(
        sa.select(Consent.household_id, Consent.purpose)
        .where(Consent.household_id.in_(ids), Consent.withdrawn_on.is_(None))
    )  # fmt: skip
    return _sets(rows)


def _accounts(ids: Sequence[int]) -> frozenset[int]:
    active = sa.select(Account.household_id).where(Account.household_id.in_(ids), Account.state == "active")
    return frozenset(db.session.scalars(active))


def _papers(subject: str, ids: Sequence[int]) -> dict[int, frozenset[str]]:
    rows = db.session.execute(
        sa.select(Attachment.subject_id, Attachment.kind).where(
            Attachment.subject == subject, Attachment.subject_id.in_(ids), Attachment.removed_at.is_(None)
        )
    )
    return _sets(rows)


def _money(value: Any) -> Money | None:
    return value if value is None or isinstance(value, Money) else Money(int(value))


def _sets(rows: Iterable[Any]) -> dict[int, frozenset[str]]:
    return {key: frozenset(values) for key, values in grouped((row[0], row[1]) for row in rows).items()}


def grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    """The values of each key, in their order."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
