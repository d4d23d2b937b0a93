"""How does a test get a list whose money and kits have arrived? Decided by the chair, paid on two sheets."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.cases.models import Case, Notice
from relief.db import db, transaction
from relief.lists import service as lists
from relief.payments import service as payments
from tests.build import Office
from tests.build_cases import a_sheet, a_visit, some_money
from tests.rooms.lists.bureau import Window, a_meeting, a_window, rows_of, to_approval
from tests.rooms.money import asking


def a_paid_list(office: Office, names: tuple[str, ...] = ("张一", "张二", "张三"), *, brought: int = 99) -> Window:
    """The list of 东风 with all rows paid; what is handed over in person was brought to the first `brought` of them."""
    opened = a_window(office, names)
    to_approval(office, opened.dongfeng)
    _announce_holidays()
    fund = some_money()
    meeting = a_meeting(office.bureau.id, office.sun, "兴林办纪1")
    lists.decide(opened.window.id, taken_out={}, fund_id=fund, meeting_id=meeting, note="同意", by=office.sun)
    pay(office, rows_of(opened.dongfeng))
    for household in opened.households[:brought]:
        a_visit(household, office.wang, office.zhao, kind="care")
    db.session.expire_all()
    return opened


def _announce_holidays() -> None:
    """The year's holidays were announced, and the notices end on the day that they were posted for."""
    with transaction():
        db.session.execute(sa.update(Notice).values(provisional=False))


def pay(office: Office, rows: list[Case]) -> None:
    """What these rows get arrives: the kits, then the money."""
    for way, verb in (("goods", payments.record_handover), ("transfer", payments.record_success)):
        sheet = a_sheet(office, *rows, state="sent", way=way)
        ids = [one.id for one in asking.rows_of(sheet)]
        verb(sheet.id, version=sheet.version, payment_ids=ids, on=clock.today(), by=office.zheng)

