"""What is planted for each question of the auditor? By the rooms' verbs where they allow it, else straight in a row.

Many of these things the verbs refuse; that is why they are planted: a detector counts once it has caught the hole.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from relief import clock
from relief.accounts.models import User
from relief.cases.models import Event, Notice
from relief.cases.ways_models import EmergencyFile, Recoverable
from relief.db import db, transaction
from relief.domain.money import Money
from relief.domain.visit_codes import Theme
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.households.models import Account, Household, Member
from relief.opening.models import OpeningImport, PastAward
from relief.payments.models import Payment
from relief.persons.service import declare_relative
from relief.visits.given import VisitorGiven
from relief.visits.service import log_visit
from relief.vouchers.models import Voucher
from tests.build import SYSTEM, Office, a_household
from tests.build_cases import a_case, a_paid_case, a_sheet, a_visit, some_money
from tests.rooms.auditing.asking import pass_days

Found = tuple[str, int]


def only(model: type) -> object:
    """The one row of a table."""
    return db.session.scalars(db.select(model)).one()


def change(row: object, **values: object) -> None:
    """Write straight into a row, past the verbs."""
    with transaction():
        held = db.session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(held, name, value)


def paid_after_death(office: Office) -> Found:
    case = a_paid_case(office)
    change(case.applicant, deceased_on=clock.today() - timedelta(days=1))
    return "payment", only(Payment).id


def awarded_after_death(office: Office) -> Found:
    case = a_case(office, State.APPROVED)
    change(case.applicant, deceased_on=clock.today() - timedelta(days=1))
    return "case", case.id


def unverified(office: Office) -> Found:
    seen, unseen = a_household(office, "李文"), a_household(office)
    a_visit(unseen, office.wang, office.zhao)
    a_visit(unseen, office.wang, kind="care")
    pass_days(370)
    a_visit(unseen, office.wang, kind="care")
    a_visit(seen, office.wang, office.zhao)
    return "household", unseen.id


def one_event_twice(office: Office) -> Found:
    first = a_case(office, State.APPROVED)
    second = a_case(office, State.APPROVED, household=first.household, event_on=clock.today(), money=False)
    change(db.session.get_one(Event, second.event_id), on=db.session.get_one(Event, first.event_id).on)
    return "case", second.id


def member_of_two(office: Office) -> Found:
    first = a_case(office, State.APPROVED)
    second = a_case(office, State.APPROVED, household=a_household(office, "李文"), money=False)
    moved = db.session.scalars(db.select(Member).where(Member.household_id == first.household_id)).first()
    with transaction():
        db.session.add(
            Member(
                household_id=second.household_id, person_id=moved.person_id, relation="other",
                since=date(2026, 1, 1), until=clock.today(),
            )
        )
    return "household", second.household_id


def shared_card(office: Office) -> Found:
    one, other = a_household(office), a_household(office, "李文")
    accounts = {row.household_id: row for row in db.session.scalars(db.select(Account))}
    change(accounts[other.id], number_index=accounts[one.id].number_index)
    return "household", other.id


def shared_telephone(office: Office) -> Found:
    one, other = a_household(office), a_household(office, "李文")
    change(other.head, phone_index=one.head.phone_index)
    return "household", other.id


def close_to_staff(office: Office) -> Found:
    case = a_case(office, State.APPROVED)
    a_case(office, State.APPROVED, household=a_household(office, "李文"), money=False)
    declare_relative(office.li.person_id, case.applicant_id, "sibling", by=SYSTEM)
    return "case", case.id


def staff_helped(office: Office) -> Found:
    case = a_case(office, State.APPROVED)
    change(db.session.get_one(User, office.users["he"].id), person_id=case.applicant_id)
    return "case", case.id


def cash(office: Office) -> Found:
    a_paid_case(office)
    change(only(Payment), way="cash")
    return "payment", only(Payment).id


def outside_the_household(office: Office) -> Found:
    a_paid_case(office)
    change(only(Payment), payee_id=office.zhao.person_id)
    return "payment", only(Payment).id


def above_the_kind(office: Office) -> Found:
    case = a_case(office, State.APPROVED)
    change(case, approved=Money.yuan(20_001))
    return "household", case.household_id


def above_all_kinds(office: Office) -> Found:
    case = a_case(office, State.APPROVED)
    change(case, approved=Money.yuan(24_001))
    return "household", case.household_id


def approved_unpaid(office: Office) -> Found:
    case = a_case(office, State.APPROVED)
    pass_days(31)
    return "case", case.id


def idle_money(office: Office) -> Found:
    fund_id = some_money("F3", 5_000)
    pass_days(91)
    return "fund", fund_id


def without_notice(office: Office) -> Found:
    case = a_paid_case(office)
    change(only(Notice), working_days=4)
    return "case", case.id


def emergency_notice_late(office: Office) -> Found:
    case = a_paid_case(office)
    change(case, lane="emergency")
    change(only(Notice), state="stopped")
    yesterday = clock.today() - timedelta(days=1)
    with transaction():
        db.session.add(
            EmergencyFile(
                case_id=case.id, union_id=case.union_id, opened_on=yesterday, why="火灾", decide_by=yesterday,
                complete_by=yesterday,
            )
        )
    return "case", case.id


def unsigned(office: Office) -> Found:
    a_sheet(office, a_case(office, State.APPROVED), state="released")
    pass_days(31)
    return "voucher", only(Voucher).id


def unbooked(office: Office) -> Found:
    sheet = a_sheet(office, a_case(office, State.APPROVED), state="released")
    pass_days(31)
    return "sheet", sheet.id


def unhelped(office: Office) -> Found:
    waits, helped, paid_before = a_household(office), a_household(office, "李文"), a_household(office, "韩梅")
    pass_days(340)
    a_case(office, State.APPROVED, household=helped)
    a_past_award(paid_before)
    pass_days(30)
    return "household", waits.id


def a_past_award(household: Household) -> None:
    """What an old sheet says that the household got today."""
    with transaction():
        taken = OpeningImport(filename="旧表.xlsx", sha256="0" * 64, report="{}", created_at=clock.now())
        db.session.add(taken)
        db.session.flush()
        db.session.add(
            PastAward(
                household_id=household.id, union_id=household.union_id, kind="winter", amount=Money.yuan(500),
                on=clock.today(), fingerprint=f"{household.id}", opening_id=taken.id,
            )
        )


def need_unanswered(office: Office) -> Found:
    asked, answered = a_household(office), a_household(office, "李文")
    for household in (asked, answered):
        log_visit(
            household.id, client_uuid=str(uuid.uuid4()), kind="care", on=clock.today(), by=SYSTEM,
            visitors=[VisitorGiven(office.wang.person_id)], needs=[(Theme.HOUSING, "修炉子")],
        )  # fmt: skip
    a_case(office, State.DRAFT, household=answered)
    pass_days(61)
    return "household", asked.id


def not_recovered(office: Office) -> Found:
    case = a_case(office, State.APPROVED)
    given = {"case_id": case.id, "union_id": case.union_id, "fund_id": find_fund("F4").id, "reason": "X02"}
    with transaction():
        for settled_on in (None, clock.today()):
            row = {"amount": Money.yuan(300), "recovered": Money.yuan(100), "booked_on": clock.today()}
            db.session.add(Recoverable(**given, **row, settled_on=settled_on))
    pass_days(91)
    return "case", case.id


def crowded_days(office: Office) -> Found:
    visits = [a_visit(a_household(office, members=1), office.wang, office.li) for _ in range(12)]
    alone = a_visit(a_household(office, members=1), office.wang, kind="care")
    assert alone.id > visits[0].id
    return "visit", visits[0].id


PLANTED = {
    "paid-after-death": paid_after_death, "awarded-after-death": awarded_after_death, "unverified": unverified,
    "one-event-twice": one_event_twice, "member-of-two": member_of_two, "shared-card": shared_card,
    "shared-telephone": shared_telephone, "close-to-staff": close_to_staff, "cash": cash,
    "outside-the-household": outside_the_household, "above-the-kind": above_the_kind,
    "above-all-kinds": above_all_kinds, "approved-unpaid": approved_unpaid, "idle-money": idle_money,
    "without-notice": without_notice, "emergency-notice-late": emergency_notice_late, "unsigned": unsigned,
    "unbooked": unbooked, "unhelped": unhelped, "need-unanswered": need_unanswered,
    "not-recovered": not_recovered, "crowded-days": crowded_days,
}  # fmt: skip
OF_THE_OFFICE = {"idle-money", "unbooked"}
