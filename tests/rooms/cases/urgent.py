"""How do the tests come to an emergency case? Asked for, approved, paid and made up by the real verbs."""

from __future__ import annotations

import sqlalchemy as sa

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Case
from relief.cases.ways_models import EmergencyFile
from relief.consequences import run_due
from relief.db import db
from relief.domain.money import Money
from relief.domain.permissions import system_actor
from relief.funds.queries import find_fund
from relief.payments import service as payments
from relief.payments.models import Payment
from relief.policies.queries import load_calendar
from tests.build import Office
from tests.build_cases import a_case, a_sheet, a_visit, some_evidence, some_money, the_case
from tests.standing import laid_again


@laid_again(the_case)
def asked(office: Office, **given: object) -> Case:
    """A fire last night, laid before the chair."""
    case = a_case(office, **given)
    return cases.ask_urgently(
        case.id, version=case.version, why="房屋烧毁,无处居住", ordered_by="孙德福", way="phone", by=office.wang
    )


@laid_again(the_case)
def approved(office: Office, amount: int = 3_000, **given: object) -> Case:
    """The chair decided; the money is promised."""
    case = asked(office, **given)
    some_money()
    return cases.approve(
        case.id, version=case.version, amount=Money.yuan(amount), note="特事特办", fund_id=find_fund("F4").id, by=office.sun
    )


@laid_again(the_case)
def paid(office: Office, **given: object) -> Case:
    """The household has the money, the same day."""
    case = approved(office, **given)
    sheet = a_sheet(office, case, state="sent")
    ids = list(db.session.scalars(sa.select(Payment.id).where(Payment.sheet_id == sheet.id)))
    payments.record_success(sheet.id, version=sheet.version, payment_ids=ids, on=clock.today(), by=office.zheng)
    return db.session.get_one(Case, case.id)


def visited(office: Office, case: Case) -> None:
    """Two went there, and the papers are in."""
    a_visit(case.household, office.wang, office.zhao)
    some_evidence(case)


def with_opinion(office: Office, case: Case) -> Case:
    """The unit met."""
    meeting = cases.record_meeting(
        case.union_id, number=f"东风工会会纪〔2026〕{case.id}号", on=clock.today(), attendees=["李建国", "张立新"], by=office.li
    )
    return cases.give_opinion(
        case.id, version=case.version, amount=case.approved, meeting_id=meeting.id, note="属实", by=office.li
    )


@laid_again(the_case)
def made_up(office: Office, **given: object) -> Case:
    """Visit, papers, opinion and a notice that ended clean: all but the ratification."""
    case = paid(office, **given)
    visited(office, case)
    with_opinion(office, case)
    cases.post_notice([case.id], versions=[case.version], place="林场公示栏", by=office.wang)
    days_pass(6)
    return db.session.get_one(Case, case.id)


def office_meeting(office: Office, number: int = 1) -> int:
    """The bureau's meeting that ratifies; its id."""
    return cases.record_meeting(
        office.bureau.id, number=f"兴林工办纪〔2026〕{number}号", on=clock.today(), attendees=["孙德福", "刘志强"], by=office.sun
    ).id


def ratify(office: Office, case: Case, yuan: int = 3_000, meeting: int = 1, **given: object) -> Case:
    """The chair records what the meeting ratified."""
    told = {"note": "多付部分追回", "reason": "X05"} | given
    meeting_id = office_meeting(office, meeting)
    return cases.ratify(
        case.id, version=case.version, amount=Money.yuan(yuan), meeting_id=meeting_id, by=office.sun, **told
    )


def days_pass(working: int) -> None:
    """So many working days go by, and what a new day brings."""
    on = load_calendar().add_working_days(clock.today(), working).on
    clock.set_shift(clock.shift() + (on - clock.today()))
    run_due(on, by=system_actor())


def file_of(case: Case) -> EmergencyFile:
    """The emergency file as it stands."""
    return db.session.scalars(sa.select(EmergencyFile).where(EmergencyFile.case_id == case.id)).one()
