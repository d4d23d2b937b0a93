"""What happens to a voucher on paper? Printed and counted, signed, filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from relief import clock
from relief.audit.service import record, record_access
from relief.db import db, transaction
from relief.documents.glyphs import missing_glyphs, refuse_missing
from relief.domain.errors import RuleBroken, WrongState
from relief.domain.permissions import Actor
from relief.domain.workflow import VOUCHER_STEPS, VoucherState, take
from relief.files.judging import judge_all
from relief.files.service import attach
from relief.payments.models import Payment
from relief.vouchers.models import Voucher
from relief.vouchers.service.making import held

PRINTABLE = (VoucherState.MADE, VoucherState.PRINTED, VoucherState.SIGNED)


@dataclass(frozen=True)
class Printing:
    """The vouchers of a sheet that were counted as printed, and the numbers of those that cannot be printed."""

    vouchers: Sequence[Voucher]
    refused: Sequence[str]


def print_voucher(voucher_id: int, *, by: Actor) -> Voucher:
    """Count a printing: the first makes it printed, each later one is 补打 第n次. RuleBroken for a missing glyph."""
    with transaction():
        voucher = held(voucher_id, by)
        refuse_missing(voucher.paper)
        _count_printing(voucher, by)
        return voucher


def print_sheet(sheet_id: int, *, by: Actor) -> Printing:
    """Count a printing of every voucher of a sheet that may be printed; one with a missing glyph is left out."""
    by.require("voucher.print")
    with transaction():
        wanted = sa.select(Voucher).where(Voucher.sheet_id == sheet_id, Voucher.state.in_(PRINTABLE))
        found = db.session.scalars(wanted.order_by(Voucher.sequence).with_for_update()).all()
        seen = [one for one in found if by.sees(one.union_id)]
        able = [one for one in seen if not missing_glyphs(one.paper)]
        if not able:
            raise WrongState(None, "No voucher of this sheet can be printed.")
        for voucher in able:
            _count_printing(voucher, by)
        return Printing(able, [one.number for one in seen if one not in able])


def print_void_copy(voucher_id: int, *, by: Actor) -> Voucher:
    """Note that somebody took the red 作废 copy of a void voucher."""
    by.require("voucher.print")
    with transaction():
        voucher = held(voucher_id, by)
        if voucher.state != VoucherState.VOID:
            raise WrongState(None, "This voucher is not void.")
        refuse_missing(voucher.paper)
        record_access("voucher.void_copy", "voucher", voucher.id, by=by)
        return voucher


def sign(
    voucher_id: int, *, version: int, signed_on: date, scans: Sequence[Any] = (), by: Actor
) -> Voucher:
    """Note that the payee signed, with scans of the signed paper; not before it was made, not in the future."""
    judged = judge_all(list(scans), field="scans")
    with transaction():
        voucher = held(voucher_id, by, version)
        step = take(VOUCHER_STEPS, "sign", voucher.state, by)
        if not clock.business_date(voucher.made_at) <= signed_on <= clock.today():
            raise RuleBroken("signed_on", "The day of signing lies between the making of the voucher and today.")
        voucher.state, voucher.signed_on = str(step.leads_to), signed_on
        for scan in judged:
            attach(scan, field="scans", kind="signed_voucher", by=by, **_place(voucher))
        changes = {"signed_on": signed_on, "scans": len(judged)}
        record("voucher.sign", "voucher", voucher.id, by=by, union_id=voucher.union_id, changes=changes)
        return voucher


def archive(voucher_id: int, *, version: int, by: Actor) -> Voucher:
    """File the signed voucher."""
    with transaction():
        voucher = held(voucher_id, by, version)
        step = take(VOUCHER_STEPS, "archive", voucher.state, by)
        voucher.state = str(step.leads_to)
        record("voucher.archive", "voucher", voucher.id, by=by, union_id=voucher.union_id)
        return voucher


def _count_printing(voucher: Voucher, by: Actor) -> None:
    verb = "print" if voucher.state == VoucherState.MADE else "reprint"
    step = take(VOUCHER_STEPS, verb, voucher.state, by)
    voucher.state = str(step.leads_to or voucher.state)
    voucher.printed += 1
    changes = {"printed": voucher.printed}
    record(f"voucher.{verb}", "voucher", voucher.id, by=by, union_id=voucher.union_id, changes=changes)


def _place(voucher: Voucher) -> dict[str, Any]:
    payment = db.session.get_one(Payment, voucher.payment_id)
    return {
        "subject": "voucher", "subject_id": voucher.id, "union_id": voucher.union_id,
        "household_id": payment.household_id,
    }  # fmt: skip
