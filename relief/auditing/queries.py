"""What stands in the auditor's register, and what did a sample draw?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union, User
from relief.accounts.queries import within
from relief.audit.models import AuditEntry
from relief.auditing.models import Doubt, Sample
from relief.auditing.sight import seen
from relief.auditing.subjects import Subject, read_subjects
from relief.cases.models import Case
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.audit_findings import CODES
from relief.domain.auditing import DoubtFacts, DoubtState
from relief.domain.errors import NotYours
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.persons.models import Person
from relief.web.paging import Ask, Page, page_of


@dataclass(frozen=True)
class ListedDoubt:
    """A doubt with what its list prints beside it."""

    doubt: Doubt
    owner: str
    unit: str
    subject: Subject | None
    url: str | None

    @property
    def title(self) -> Sentence:
        return CODES[self.doubt.code].title

    @property
    def facts(self) -> DoubtFacts:
        return DoubtFacts(self.doubt.state, self.doubt.owner_id, self.doubt.due_on)

    @property
    def is_overdue(self) -> bool:
        """Its owner was silent until after the day."""
        return self.doubt.state == DoubtState.OPEN and self.doubt.due_on < clock.today()


@dataclass(frozen=True)
class SampledCase:
    """A case of a sample, in the order of the seed."""

    place: int
    id: int
    number: str
    applicant: str
    unit: str
    kind: str
    state: str
    amount: Money | None
    need_on: date

    @property
    def kind_name(self) -> Sentence:
        return find_kind(self.kind).name


@dataclass(frozen=True)
class DrawnSample:
    """A sample with who drew it."""

    sample: Sample
    who: str

    @property
    def since(self) -> date:
        return date.fromisoformat(self.sample.bounds["since"])

    @property
    def until(self) -> date:
        return date.fromisoformat(self.sample.bounds["until"])

    @property
    def kind_name(self) -> Sentence | None:
        return find_kind(self.sample.bounds["kind"]).name if self.sample.bounds["kind"] else None

    @property
    def drawn_at(self) -> datetime:
        return self.sample.drawn_at


def get_doubt(doubt_id: int, *, by: Actor) -> ListedDoubt:
    """The doubt, for its owner and for the auditors of its union; NotYours for everybody else."""
    row = db.session.execute(_doubts().where(Doubt.id == doubt_id, _sight(by))).first()
    if row is None:
        raise NotYours
    return _listed([tuple(row)], by)[0]


def list_doubts(chosen: Mapping[str, object], *, by: Actor, ask: Ask | None = None) -> Page[ListedDoubt]:
    """A page of the register, newest first; `chosen` may hold state, owner, code, overdue and unit."""
    by.require("audit.doubt")
    ask = ask or Ask()
    statement = _doubts().where(within(Doubt.union_id, by), *_conditions(chosen, by))
    edge = ask.key[0] if ask.key and isinstance(ask.key[0], int) else None
    if edge is not None:
        statement = statement.where(Doubt.id > edge if ask.backwards else Doubt.id < edge)
    order = Doubt.id.asc() if ask.backwards else Doubt.id.desc()
    rows = [tuple(row) for row in db.session.execute(statement.order_by(order).limit(ask.size + 1))]
    return page_of(_listed(rows, by), ask, lambda one: (one.doubt.id,))


def list_mine(*, by: Actor) -> Sequence[ListedDoubt]:
    """The doubts that ask this person: those that wait first, then the newest hundred that do not."""
    waits = sa.case((Doubt.state == DoubtState.OPEN, 0), else_=1)
    mine = _doubts().where(Doubt.owner_id == by.user_id).order_by(waits, Doubt.due_on.desc(), Doubt.id.desc())
    return _listed([tuple(row) for row in db.session.execute(mine.limit(100))], by)


def list_owners_asked(*, by: Actor) -> Sequence[tuple[int, str]]:
    """Who was ever asked, for the filter: account and name."""
    asked = sa.select(Doubt.owner_id).where(within(Doubt.union_id, by))
    rows = db.session.execute(
        sa.select(User.id, Person.name).join(Person, Person.id == User.person_id).where(User.id.in_(asked))
        .order_by(Person.name, User.id)
    )  # fmt: skip
    return [(row.id, row.name) for row in rows]


def list_history(doubt: Doubt) -> Sequence[AuditEntry]:
    """The lines of the record about a doubt, oldest first."""
    about = sa.select(AuditEntry).where(AuditEntry.subject == "doubt", AuditEntry.subject_id == doubt.id)
    return db.session.scalars(about.order_by(AuditEntry.id)).all()


def get_sample(sample_id: int, *, by: Actor) -> DrawnSample:
    """A sample; NotYours for one that somebody of another subtree drew."""
    by.require("audit.doubt")
    row = db.session.execute(_samples(by).where(Sample.id == sample_id)).first()
    if row is None:
        raise NotYours
    return DrawnSample(row[0], row[1] or "")


def list_samples(*, by: Actor) -> Sequence[DrawnSample]:
    """The last fifty samples, newest first."""
    by.require("audit.doubt")
    rows = db.session.execute(_samples(by).order_by(Sample.id.desc()).limit(50))
    return [DrawnSample(row[0], row[1] or "") for row in rows]


def list_sampled(sample: Sample, *, by: Actor) -> list[SampledCase]:
    """The cases of a sample as they stand now, in the order of the seed."""
    by.require("audit.doubt")
    amount = sa.func.coalesce(Case.approved, Case.proposed, type_=Case.proposed.type)
    rows = db.session.execute(
        sa.select(
            Case.id, Case.number, Person.name, Union.short_name, Case.kind, Case.state, amount, Case.need_on
        )
        .join(Person, Person.id == Case.applicant_id)
        .join(Union, Union.id == Case.union_id)
        .where(Case.id.in_(sample.case_ids), within(Case.union_id, by))
    )  # fmt: skip
    known = {row[0]: row for row in rows}
    drawn = [known[case_id] for case_id in sample.case_ids if case_id in known]
    return [SampledCase(place, *row) for place, row in enumerate(drawn, start=1)]


def _doubts() -> Any:
    return (
        sa.select(Doubt, Person.name, Union.short_name)
        .join(User, User.id == Doubt.owner_id)
        .join(Person, Person.id == User.person_id)
        .join(Union, Union.id == Doubt.union_id)
    )


def _samples(by: Actor) -> Any:
    statement = sa.select(Sample, Person.name).outerjoin(Person, Person.id == Sample.drawn_by)
    return statement if by.sees(None) else statement.where(Sample.drawn_by == by.person_id)


def _sight(by: Actor) -> sa.ColumnElement[bool]:
    mine = Doubt.owner_id == by.user_id
    return sa.or_(mine, within(Doubt.union_id, by)) if by.can("audit.doubt") else mine


def _conditions(chosen: Mapping[str, object], by: Actor) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [
        getattr(Doubt, name) == chosen[name] for name in ("state", "code") if name in chosen
    ]
    if "owner" in chosen:
        found.append(Doubt.owner_id == int(str(chosen["owner"])))
    if "overdue" in chosen:
        found.append(sa.and_(Doubt.state == DoubtState.OPEN, Doubt.due_on < clock.today()))
    if "unit" in chosen:
        found.append(seen(Doubt.union_id, chosen, by))
    return found


def _listed(rows: Sequence[tuple[Doubt, str, str]], by: Actor) -> list[ListedDoubt]:
    subjects = read_subjects((doubt.subject, doubt.subject_id) for doubt, _, _ in rows)
    found = []
    for doubt, owner, unit in rows:
        subject = subjects.get((doubt.subject, doubt.subject_id))
        found.append(ListedDoubt(doubt, owner, unit, subject, subject.url_for(by) if subject else None))
    return found
