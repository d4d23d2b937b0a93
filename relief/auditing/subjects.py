"""What is a doubt about? A case, a file, a payment, a sheet, a voucher, a fund or a visit: by id, or by its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from relief.accounts.models import Union
from relief.auditing.columns import named
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.labels import label
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.funds.models import Fund
from relief.households.models import Household
from relief.payments.models import Payment, Sheet
from relief.persons.models import Person
from relief.visits.models import Visit
from relief.vouchers.models import Voucher


@dataclass(frozen=True)
class Subject:
    """What a doubt is about: its kind and id, its union, whom it concerns, its number, and where its page is."""

    kind: str
    id: int
    union_id: int
    name: str
    number: str
    page_id: int

    @property
    def label(self) -> Sentence:
        return KINDS[self.kind].label

    def url_for(self, by: Actor) -> str | None:
        """Its page, for those whose role opens it and who see its union."""
        kind = KINDS[self.kind]
        return f"{kind.page}/{self.page_id}" if by.can(kind.permission) and by.sees(self.union_id) else None


@dataclass(frozen=True)
class _Kind:
    """How a sort of subject is named, read, found by number, and where its page is."""

    label: Sentence
    permission: str
    rows: Any
    id: InstrumentedAttribute[int]
    number: Any
    page: str


def _root() -> Any:
    return sa.select(Union.id).where(Union.parent_id.is_(None)).limit(1).scalar_subquery()


def _rows(model: Any, union: Any, name: Any, number: Any, page: Any = None) -> Any:
    page_id = model.id if page is None else page
    return sa.select(
        model.id, named(union, "union_id"), named(name, "name"), named(number, "number"), named(page_id, "page_id")
    )


_CASES = _rows(Case, Case.union_id, Person.name, Case.number).join(Person, Person.id == Case.applicant_id)
_FILES = _rows(Household, Household.union_id, Person.name, Household.number).join(
    Person, Person.id == Household.head_id
)
_PAYMENTS = _rows(Payment, Payment.union_id, Payment.payee_name, Case.number, Case.id).join(
    Case, Case.id == Payment.case_id
)
_SHEETS = _rows(Sheet, _root(), Sheet.title, sa.func.coalesce(Sheet.number, Sheet.month))
_VOUCHERS = _rows(Voucher, Voucher.union_id, Payment.payee_name, Voucher.number).join(
    Payment, Payment.id == Voucher.payment_id
)
_FUNDS = _rows(Fund, _root(), Fund.name, Fund.code)
_VISITS = (
    _rows(Visit, Visit.union_id, Person.name, Household.number)
    .join(Household, Household.id == Visit.household_id)
    .join(Person, Person.id == Household.head_id)
)

KINDS: dict[str, _Kind] = {
    "case": _Kind(label("Case"), "case.read", _CASES, Case.id, Case.number, "/cases"),
    "household": _Kind(
        label("Household file"), "household.read", _FILES, Household.id, Household.number, "/households"
    ),
    "payment": _Kind(label("Payment"), "case.read", _PAYMENTS, Payment.id, None, "/cases"),
    "sheet": _Kind(label("Disbursement sheet"), "sheet.read", _SHEETS, Sheet.id, Sheet.number, "/sheets"),
    "voucher": _Kind(label("Voucher"), "sheet.read", _VOUCHERS, Voucher.id, Voucher.number, "/vouchers"),
    "fund": _Kind(label("Fund"), "fund.read", _FUNDS, Fund.id, Fund.code, "/funds"),
    "visit": _Kind(label("Visit"), "visit.read", _VISITS, Visit.id, None, "/visits"),
}  # fmt: skip


def get_subject(kind: str, subject_id: int, *, by: Actor) -> Subject:
    """The subject; NotYours for an unknown kind, a missing row, or a union outside the subtree."""
    found = read_subjects([(kind, subject_id)]).get((kind, subject_id))
    if found is None:
        raise NotYours
    by.require_sight(found.union_id)
    return found


def read_subjects(wanted: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Subject]:
    """Several subjects at once, whoever may see them: one statement for each kind among them."""
    pairs, found = set(wanted), dict[tuple[str, int], Subject]()
    for kind in {kind for kind, _ in pairs} & set(KINDS):
        ids = [one for other, one in pairs if other == kind]
        for row in db.session.execute(KINDS[kind].rows.where(KINDS[kind].id.in_(ids))):
            found[kind, row.id] = Subject(kind, *row)
    return found


def find_by_number(text: str, *, by: Actor) -> Subject:
    """The case, file, sheet, voucher or fund of this number; RuleBroken on `number` when there is none to be seen."""
    number = text.strip().upper()
    for kind, one in KINDS.items():
        if one.number is None:
            continue
        row = db.session.execute(one.rows.where(one.number == number)).first() if number else None
        if row is not None and by.sees(row.union_id):
            return Subject(kind, *row)
    raise RuleBroken("number", "There is no case, file, sheet, voucher or fund of this number.")
