"""Whose hands were on the cases of a sheet, and on the sheet itself? By person, not by account."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from relief.cases.models import Case, CaseStep
from relief.db import db
from relief.domain.approval import Hands
from relief.households.models import Member
from relief.payments.models import Payment, Sheet
from relief.persons.models import DeclaredRelative


def hands_on(sheet: Sheet, person_id: int | None) -> Hands:
    """All hands on a sheet; whoever declared a relative among its households counts as one of them."""
    case_ids = sa.select(Payment.case_id).where(Payment.sheet_id == sheet.id)
    taken = _taken(case_ids)
    near = _members(sheet)
    relatives = db.session.scalars(
        sa.select(DeclaredRelative.relative_id).where(DeclaredRelative.person_id == person_id)
    )
    return Hands(
        entered=frozenset(taken.get("enter", set()) | _writers(case_ids)),
        opinion=frozenset(taken.get("opinion", ())),
        reviewed=frozenset(taken.get("review", ())),
        decided=frozenset(taken.get("decide", ())),
        made=_some(sheet.made_by) | frozenset(sheet.makers),
        released=_some(sheet.released_by),
        paid=_some(sheet.sent_by),
        household=near,
        relatives=_some(person_id if near & set(relatives) else None),
    )


def _taken(case_ids: sa.Select[Any]) -> dict[str, set[int]]:
    """Persons by hand; a paper decision counts as its signer's."""
    found: dict[str, set[int]] = {}
    steps = sa.select(CaseStep.hand, sa.func.coalesce(CaseStep.on_behalf_of, CaseStep.person_id)).where(
        CaseStep.case_id.in_(case_ids), CaseStep.hand.is_not(None)
    )
    for hand, person in db.session.execute(steps.distinct()):
        found.setdefault(str(hand), set()).add(person)
    return found


def _writers(case_ids: sa.Select[Any]) -> set[int]:
    """Who entered the cases, and who wrote in their drafts."""
    rows = db.session.execute(sa.select(Case.entered_by, Case.details).where(Case.id.in_(case_ids)))
    return {person for entered, details in rows for person in (entered, *details.get("writers", ())) if person}


def _members(sheet: Sheet) -> frozenset[int]:
    households = sa.select(Payment.household_id).where(Payment.sheet_id == sheet.id)
    members = sa.select(Member.person_id).where(Member.household_id.in_(households), Member.until.is_(None))
    return frozenset(db.session.scalars(members))


def _some(person: int | None) -> frozenset[int]:
    return frozenset() if person is None else frozenset({person})
