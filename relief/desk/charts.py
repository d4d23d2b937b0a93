"""Which pictures belong on this desk? Time and money, cases by month, money by fund, or sign-ins by day."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from relief import clock
from relief.accounts.models import SignInSession
from relief.accounts.queries import within
from relief.cases.models import Case
from relief.db import db
from relief.desk.figures import money_chart, names_of, payments_by_month, time_chart
from relief.domain.labels import label
from relief.domain.month import Month
from relief.domain.permissions import Actor
from relief.funds.queries import list_standings
from relief.web.charts import Chart, Series

MONTHS = 12
DAYS = 14
OVERSEERS = ("case.review", "case.approve", "audit.read")
FINANCE = ("sheet.make", "sheet.release", "payment.record")


def charts_for(by: Actor) -> list[Chart]:
    """The pictures of this desk, at most two."""
    months = last_months(clock.today())
    if any(by.can(permission) for permission in FINANCE):
        return [funds_chart(), money_chart(months, by=by)]
    if any(by.can(permission) for permission in OVERSEERS):
        return [time_chart(months, by=by), money_chart(months, by=by)]
    return [cases_chart(by) if by.can("case.read") else sign_in_chart()]


def cases_chart(by: Actor) -> Chart:
    """Cases opened and awards paid, month by month, over a year."""
    months = last_months(clock.today())
    opened = dict(
        db.session.execute(
            sa.select(Case.month, sa.func.count())
            .where(Case.month >= str(months[0]), within(Case.union_id, by))
            .group_by(Case.month)
        ).all()
    )
    paid = payments_by_month(months, by=by)
    return Chart(
        title=label("Cases opened and awards paid, by month"),
        places=names_of(months),
        series=[
            Series(label("Cases opened"), [opened.get(str(month), 0) for month in months]),
            Series(label("Awards paid"), [paid.get(str(month), 0) for month in months]),
        ],
    )


def funds_chart() -> Chart:
    """Where each fund stands: paid, promised, still to promise."""
    standings = [one for one in list_standings() if one.balance.announced]
    return Chart(
        title=label("Where each fund stands"),
        places=[one.fund.code for one in standings],
        series=[
            Series(label("Paid"), [one.balance.paid for one in standings]),
            Series(label("Promised"), [one.balance.committed for one in standings]),
            Series(label("Left to promise"), [one.balance.left_to_promise for one in standings]),
        ],
        kind="stacked",
    )


def sign_in_chart() -> Chart:
    """Sign-ins a day, over two weeks."""
    days = [clock.today() - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    since = clock.now() - timedelta(days=DAYS + 1)
    moments = db.session.scalars(sa.select(SignInSession.created_at).where(SignInSession.created_at > since))
    counts: dict[date, int] = {}
    for moment in moments:
        counts[clock.business_date(moment)] = counts.get(clock.business_date(moment), 0) + 1
    return Chart(
        title=label("Sign-ins, by day"),
        places=[f"{day.month}-{day.day:02d}" for day in days],
        series=[Series(label("Sign-ins"), [counts.get(day, 0) for day in days])],
    )


def last_months(today: date) -> list[Month]:
    """The last twelve months, the present one included, oldest first."""
    months = [Month.of(today)]
    while len(months) < MONTHS:
        months.insert(0, months[0].previous())
    return months
