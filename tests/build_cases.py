"""Cases for the tests, taken by the real verbs to the state that a test begins with."""

from __future__ import annotations

import uuid
from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.cases import service as cases
from relief.cases.given import Application
from relief.cases.models import Case
from relief.consequences import run_due
from relief.db import db, transaction
from relief.domain.money import Money
from relief.domain.month import Month
from relief.domain.permissions import Actor, system_actor
from relief.domain.visit_codes import Aspect
from relief.domain.workflow import State
from relief.files import blobs
from relief.files.models import Attachment
from relief.funds import service as funds
from relief.funds.queries import find_fund
from relief.households.models import Household
from relief.payments import service as payments
from relief.payments.facts import list_waiting
from relief.payments.models import Payment, Sheet
from relief.policies.queries import load_calendar
from relief.visits.given import VisitorGiven
from relief.visits.models import Visit
from relief.visits.service import log_visit
from tests import standing
from tests.build import SYSTEM, Office, a_household
from tests.standing import laid_again

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)
ROAD = (
    State.DRAFT, State.SUBMITTED, State.OPINION_GIVEN, State.ON_NOTICE, State.FORWARDED, State.IN_APPROVAL,
    State.APPROVED,
)  # fmt: skip


def a_visit(household: Household, *visitors: Actor, on: date | None = None, kind: str = "verification") -> Visit:
    """A visit by these people, entered by the system."""
    return log_visit(
        household.id, client_uuid=str(uuid.uuid4()), kind=kind, on=on or clock.today(), by=SYSTEM,
        visitors=[VisitorGiven(one.person_id) for one in visitors], seen={Aspect.HEATING: "烧煤取暖"},
    )  # fmt: skip


def some_evidence(case: Case, *kinds: str) -> None:
    """Papers attached to a case: each the same tiny picture."""
    standing.end()
    with transaction():
        sha256 = blobs.keep(DOT, "image/png")
        for kind in kinds or ("application", "identity", "event_proof"):
            db.session.add(
                Attachment(
                    union_id=case.union_id, household_id=case.household_id, subject="case", subject_id=case.id,
                    kind=kind, name=f"{kind}.png", sha256=sha256, added_at=clock.now(),
                )
            )


@laid_again(int)
def some_money(code: str = "F4", announced: int = 100_000, received: int | None = None) -> int:
    """Money in a fund, in yuan; the fund's id."""
    fund = find_fund(code)
    assert fund is not None
    fund_id = fund.id
    funds.announce(fund_id, Money.yuan(announced), document_number="兴林工发〔2026〕1号", on=clock.today(), by=SYSTEM)
    cash = announced if received is None else received
    if cash:
        funds.receive(fund_id, Money.yuan(cash), document_number="回单0001", on=clock.today(), by=SYSTEM)
    return fund_id


def the_case(case_id: int) -> Case:
    """The case with this id, read back."""
    return db.session.get_one(Case, case_id)


@laid_again(the_case)
def a_case(
    office: Office, state: State = State.DRAFT, *, household: Household | None = None, grade: int = 2,
    event_on: date | None = None, money: bool = True, **opened: object,
) -> Case:  # fmt: skip
    """A case of special relief, taken along its road to `state` by the cast; grade 2 is 3,000 yuan."""
    household = household or a_household(office)
    event = {"event_kind": "fire", "event_on": event_on or clock.today(), "story": "锅炉房起火,烧毁两间"} | opened
    case = cases.open_case(household.id, "special", Application(grade=grade, **event), by=office.wang)
    if state is State.DRAFT:
        return case
    a_visit(household, office.wang, office.zhao, on=case.need_on)
    some_evidence(case)
    if state is State.APPROVED and money:
        some_money()
    for step in ROAD[1 : ROAD.index(state) + 1]:
        _STEPS[step](office, case)
    return db.session.get_one(Case, case.id)


def _submit(office: Office, case: Case) -> None:
    cases.submit(case.id, version=case.version, by=office.wang)


def _opinion(office: Office, case: Case) -> None:
    meeting = cases.record_meeting(
        case.union_id, number=f"东风工会会纪〔2026〕{case.id}号", on=clock.today(), attendees=["李建国", "王秀兰"], by=office.li
    )
    cases.give_opinion(
        case.id, version=case.version, amount=case.proposed, meeting_id=meeting.id, note="情况属实", by=office.li
    )


def _post(office: Office, case: Case) -> None:
    cases.post_notice([case.id], versions=[case.version], place="林场公示栏", by=office.wang)


def _end(office: Office, case: Case) -> None:
    over = load_calendar().add_working_days(clock.today(), 6).on
    clock.set_shift(clock.shift() + (over - clock.today()))
    run_due(over, by=system_actor())


def _review(office: Office, case: Case) -> None:
    cases.review(case.id, version=case.version, amount=case.noticed, note="同意", by=office.chen)


def _approve(office: Office, case: Case) -> None:
    fund = find_fund("F4")
    assert fund is not None
    big = case.proposed > Money.yuan(3_000)
    meeting = None
    if big:
        meeting = cases.record_meeting(
            office.bureau.id, number=f"兴林工办纪〔2026〕{case.id}号", on=clock.today(),
            attendees=["孙德福", "刘志强"], by=office.sun,
        ).id  # fmt: skip
    cases.approve(
        case.id, version=case.version, amount=case.proposed, note="同意", fund_id=fund.id, meeting_id=meeting,
        by=office.sun,
    )  # fmt: skip


_STEPS = {
    State.SUBMITTED: _submit,
    State.OPINION_GIVEN: _opinion,
    State.ON_NOTICE: _post,
    State.FORWARDED: _end,
    State.IN_APPROVAL: _review,
    State.APPROVED: _approve,
}


@laid_again(lambda key: db.session.get_one(Sheet, key))
def a_sheet(office: Office, *case_list: Case, state: str = "draft", way: str = "transfer") -> Sheet:
    """A sheet with what these approved cases get in this way, taken to `draft`, `submitted`, `released` or `sent`."""
    fund_id, month = case_list[0].fund_id, Month.of(clock.today())
    sheet = payments.start_sheet(fund_id, month=month, title="特殊救助", way=way, by=office.zhou)
    wanted = {case.id for case in case_list}
    ids = [one.instalment.id for one in list_waiting(fund_id, goods=way == "goods") if one.case.id in wanted]
    payments.gather(sheet.id, version=sheet.version, instalment_ids=ids, by=office.zhou)
    if state == "draft":
        return sheet
    payments.submit(sheet.id, version=sheet.version, by=office.zhou)
    if state in ("released", "sent"):
        payments.release(sheet.id, version=sheet.version, by=office.wu)
    if state == "sent":
        payments.send(sheet.id, version=sheet.version, by=office.zheng)
    return sheet


@laid_again(the_case)
def a_paid_case(office: Office, **given: object) -> Case:
    """A case whose money arrived at the household."""
    case = a_case(office, State.APPROVED, **given)
    sheet = a_sheet(office, case, state="sent")
    ids = list(db.session.scalars(sa.select(Payment.id).where(Payment.sheet_id == sheet.id)))
    payments.record_success(sheet.id, version=sheet.version, payment_ids=ids, on=clock.today(), by=office.zheng)
    return db.session.get_one(Case, case.id)
