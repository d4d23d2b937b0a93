"""Do the tallies say what arrived: when it arrives, when it comes back, and when the calendar was changed?"""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from relief import clock
from relief.db import db, transaction
from relief.domain.money import Money
from relief.payments import service as payments
from relief.payments.models import Payment, Sheet
from relief.payments.tally_models import PaidTally, WaitTally
from relief.policies.models import CalendarDay
from tests.build import Office, an_office
from tests.build_cases import a_paid_case

ONE_DAY = timedelta(days=1)


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def paid() -> list[tuple[str, str, int, Money]]:
    return [(one.month, one.kind, one.payments, one.amount) for one in db.session.scalars(sa.select(PaidTally))]


def waited() -> list[tuple[int, int]]:
    return [(one.days, one.payments) for one in db.session.scalars(sa.select(WaitTally).where(WaitTally.payments > 0))]


def test_what_arrives_is_counted_and_what_comes_back_is_not(office: Office) -> None:
    a_paid_case(office)
    assert paid() == [(f"{clock.today():%Y-%m}", "special", 1, Money.yuan(3_000))]
    assert [count for _, count in waited()] == [1]
    payment = db.session.scalars(sa.select(Payment)).one()
    sheet = db.session.get_one(Sheet, payment.sheet_id)
    payments.record_bounce(
        sheet.id, payment.id, version=sheet.version, reason="B01", on=clock.today(), by=office.zheng
    )
    assert [row[2:] for row in paid()] == [(0, Money(0))] and waited() == []
    assert payments.recount() == 0


def test_a_changed_calendar_and_a_wrong_row_are_put_right(office: Office) -> None:
    case = a_paid_case(office)
    ((days, _),) = waited()
    with transaction():
        db.session.execute(sa.update(PaidTally).values(payments=7))
        weekday = next(day for day in (case.need_on + n * ONE_DAY for n in range(1, 8)) if day.weekday() < 5)
        db.session.merge(CalendarDay(day=weekday, is_working=False))
    assert payments.recount() == 3, "the count, the wait that was and the wait that is"
    assert waited() == [(days - 1, 1)] and paid()[0][2] == 1
    assert payments.recount() == 0
