"""How do many cases come to the last level of approval quickly? Taken along the road together, by the cast."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from relief import clock
from relief.accounts.models import User
from relief.accounts.queries import actor_of
from relief.cases import service as cases
from relief.cases.models import Case
from relief.consequences import run_due
from relief.db import db
from relief.domain.permissions import system_actor
from relief.funds.queries import find_fund
from relief.policies.queries import load_calendar
from tests.build import CAST, Office, a_household
from tests.build_cases import a_visit, some_evidence


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
    cases.approve(case.id, version=case.version, amount=amount, note="同意", fund_id=chosen.id, by=office.liu)


def the_cast() -> SimpleNamespace:
    """The people as actors (`cast.liu`), not as rows: threads share them, rows belong to one session."""
    users = db.session.scalars(db.select(User).where(User.username.in_(CAST)))
    return SimpleNamespace(**{user.username: actor_of(user) for user in users})


def _submitted(office: Office) -> Case:
    household = a_household(office)
    event = {"event_kind": "fire", "event_on": clock.today(), "story": "锅炉房起火,烧毁两间"}
    case = cases.open_case(household.id, "special", grade=1, by=office.wang, **event)
    a_visit(household, office.wang, office.zhao, on=case.need_on)
    some_evidence(case)
    cases.submit(case.id, version=case.version, by=office.wang)
    return case
