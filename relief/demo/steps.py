"""What do the demo's lives share? The case as it stands, a sum that must be there, the next day, homes, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.cases.models import Case
from relief.db import db
from relief.demo.people import Crew, crew
from relief.domain.money import Money
from relief.funds.queries import find_fund
from relief.households.consents import record_consent
from relief.households.models import Household
from relief.households.purposes import Purpose
from relief.policies.queries import load_calendar

FOR_A_CASE = (Purpose.CHECK, Purpose.NOTICE)


def case_of(case_id: int) -> Case:
    """The case with the version that a verb just raised."""
    db.session.flush()
    return db.session.get_one(Case, case_id)


def sum_of(amount: Money | None) -> Money:
    """The amount; LookupError where the story has none."""
    if amount is None:
        raise LookupError("a case of the demo has no amount")
    return amount


def fund_id(code: str) -> int:
    """The number of the fund with this code."""
    fund = find_fund(code)
    if fund is None:
        raise LookupError(f"the demo has no fund {code}")
    return fund.id


def working_before(day: date) -> date:
    """The day, or the last working day before it."""
    return load_calendar().previous_working_day(day).on


def working_from(day: date) -> date:
    """The day, or the first working day after it."""
    return load_calendar().next_working_day(day).on


def working_days_on(days: int) -> date:
    """So many working days after today."""
    return load_calendar().add_working_days(clock.today(), days).on


def homes_of(of: Crew) -> Sequence[Household]:
    """The open files of the unit."""
    mine = sa.select(Household).where(Household.union_id == of.union_id, Household.status == "active")
    return db.session.scalars(mine.order_by(Household.id)).all()


def sign_consents(household: Household) -> None:
    """The signatures that a case asks for."""
    for purpose in FOR_A_CASE:
        record_consent(household.id, purpose=purpose, by=crew(household.union_id).caseworker)
