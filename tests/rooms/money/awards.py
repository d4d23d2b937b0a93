"""How do awards of every kind come to be approved in a test? By the verbs of a case, taken along its road by the cast."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from relief import clock
from relief.accounts.models import Union
from relief.cases import service as cases
from relief.cases.models import Case, Meeting
from relief.cases.service.applications import amount_of, new_draft
from relief.cases.service.chains import open_level
from relief.cases.service.entering import Application
from relief.consequences import run_due
from relief.db import db, transaction
from relief.domain.permissions import system_actor
from relief.funds.queries import find_fund
from relief.households.models import Household
from relief.households.service import review_file
from relief.policies.queries import get_policy_version, load_calendar
from relief.windows.models import AidWindow
from tests.build import SYSTEM, a_household
from tests.build_cases import a_visit, some_evidence, the_case
from tests.standing import laid_again

SIGNERS = {"vice_chair": "liu", "chair": "sun"}


@laid_again(the_case)
def a_living_award(office: Any, months: int = 6, household: Household | None = None) -> Case:
    """Living aid of 400 yuan a month, approved today."""
    return sign(office, in_approval(office, [a_living_draft(office, months, household)])[0])


@laid_again(the_case)
def a_listed_award(office: Any, kind: str, household: Household | None = None) -> Case:
    """A row of a list kind in a window that is open now, approved: a kit, money, or both."""
    return sign(office, in_approval(office, [a_listed_draft(office, kind, household)])[0])


@laid_again(the_case)
def a_living_draft(office: Any, months: int, household: Household | None = None) -> Case:
    """An application for living aid, complete."""
    household = household or a_household(office)
    said = Application(story="两人都有病,没有收入", item="living", months=months)
    case = cases.open_case(household.id, "routine", said, by=office.wang)
    a_visit(household, office.wang, office.zhao)
    some_evidence(case, "application", "identity", "income")
    return case


@laid_again(the_case)
def a_listed_draft(office: Any, kind: str, household: Household | None = None) -> Case:
    """A row of a list kind, complete."""
    household = household or a_household(office)
    a_visit(household, office.wang, office.zhao)
    review_file(household.id, by=SYSTEM)
    with transaction():
        case = new_draft(db.session.get_one(Household, household.id), kind, office.wang)
        case.window_id = a_window(kind).id
        db.session.add(case)
        db.session.flush()
        case.proposed = amount_of(case)
    return case


def a_window(kind: str) -> AidWindow:
    """A window that is open since nine days and for nine more."""
    code, today = f"{clock.today().year}-tests", clock.today()
    found = db.session.scalar(db.select(AidWindow).where(AidWindow.kind == kind, AidWindow.code == code))
    if found is not None:
        return found
    days = {name: today + timedelta(days=9 + place) for place, name in enumerate((
        "apply_by", "post_by", "last_safe_day", "notice_over_by", "approve_by", "sheet_by", "bank_by", "pay_by",
    ))}  # fmt: skip
    window = AidWindow(
        kind=kind, code=code, name=code, award_year=today.year, opens_on=today - timedelta(days=9),
        policy_id=get_policy_version(kind, today).id, opened_at=clock.now(), **days,
    )  # fmt: skip
    db.session.add(window)
    db.session.flush()
    return window


def in_approval(office: Any, drafts: list[Case]) -> list[Case]:
    """Drafts taken to the last level of approval on one notice; its days pass."""
    for case in drafts:
        cases.submit(case.id, version=case.version, by=office.wang)
    ours = a_meeting(office, drafts[0], office.li, "东风")
    for case in drafts:
        cases.give_opinion(
            case.id, version=case.version, amount=case.proposed, meeting_id=ours, note="属实", by=office.li
        )
    ids = [case.id for case in drafts]
    cases.post_notice(ids, versions=[case.version for case in drafts], place="林场公示栏", by=office.wang)
    to_day(load_calendar().add_working_days(clock.today(), 6).on)
    for case_id in ids:
        case = db.session.get_one(Case, case_id)
        cases.review(case.id, version=case.version, amount=case.noticed, note="同意", by=office.chen)
    return [db.session.get_one(Case, case_id) for case_id in ids]


def sign(office: Any, case: Case, fund_code: str = "F4") -> Case:
    """Sign the last level on a fund, by the hand and with the meeting that it asks for."""
    level, fund = open_level(case), find_fund(fund_code)
    assert level is not None and fund is not None
    meeting = a_meeting(office, case, office.sun, "局") if level.needs_meeting else None
    return cases.approve(
        case.id, version=case.version, amount=case.proposed, note="同意", fund_id=fund.id, meeting_id=meeting,
        by=getattr(office, SIGNERS[level.role]),
    )  # fmt: skip


def a_meeting(office: Any, case: Case, by: Any, who: str) -> int:
    """A meeting of the unit (东风) or the office (局) about this case, found or recorded; its id."""
    union = case.union_id if who == "东风" else db.session.scalars(
        db.select(Union.id).where(Union.parent_id.is_(None))
    ).one()  # fmt: skip
    number = f"{who}会纪〔2026〕{case.id}号"
    known = db.session.scalar(db.select(Meeting.id).where(Meeting.union_id == union, Meeting.number == number))
    if known is not None:
        return known
    return cases.record_meeting(union, number=number, on=clock.today(), attendees=["李建国", "王秀兰"], by=by).id


def to_day(day: date) -> None:
    """Move the clock to a day, and let happen what that day brings."""
    clock.set_shift(clock.shift() + (day - clock.today()))
    run_due(day, by=system_actor())
