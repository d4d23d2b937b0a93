"""Is a document of the fund entered once, however often the button is pressed?"""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from flask import Flask

from relief import clock
from relief.db import db
from relief.domain.errors import RuleBroken
from relief.domain.money import Money
from relief.domain.permissions import Actor
from relief.funds import service as funds
from relief.funds.models import JournalEntry
from relief.funds.queries import find_fund
from tests.build import Office, an_office


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def _announce(by: Actor, fund_id: int, yuan: int = 5_000, document: str = "3号") -> JournalEntry:
    return funds.announce(fund_id, Money.yuan(yuan), document_number=document, on=clock.today(), by=by)


def test_the_second_click_is_told_so_and_brings_no_money(office: Office) -> None:
    fund = find_fund("F4").id
    entry = _announce(office.zhou, fund)
    with pytest.raises(RuleBroken, match="entered already") as refused:
        _announce(office.zhou, fund, document=" 3号 ")
    assert refused.value.field == "document_number"
    assert funds.balance_of(fund).announced == Money.yuan(5_000)
    _announce(office.zhou, fund, yuan=5_001)
    _announce(office.zhou, fund, document="4号")
    funds.receive(fund, Money.yuan(5_000), document_number="3号", on=clock.today(), by=office.zhou)
    funds.reverse(entry.id, note="金额有误", by=office.zhou)
    _announce(office.zhou, fund)


def test_two_clicks_at_once_are_one(app: Flask, office: Office) -> None:
    fund, both, told, zhou = find_fund("F4").id, Barrier(2), list[str](), office.zhou
    db.session.remove()

    def click() -> None:
        with app.app_context():
            both.wait()
            try:
                _announce(zhou, fund)
                told.append("entered")
            except RuleBroken:
                told.append("refused")
            finally:
                db.session.remove()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["entered", "refused"]
    assert funds.balance_of(fund).announced == Money.yuan(5_000)
