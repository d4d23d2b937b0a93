"""What will the vouchers of a sheet say? Frozen as data at release, read for all rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from relief import clock
from relief.accounts.models import Union
from relief.cases.models import Case, CaseStep
from relief.cases.service.notices import causes_of
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.household.codes import Cause
from relief.domain.notice import generic_cause
from relief.domain.sentences import Sentence, sentence
from relief.domain.ways import Way
from relief.files.models import Attachment
from relief.office import office
from relief.payments.models import Payment, Sheet
from relief.payments.parts_shown import KitGiven, kits_by_payment
from relief.persons.models import Person
from relief.visits.models import Visit, Visitor

MOST_HANDLERS = 2


def frozen_papers(
    payments: Sequence[Payment], sheet: Sheet, replaced: Mapping[int, str]
) -> dict[int, dict[str, Any]]:
    """What the voucher of each payment will say, as JSON data, by payment; `replaced` are the numbers that they cite.

    The number of statements does not grow with the rows.
    """
    known = _Known.read(payments)
    return {one.id: _paper(one, sheet, known, replaced.get(one.id)) for one in payments}


@dataclass(frozen=True)
class _Known:
    """What the database says of some payments: of their cases, payees and households."""

    cases: Mapping[int, Case]
    payees: Mapping[int, Person]
    unions: Mapping[int, str]
    causes: Mapping[int, Cause]
    signers: Mapping[int, Mapping[str, str]]
    handlers: Mapping[int, Sequence[tuple[date, str]]]
    papers: Mapping[int, int]
    kits: Mapping[int, KitGiven]

    @classmethod
    def read(cls, payments: Sequence[Payment]) -> _Known:
        wanted = sa.select(Case).where(Case.id.in_({one.case_id for one in payments})).options(selectinload(Case.event))
        cases = {case.id: case for case in db.session.scalars(wanted)}
        units = sa.select(Union.id, Union.name).where(Union.id.in_({case.union_id for case in cases.values()}))
        return cls(
            cases=cases, payees=_people({one.payee_id for one in payments}),
            unions={row.id: row.name for row in db.session.execute(units)},
            causes=causes_of(list(cases.values())), signers=_signers(cases),
            handlers=_handlers({case.household_id for case in cases.values()}), papers=_papers(cases),
            kits=kits_by_payment(Payment.id.in_([one.id for one in payments if one.way == Way.GOODS])),
        )  # fmt: skip


def _paper(payment: Payment, sheet: Sheet, known: _Known, replaces: str | None) -> dict[str, Any]:
    case = known.cases[payment.case_id]
    signers = known.signers.get(case.id, {})
    return {
        "office": office().office_name,
        "unit": known.unions[case.union_id],
        "payee": payment.payee_name,
        "resident_id": known.payees[payment.payee_id].resident_id or "",
        "kind": find_kind(case.kind).name.as_data(),
        "reason": _reason(case, known.causes[case.id]).as_data(),
        "month": sheet.month,
        "fen": payment.amount.fen,
        "way": Way(payment.way).label.as_data(),
        "fund": f"{sheet.fund.code} {sheet.fund.name}",
        "case_number": case.number,
        "made_at": clock.now().astimezone(clock.SHANGHAI).replace(tzinfo=None).isoformat(timespec="minutes"),
        "telephone": office().office_phone,
        "bank": payment.bank or "",
        "account": payment.account_number or "",
        "goods": _goods(known.kits.get(payment.id)),
        "attachments": known.papers.get(case.id, 0),
        "handlers": _who_went(case, known),
        "reviewer": signers.get("review", ""),
        "approver": signers.get("approve", ""),
        "replaces": replaces,
    }


def _reason(case: Case, cause: Cause) -> Sentence:
    return sentence("%(kind)s, %(cause)s", kind=find_kind(case.kind).name, cause=generic_cause(cause))


def _goods(kit: KitGiven | None) -> list[dict[str, Any]]:
    if kit is None:
        return []
    return [{"name": kit.name, "quantity": kit.quantity, "measure": kit.measure, "fen": kit.price.fen}]


def _who_went(case: Case, known: _Known) -> list[str]:
    """The first who verified for this case."""
    went = [name for on, name in known.handlers.get(case.household_id, ()) if on >= case.need_on]
    return list(dict.fromkeys(went))[:MOST_HANDLERS]


def _people(ids: set[int | None]) -> dict[int, Person]:
    return {row.id: row for row in db.session.scalars(sa.select(Person).where(Person.id.in_(ids - {None})))}


def _signers(case_ids: Mapping[int, Case]) -> dict[int, dict[str, str]]:
    """Who last reviewed and who last approved each case."""
    rows = db.session.execute(
        sa.select(CaseStep.case_id, CaseStep.verb, CaseStep.actor)
        .where(CaseStep.case_id.in_(case_ids), CaseStep.verb.in_(("review", "approve")))
        .order_by(CaseStep.id)
    )
    found: dict[int, dict[str, str]] = {}
    for case_id, verb, actor in rows:
        found.setdefault(case_id, {})[verb] = actor
    return found


def _handlers(household_ids: set[int]) -> dict[int, list[tuple[date, str]]]:
    """Who verified each household on which day, in the order of the visits."""
    rows = db.session.execute(
        sa.select(Visit.household_id, Visit.on, Person.name)
        .join(Visitor, Visitor.visit_id == Visit.id)
        .join(Person, Person.id == Visitor.person_id)
        .where(Visit.household_id.in_(household_ids), Visit.kind == "verification")
        .order_by(Visit.id, Visitor.id)
    )
    found: dict[int, list[tuple[date, str]]] = {}
    for household_id, on, name in rows:
        found.setdefault(household_id, []).append((on, name))
    return found


def _papers(case_ids: Mapping[int, Case]) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(Attachment.subject_id, sa.func.count())
        .where(Attachment.subject == "case", Attachment.subject_id.in_(case_ids), Attachment.removed_at.is_(None))
        .group_by(Attachment.subject_id)
    )
    return {case_id: count for case_id, count in rows}  # noqa: C416
