"""What do the tests of every verb of money ask? The record, the page in English, another pair of hands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.permissions import Actor
from relief.payments.models import Payment, Sheet
from relief.vouchers.models import Voucher
from tests.build import sign_in

ENGLISH = {"Accept-Language": "en"}


def lines_of(verb: str, subject_id: int | None = None) -> list[AuditEntry]:
    """The lines of the record about one verb, of one subject if it is given."""
    wanted = db.select(AuditEntry).where(AuditEntry.verb == verb).order_by(AuditEntry.id)
    if subject_id is not None:
        wanted = wanted.where(AuditEntry.subject_id == subject_id)
    return list(db.session.scalars(wanted))


def rows_of(sheet: Sheet) -> list[Payment]:
    """The payments of a sheet as they stand in the database now."""
    return list(db.session.scalars(db.select(Payment).where(Payment.sheet_id == sheet.id).order_by(Payment.line)))


def all_vouchers() -> list[Voucher]:
    """Every voucher by number."""
    return list(db.session.scalars(db.select(Voucher).order_by(Voucher.sequence)))


def again(row: Any) -> Any:
    """The row as it stands in the database now."""
    model, row_id = type(row), row.id
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(model, row_id)


def of_a_unit(actor: Actor, union_id: int) -> Actor:
    """The same role, held at a unit: money is the bureau's."""
    return replace(actor, scope=frozenset({union_id}), union_id=union_id)


def in_the_hands_of(role: Actor, person_id: int | None) -> Actor:
    """The same role and scope, in the hands of another person."""
    return replace(role, person_id=person_id)


def get(client: FlaskClient, office: Any, who: str, address: str) -> TestResponse:
    """A page in English, as one of the cast sees it."""
    sign_in(client, office, who)
    return client.get(address, headers=ENGLISH)


def post(client: FlaskClient, office: Any, who: str, address: str, **fields: Any) -> TestResponse:
    """A form that one of the cast sends, in English."""
    sign_in(client, office, who)
    return client.post(address, data=fields, headers=ENGLISH)
