"""What does the demo's finance office do? Money comes in by quarter; sheets go out, kits are handed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from relief import clock
from relief.db import db
from relief.demo.book import Book
from relief.demo.mending import mend
from relief.demo.people import BUILDER, person
from relief.demo.steps import fund_id, working_before, working_days_on, working_from
from relief.domain.batching import may_gather
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.ways import Way
from relief.domain.workflow import PaymentState, SheetState
from relief.funds import service as funds
from relief.payments import service as payments
from relief.payments.facts import facts_of, list_waiting
from relief.payments.models import Payment, Sheet
from relief.vouchers import service as vouchers
from relief.vouchers.models import Voucher

TOLD = 735
QUARTER = 91
INCOME = {"F3": (130_000, 120_000), "F4": (90_000, 90_000), "F6": (35_000, 30_000)}
PAYDAY, EARLIER_PAYDAY = 16, 50
A_YEAR = timedelta(days=370)
LATEST_RELEASE = 6
TITLES = {Way.TRANSFER: "困难职工救助", Way.GOODS: "慰问品"}


def income(today: date) -> Iterator[date]:
    """Announce and receive money each quarter of the two years that are told."""
    for quarter in range(TOLD // QUARTER + 1):
        yield working_before(today - timedelta(days=TOLD - QUARTER * quarter))
        for code, (announced, received) in INCOME.items():
            fund, day = fund_id(code), clock.today()
            funds.announce(fund, Money.yuan(announced), document_number=f"兴林工发〔{day.year}〕{day.month}号",
                           on=day, by=BUILDER)  # fmt: skip
            funds.receive(fund, Money.yuan(received), document_number=f"到账通知{day:%Y%m}", on=day, by=BUILDER)


def sheets(fund: str, today: date, book: Book) -> Iterator[date]:
    """A sheet twice a month (in the first year seldom), where something waits, down to the bank's answer."""
    day = today - timedelta(days=TOLD - 35)
    yield working_before(day)
    while day < today - timedelta(days=LATEST_RELEASE):
        yield from pay(fund, Way.TRANSFER, book)
        day += timedelta(days=PAYDAY if day > today - A_YEAR else EARLIER_PAYDAY)
        yield working_from(max(day, clock.today() + timedelta(days=1)))


def last_sheets(today: date) -> Iterator[date]:
    """The newest awards but two: one sheet on its way to the bank, no answer yet; another waits to be released."""
    yield working_before(today - timedelta(days=2))
    able = able_rows("F4", Way.TRANSFER)
    first, second = able[: len(able) // 2], able[len(able) // 2 : -2]
    if first:
        sheet = _gather("F4", Way.TRANSFER, first)
        release(sheet)
        send(sheet)
    if second:
        _gather("F4", Way.TRANSFER, second)


def pay(fund: str, way: Way, book: Book, window_id: int | None = None) -> Iterator[date]:
    """One sheet from its rows to the books, a day between two hands; nothing when no row waits."""
    ids = able_rows(fund, way, window_id)
    if not ids:
        return
    sheet = _gather(fund, way, ids)
    release(sheet)
    yield working_days_on(1)
    send(sheet)
    yield working_days_on(1)
    returned = record(sheet, book)
    if returned:
        yield working_days_on(2)
        for payment in returned:
            if payment.case_id not in book.unmended:
                mend(payment)
    yield working_days_on(3)
    finish(sheet)


def able_rows(fund: str, way: Way, window_id: int | None = None) -> list[int]:
    """The instalments of a fund (and window) that nothing keeps from a sheet of this way today."""
    waiting = list_waiting(fund_id(fund), limit=1_000, goods=way is Way.GOODS)
    mine = [one for one in waiting if window_id is None or one.case.window_id == window_id]
    facts, today = facts_of(mine), clock.today()
    return [
        one.instalment.id for one in mine
        if may_gather(facts[one.instalment.id], fund, today, way=way, month=Month.of(today)) is None
    ]  # fmt: skip


def release(sheet: Sheet) -> None:
    """The finance head lets the money go."""
    payments.release(sheet.id, version=version_of(sheet), by=person("wu"))


def send(sheet: Sheet) -> None:
    """The cashier brings it to the bank, and prints the vouchers of transfers."""
    payments.send(sheet.id, version=version_of(sheet), by=person("zheng"))
    vouchers.print_sheet(sheet.id, by=person("zheng"))


def record(sheet: Sheet, book: Book) -> list[Payment]:
    """What became of the rows: handed over and signed for, or the bank's answer; those that came back."""
    rows = list(db.session.scalars(db.select(Payment).where(Payment.sheet_id == sheet.id).order_by(Payment.line)))
    if sheet.way == Way.GOODS:
        payments.record_handover(sheet.id, version=version_of(sheet), payment_ids=[one.id for one in rows],
                                 on=clock.today(), by=person("zheng"))  # fmt: skip
        return []
    back = [one for one in rows if one.attempt == 1 and one.case_id in book.bounces]
    arrived = [one.id for one in rows if one not in back and one.state == PaymentState.SENT]
    if arrived:
        payments.record_success(
            sheet.id, version=version_of(sheet), payment_ids=arrived, on=clock.today(),
            bank_number=f"HD{clock.today():%Y%m%d}{sheet.id:03d}", by=person("zheng"),
        )  # fmt: skip
    for one in back:
        payments.record_bounce(sheet.id, one.id, version=version_of(sheet), reason="B02", on=clock.today(),
                               note="账号与户名不符", by=person("zheng"))  # fmt: skip
    return back


def version_of(row: Sheet | Payment | Voucher) -> int:
    """The version that a verb just raised."""
    db.session.flush()
    return row.version


def _gather(fund: str, way: Way, ids: Sequence[int]) -> Sheet:
    zhou = person("zhou")
    sheet = payments.start_sheet(fund_id(fund), month=Month.of(clock.today()), title=TITLES[way], way=way, by=zhou)
    payments.gather(sheet.id, version=version_of(sheet), instalment_ids=ids, by=zhou)
    payments.submit(sheet.id, version=version_of(sheet), by=zhou)
    return sheet


def finish(sheet: Sheet) -> None:
    """The numbers of the books, the signed vouchers, and the end of the sheet."""
    zhou = person("zhou")
    payments.book(
        sheet.id, version=version_of(sheet), subject_code="5202 困难职工帮扶", by=zhou,
        ledger_number=f"记-{clock.today():%m}-{sheet.id:03d}", bank_number=f"HD{clock.today():%Y%m%d}",
    )  # fmt: skip
    for voucher in db.session.scalars(db.select(Voucher).where(Voucher.sheet_id == sheet.id)).all():
        if voucher.state == "printed" and voucher.id % 40:
            vouchers.sign(voucher.id, version=version_of(voucher), signed_on=clock.today(), by=person("zheng"))
    if sheet.state == SheetState.RECONCILED:
        payments.close(sheet.id, version=version_of(sheet), by=zhou)
