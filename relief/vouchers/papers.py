"""What is printed on a voucher? Frozen as data at release, and made into a paper from that data alone."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import Union
from relief.cases.models import Case, CaseStep
from relief.cases.service.notices import cause_of
from relief.db import db
from relief.documents.paper import Private
from relief.documents.voucher import Goods
from relief.documents.voucher import Voucher as Paper
from relief.domain.aid import find_kind
from relief.domain.identity import mask_card, mask_resident_id
from relief.domain.money import Money
from relief.domain.notice import generic_cause
from relief.domain.sentences import Sentence, sentence
from relief.domain.ways import Way
from relief.files.models import Attachment
from relief.office import office
from relief.payments.models import Payment, Sheet
from relief.payments.parts_shown import kits_by_payment
from relief.persons.models import Person
from relief.visits.models import Visit, Visitor
from relief.vouchers.models import Voucher


def frozen_paper(payment: Payment, sheet: Sheet, replaces: str | None) -> dict[str, Any]:
    """What the voucher of a payment will say, as JSON data."""
    case = db.session.get_one(Case, payment.case_id)
    payee = db.session.get_one(Person, payment.payee_id)
    signers = _signers(case.id)
    return {
        "office": office().office_name,
        "unit": db.session.get_one(Union, case.union_id).name,
        "payee": payment.payee_name,
        "resident_id": payee.resident_id or "",
        "kind": find_kind(case.kind).name.as_data(),
        "reason": _reason(case).as_data(),
        "month": sheet.month,
        "fen": payment.amount.fen,
        "way": Way(payment.way).label.as_data(),
        "fund": f"{sheet.fund.code} {sheet.fund.name}",
        "case_number": case.number,
        "made_at": clock.now().astimezone(clock.SHANGHAI).replace(tzinfo=None).isoformat(timespec="minutes"),
        "telephone": office().office_phone,
        "bank": payment.bank or "",
        "account": payment.account_number or "",
        "goods": _goods(payment),
        "attachments": _count_papers(case),
        "handlers": _handlers(case),
        "reviewer": signers.get("review", ""),
        "approver": signers.get("approve", ""),
        "replaces": replaces,
    }


def paper_of(voucher: Voucher) -> Paper:
    """The paper of a voucher, from its frozen data, its number and its token."""
    body = json.loads(voucher.paper)
    account, resident_id = body["account"], body["resident_id"]
    public_url = office().public_url
    return Paper(
        number=voucher.number,
        office=body["office"],
        unit=body["unit"],
        payee=body["payee"],
        resident_id=Private(mask_resident_id(resident_id) if resident_id else "", resident_id),
        kind=Sentence.from_data(body["kind"]),
        reason=Sentence.from_data(body["reason"]),
        month=date.fromisoformat(f"{body['month']}-01"),
        amount=Money(body["fen"]),
        way=Sentence.from_data(body["way"]),
        fund=body["fund"],
        case_number=body["case_number"],
        made_at=datetime.fromisoformat(body["made_at"]),
        telephone=body["telephone"],
        bank=body["bank"],
        account=Private(mask_card(account) if account else "", account),
        goods=tuple(_goods_line(one) for one in body.get("goods", ())),
        attachments=body["attachments"],
        handlers=tuple(body["handlers"]),
        reviewer=body["reviewer"],
        approver=body["approver"],
        verify_url=f"{public_url.rstrip('/')}/verify/{voucher.token}" if public_url else None,
        replaces=body["replaces"],
    )


def _goods(payment: Payment) -> list[dict[str, Any]]:
    kits = kits_by_payment(Payment.id == payment.id).values() if payment.way == Way.GOODS else ()
    return [
        {"name": kit.name, "quantity": kit.quantity, "measure": kit.measure, "fen": kit.price.fen} for kit in kits
    ]


def _goods_line(given: dict[str, Any]) -> Goods:
    return Goods(given["name"], given["quantity"], given["measure"], Money(given["fen"]))


def _reason(case: Case) -> Sentence:
    return sentence("%(kind)s, %(cause)s", kind=find_kind(case.kind).name, cause=generic_cause(cause_of(case)))


def _signers(case_id: int) -> dict[str, str]:
    rows = db.session.execute(
        sa.select(CaseStep.verb, CaseStep.actor)
        .where(CaseStep.case_id == case_id, CaseStep.verb.in_(("review", "approve")))
        .order_by(CaseStep.id)
    )
    return {str(row.verb): str(row.actor) for row in rows}


def _handlers(case: Case) -> list[str]:
    names = db.session.scalars(
        sa.select(Person.name)
        .join(Visitor, Visitor.person_id == Person.id)
        .join(Visit, Visit.id == Visitor.visit_id)
        .where(Visit.household_id == case.household_id, Visit.kind == "verification", Visit.on >= case.need_on)
        .order_by(Visit.id, Visitor.id)
    )
    return list(dict.fromkeys(names))[:2]


def _count_papers(case: Case) -> int:
    papers = sa.select(sa.func.count()).where(
        Attachment.subject == "case", Attachment.subject_id == case.id, Attachment.removed_at.is_(None)
    )
    return db.session.scalar(papers) or 0
