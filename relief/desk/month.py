"""How does the accountant's month stand: each stage with count and sum, the money of each fund, what blocks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.domain.labels import label
from relief.domain.money import Money, total
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import PaymentState
from relief.funds.queries import FundStanding, list_standings
from relief.payments.queries import month_strip
from relief.payments.standing import Today, judge_today
from relief.vouchers.models import Voucher
from relief.vouchers.queries import UNSIGNED


@dataclass(frozen=True)
class DeskStage:
    """One stage of the strip: its word, how many payments, how much money, and where all of them are."""

    code: str
    label: Sentence
    count: int
    total: Money
    url: str


@dataclass(frozen=True)
class MonthBoard:
    """The month at a glance, with what waits today."""

    month: Month
    stages: Sequence[DeskStage]
    funds: Sequence[FundStanding]
    today: Today

    @property
    def file_url(self) -> str:
        """Where the month's disbursements are taken away."""
        return f"/payments/month/{self.month}"


def month_board(by: Actor) -> MonthBoard:
    """The present month for whoever makes sheets."""
    by.require("sheet.make")
    month = Month.of(clock.today())
    strip = {stage.code: stage for stage in month_strip(month, by=by)}
    today = judge_today(by=by)
    on_sheet = [strip[state] for state in (PaymentState.ON_SHEET, PaymentState.RELEASED)]
    sent, bounced = strip[PaymentState.SENT], strip[PaymentState.BOUNCED]
    at = f"/payments?month={month}&stage="
    stages = (
        DeskStage("waiting", label("May be paid"), today.ready.count, today.ready.total, "/payments/waiting?may=ready"),
        DeskStage("on_sheet", label("On a sheet"), sum(one.count for one in on_sheet),
                  total(one.total for one in on_sheet), f"{at}on_sheet"),
        DeskStage("sent", label("Sent to the bank"), sent.count, sent.total, f"{at}sent"),
        DeskStage("bounced", label("Came back"), bounced.count, bounced.total, "/sheets#returned"),
        DeskStage("unsigned", label("Not signed yet"), *_unsigned(month), f"/vouchers?month={month}&state=unsigned"),
    )  # fmt: skip
    funds = [one for one in list_standings() if one.balance.announced]
    return MonthBoard(month, stages, funds, today)


def _unsigned(month: Month) -> tuple[int, Money]:
    amount = sa.func.sum(sa.type_coerce(Voucher.amount, sa.BigInteger))
    wanted = sa.select(sa.func.count(), amount).where(Voucher.month == str(month), Voucher.state.in_(UNSIGNED))
    count, fen = db.session.execute(wanted).one()
    return count, Money(int(fen or 0))
