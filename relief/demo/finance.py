"""What does the demo's finance office do? Money comes in by quarter; a sheet goes out twice a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from relief import clock
from relief.db import db
from relief.demo.people import BUILDER, person
from relief.domain.batching import may_gather
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.ways import Way
from relief.domain.workflow import PaymentState
from relief.funds import service as funds
from relief.funds.models import Fund
from relief.funds.queries import find_fund
from relief.payments import service as payments
from relief.payments.facts import facts_of, list_waiting
from relief.payments.models import Payment, Sheet
from relief.policies.queries import load_calendar
from relief.vouchers.models import Voucher
from relief.vouchers.service import print_voucher

QUARTER = 91
INCOME = {"F3": (60_000, 40_000), "F4": (80_000, 80_000), "F6": (20_000, 15_000)}
PAYDAY = 14
LATEST_RELEASE = 6


def income(today: date) -> Iterator[date]:
    """Announce and receive money each quarter of the year that is told."""
    for quarter in range(4):
        yield load_calendar().previous_working_day(today - timedelta(days=350 - QUARTER * quarter)).on
        for code, (announced, received) in INCOME.items():
            fund = find_fund(code)
            if fund is None:
                continue
            year = clock.today().year
            funds.announce(fund.id, Money.yuan(announced), document_number=f"兴林工发〔{year}〕{quarter + 3}号",
                           on=clock.today(), by=BUILDER)  # fmt: skip
            funds.receive(fund.id, Money.yuan(received), document_number=f"到账通知{year}{quarter + 1:02d}",
                          on=clock.today(), by=BUILDER)  # fmt: skip


def sheets(today: date) -> Iterator[date]:
    """A sheet every two weeks: gathered, released, sent, and what the bank said; the last one waits for release."""
    day = today - timedelta(days=340)
    while day < today - timedelta(days=LATEST_RELEASE):
        yield load_calendar().previous_working_day(day).on
        yield from _sheet()
        day += timedelta(days=PAYDAY)


def last_sheet(today: date) -> Iterator[date]:
    """The sheet of today's newest awards but one: on its way to the bank, no answer yet."""
    yield load_calendar().previous_working_day(today - timedelta(days=2)).on
    sheet = _gather(leave=2)
    if sheet is not None:
        _release(sheet)
        payments.send(sheet.id, version=_version(sheet), by=person("zheng"))


def _sheet() -> Iterator[date]:
    sheet = _gather()
    if sheet is None:
        return
    _release(sheet)
    yield load_calendar().add_working_days(clock.today(), 1).on
    zheng = person("zheng")
    payments.send(sheet.id, version=_version(sheet), by=zheng)
    for voucher in db.session.scalars(db.select(Voucher).where(Voucher.sheet_id == sheet.id)).all():
        print_voucher(voucher.id, by=zheng)
    yield load_calendar().add_working_days(clock.today(), 1).on
    _record(sheet)


def _gather(leave: int = 0) -> Sheet | None:
    fund, zhou = find_fund("F4"), person("zhou")
    able = _able(fund, Way.TRANSFER) if fund else []
    ids = able[: len(able) - leave or None]
    if fund is None or not ids or len(able) <= leave:
        return None
    sheet = payments.start_sheet(fund.id, month=Month.of(clock.today()), title="困难职工救助", by=zhou)
    payments.gather(sheet.id, version=_version(sheet), instalment_ids=ids, by=zhou)
    payments.submit(sheet.id, version=_version(sheet), by=zhou)
    return sheet


def _able(fund: Fund, way: Way) -> list[int]:
    """The instalments of a fund that nothing keeps from a sheet of this way today."""
    waiting, today = list_waiting(fund.id, goods=way is Way.GOODS), clock.today()
    facts = facts_of(waiting)
    return [
        one.instalment.id for one in waiting
        if may_gather(facts[one.instalment.id], fund.code, today, way=way, month=Month.of(today)) is None
    ]  # fmt: skip


def kits(today: date) -> Iterator[date]:
    """A sheet of goods a month: kits are handed over against a signature."""
    day = today - timedelta(days=335)
    while day < today - timedelta(days=LATEST_RELEASE):
        yield load_calendar().previous_working_day(day).on
        fund, zhou, zheng = find_fund("F4"), person("zhou"), person("zheng")
        ids = _able(fund, Way.GOODS) if fund else []
        if fund is not None and ids:
            month = Month.of(clock.today())
            sheet = payments.start_sheet(fund.id, month=month, title="慰问品", way=Way.GOODS, by=zhou)
            payments.gather(sheet.id, version=_version(sheet), instalment_ids=ids, by=zhou)
            payments.submit(sheet.id, version=_version(sheet), by=zhou)
            _release(sheet)
            yield load_calendar().add_working_days(clock.today(), 1).on
            payments.send(sheet.id, version=_version(sheet), by=zheng)
            rows = list(db.session.scalars(db.select(Payment.id).where(Payment.sheet_id == sheet.id)))
            payments.record_handover(
                sheet.id, version=_version(sheet), payment_ids=rows, on=clock.today(), by=zheng
            )
        day += timedelta(days=30)


def _release(sheet: Sheet) -> None:
    payments.release(sheet.id, version=_version(sheet), by=person("wu"))


def _record(sheet: Sheet) -> None:
    zheng = person("zheng")
    rows = list(db.session.scalars(db.select(Payment).where(Payment.sheet_id == sheet.id).order_by(Payment.line)))
    bounced = [one for one in rows if one.attempt == 1 and one.case_id % 8 == 0]
    arrived = [one.id for one in rows if one not in bounced and one.state == PaymentState.SENT]
    if arrived:
        payments.record_success(
            sheet.id, version=_version(sheet), payment_ids=arrived, on=clock.today(),
            bank_number=f"HD{clock.today():%Y%m%d}{sheet.id:03d}", by=zheng,
        )  # fmt: skip
    for one in bounced:
        payments.record_bounce(
            sheet.id, one.id, version=_version(sheet), reason="B01", on=clock.today(), by=zheng
        )
        payments.pay_again(one.id, version=_version(one), by=person("zhou"))


def _version(row: Sheet | Payment) -> int:
    db.session.flush()  # the version that a verb just raised
    return row.version
