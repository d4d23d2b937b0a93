"""What is printed on a voucher? A paper made from the data that was frozen at release, and from that alone."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from relief.documents.paper import Private
from relief.documents.voucher import Goods
from relief.documents.voucher import Voucher as Paper
from relief.domain.identity import mask_card, mask_resident_id
from relief.domain.money import Money
from relief.domain.sentences import Sentence
from relief.office import office
from relief.vouchers.models import Voucher


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


def _goods_line(given: dict[str, Any]) -> Goods:
    return Goods(given["name"], given["quantity"], given["measure"], Money(given["fen"]))
