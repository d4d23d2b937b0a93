"""How do many cases come to the last level of approval quickly? Taken along the road together, by the cast."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flask import Flask

from relief import clock
from relief.accounts.models import User
from relief.accounts.queries import actor_of
from relief.cases import service as cases
from relief.cases.given import Application
from relief.cases.models import Case
from relief.consequences import run_due
from relief.db import db
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.permissions import Actor, system_actor
from relief.funds import service as funds
from relief.funds.queries import find_fund
from relief.payments import service as payments
from relief.payments.facts import list_waiting
from relief.payments.models import Sheet
from relief.policies.queries import load_calendar
from tests.build import CAST, SYSTEM, Office, a_household
from tests.build_cases import a_visit, some_evidence


@dataclass(frozen=True)
class World:
    """An office of its own: the application, the cast, cases at the last level of approval."""

    app: Flask
    office: Any
    case_ids: tuple[int, ...]


def money_for(awards: int, code: str = "F4") -> int:
    """A fund with so many thousands, announced and received; its id."""
    fund = find_fund(code)
    assert fund is not None
    fund_id, amount = fund.id, Money.yuan(1000 * awards)
    funds.announce(fund_id, amount, document_number="兴林工发〔2026〕1号", on=clock.today(), by=SYSTEM)
    funds.receive(fund_id, amount, document_number="回单0001", on=clock.today(), by=SYSTEM)
    return fund_id


def approved(world: World, count: int) -> int:
    """So many approved cases of 1,000 yuan on F4, and just the money for them; the fund's id."""
    fund_id = money_for(count)
    for case_id in world.case_ids[:count]:
        approve(world.office, case_id)
    return fund_id


def a_sheet(world: World, fund_id: int, *steps: str, most: int = 100) -> Sheet:
    """A sheet of what waits, taken through these steps by the right hands."""
    office = world.office
    by: dict[str, Actor] = {"submit": office.zhou, "release": office.wu, "send": office.zheng}
    sheet = payments.start_sheet(fund_id, month=Month.of(clock.today()), title="特殊救助", by=office.zhou)
    ids = [one.instalment.id for one in list_waiting(fund_id)][:most]
    payments.gather(sheet.id, version=sheet.version, instalment_ids=ids, by=office.zhou)
    for step in steps:
        getattr(payments, step)(sheet.id, version=sheet.version, by=by[step])
    return sheet


def cases_in_approval(office: Office, count: int) -> list[int]:
    """So many cases of 1,000 yuan each, of as many households, on one meeting and one notice; their ids."""
    opened = [_submitted(office) for _ in range(count)]
    present = ["李建国", "王秀兰"]
    meeting = cases.record_meeting(
        office.dongfeng.id, number="东风工会会纪〔2026〕1号", on=clock.today(), attendees=present, by=office.li
    )
    for case in opened:
        cases.give_opinion(
            case.id, version=case.version, amount=case.proposed, meeting_id=meeting.id, note="情况属实", by=office.li
        )
    ids = [case.id for case in opened]
    cases.post_notice(ids, versions=[case.version for case in opened], place="林场公示栏", by=office.wang)
    over = load_calendar().add_working_days(clock.today(), 6).on
    clock.set_shift(clock.shift() + (over - clock.today()))
    run_due(over, by=system_actor())
    for case_id in ids:
        case = db.session.get_one(Case, case_id)
        cases.review(case.id, version=case.version, amount=case.noticed, note="同意", by=office.chen)
    return ids


def approve(office: Any, case_id: int, fund: str = "F4") -> None:
    """Sign the last level on a fund; RuleBroken on `amount` when it cannot promise that much."""
    case, chosen = db.session.get_one(Case, case_id), find_fund(fund)
    assert chosen is not None
    amount = case.proposed
    assert amount is not None
    cases.approve(case.id, version=case.version, amount=amount, note="同意", fund_id=chosen.id, by=office.sun)


def the_cast() -> SimpleNamespace:
    """The people as actors (`cast.sun`), not as rows: threads share them, rows belong to one session."""
    users = {user.username: user for user in db.session.scalars(db.select(User).where(User.username.in_(CAST)))}
    return SimpleNamespace(users=users, **{name: actor_of(user) for name, user in users.items()})


def _submitted(office: Office) -> Case:
    household = a_household(office)
    event = {"event_kind": "fire", "event_on": clock.today(), "story": "锅炉房起火,烧毁两间"}
    case = cases.open_case(household.id, "special", Application(grade=1, **event), by=office.wang)
    a_visit(household, office.wang, office.zhao, on=case.need_on)
    some_evidence(case)
    cases.submit(case.id, version=case.version, by=office.wang)
    return case
