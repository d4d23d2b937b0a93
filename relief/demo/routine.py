"""Which routine and urgent cases does the demo tell? Living aid month by month, costs, study, and a fire at night."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from werkzeug.datastructures import FileStorage

from relief import clock
from relief.cases import service as cases
from relief.cases.given import Application
from relief.db import db
from relief.demo.papers import sample_paper
from relief.demo.people import person
from relief.demo.steps import case_of, sign_consents, sum_of, working_before, working_days_on
from relief.domain.money import Money
from relief.domain.visit_codes import Aspect
from relief.domain.workflow import PaymentState, State
from relief.files.service import attach
from relief.funds.queries import find_fund
from relief.households.models import Household
from relief.payments import service as payments
from relief.payments.models import Payment, Sheet
from relief.visits.given import VisitorGiven
from relief.visits.service import log_visit

PAPERS = {"application": "困难申请书", "identity": "身份证复印件", "income": "收入证明", "diagnosis": "住院结算单",
          "study": "学费票据"}  # fmt: skip


@dataclass(frozen=True)
class RoutineStory:
    """One routine case: opened so many days ago, what for, and where it stands (None: as far as money takes it)."""

    days_ago: int
    item: str
    text: str
    months: int | None = None
    cost: int | None = None
    stops_at: State | None = None
    rechecked: bool = False


STORIES = (
    RoutineStory(200, "living", "单亲家庭，母亲患病无固定收入。", months=6, rechecked=True),
    RoutineStory(130, "living", "夫妻双下岗，靠打零工度日。", months=6),
    RoutineStory(110, "medical", "透析费用，医保后自付。", cost=9_800),
    RoutineStory(75, "study", "长女考入省内大学。", cost=6_500),
    RoutineStory(24, "medical", "冠心病住院，自付较多。", cost=4_200, stops_at=State.IN_APPROVAL),
    RoutineStory(8, "living", "户主车祸后不能上山作业。", months=4, stops_at=State.SUBMITTED),
)


def live(story: RoutineStory, household: Household, today: date) -> Iterator[date]:
    """Take a routine case along its road; the twice-monthly sheets pay it."""
    yield working_before(today - timedelta(days=story.days_ago))
    sign_consents(household)
    visit(household, "入户核实，符合日常救助条件。")
    case_id = _open(story, household)
    for kind in PAPERS:
        _attach(case_id, kind)
    cases.submit(case_id, version=case_of(case_id).version, by=person("wang"))
    for state, days, step in _ROAD:
        if story.stops_at is not None and _place(State(case_of(case_id).state)) >= _place(story.stops_at):
            return
        yield working_days_on(days)
        step(case_id)
        if state is State.APPROVED and story.rechecked:
            yield working_days_on(60)
            visit(household, "三个月复核：困难状况没有变化。")


def emergency(household: Household, today: date, days_ago: int, text: str, *, completed: bool) -> Iterator[date]:
    """急难: asked for by telephone, decided the same day, paid the next; the file follows."""
    wang, sun = person("wang"), person("sun")
    yield working_before(today - timedelta(days=days_ago))
    sign_consents(household)
    said = Application(event_kind="fire", event_on=clock.today(), story=text, grade=2)
    case_id = cases.open_case(household.id, "special", said, by=wang).id
    version, why = case_of(case_id).version, "夜间失火，无处可住。"
    cases.ask_urgently(case_id, version=version, why=why, ordered_by="孙德福", by=wang)
    fund = find_fund("F4")
    case = case_of(case_id)
    cases.approve(case_id, version=case.version, amount=sum_of(case.proposed), note="特事特办，先救助后补办。",
                  fund_id=fund.id if fund else None, by=sun)  # fmt: skip
    sheet = payments.pay_at_once(case_id, by=person("zhou"))
    payments.release(sheet.id, version=_row(sheet).version, by=person("wu"))
    yield working_days_on(1)
    _pay(sheet)
    yield working_days_on(1)
    visit(household, "失火现场核实，房屋烧毁一间，人员无恙。")
    for kind in ("application", "identity", "event_proof"):
        _attach(case_id, kind)
    if completed:
        yield from _complete(case_id)


def _complete(case_id: int) -> Iterator[date]:
    """Opinion and notice are made up, and the office meeting ratifies."""
    yield working_days_on(1)
    _opinion(case_id)
    _post(case_id)
    yield working_days_on(7)
    sun = person("sun")
    meeting = cases.record_meeting(
        sun.union_id or 0, number=f"兴林工办纪〔{clock.today().year}〕追认{case_id:03d}号", on=clock.today(),
        attendees=["孙德福", "刘志强", "陈静"], resolution="同意追认。", by=sun,
    )  # fmt: skip
    case = case_of(case_id)
    amount = sum_of(case.approved)
    cases.ratify(case_id, version=case.version, amount=amount, meeting_id=meeting.id, note="追认", by=sun)



def visit(household: Household, note: str) -> None:
    """A verification visit by two, today."""
    wang, zhang = person("wang"), person("zhang")
    log_visit(
        household.id, client_uuid=str(uuid.uuid4()), kind="verification", on=clock.today(),
        visitors=[VisitorGiven(wang.person_id), VisitorGiven(zhang.person_id)], talked_to="户主", note=note,
        seen={Aspect.HOUSING: "自有平房，保暖一般", Aspect.HEATING: "烧柴取暖，储柴够用"}, by=wang,
    )  # fmt: skip


def _open(story: RoutineStory, household: Household) -> int:
    said = Application(
        story=story.text, item=story.item, months=story.months, cost=Money.yuan(story.cost) if story.cost else None,
        beneficiary_id=household.head_id if story.item == "study" else None,
    )
    return cases.open_case(household.id, "routine", said, by=person("wang")).id


def _opinion(case_id: int) -> None:
    case, li = case_of(case_id), person("li")
    meeting = cases.record_meeting(
        case.union_id, number=f"东风工会会纪〔{clock.today().year}〕{case.id:03d}号", on=clock.today(),
        attendees=["李建国", "王秀兰", "张立新"], resolution="同意上报。", by=li,
    )  # fmt: skip
    cases.give_opinion(
        case_id, version=case.version, amount=sum_of(case.approved or case.proposed), meeting_id=meeting.id,
        note="情况属实，同意上报。", by=li,
    )  # fmt: skip


def _post(case_id: int) -> None:
    cases.post_notice([case_id], versions=[case_of(case_id).version], place="林场办公楼公示栏", by=person("wang"))


def _review(case_id: int) -> None:
    case = case_of(case_id)
    cases.review(case_id, version=case.version, amount=sum_of(case.noticed), note="材料齐全。", by=person("chen"))


def _approve(case_id: int) -> None:
    """Up to 1,000 the vice-chair, above the chair; the office meeting above 5,000."""
    case, fund = case_of(case_id), find_fund("F4")
    amount = sum_of(case.proposed)
    signer = person("liu") if amount <= Money.yuan(1_000) else person("sun")
    cases.approve(
        case_id, version=case.version, amount=amount, note="同意", fund_id=fund.id if fund else None, by=signer
    )


_ROAD = (
    (State.OPINION_GIVEN, 2, _opinion),
    (State.ON_NOTICE, 1, _post),
    (State.IN_APPROVAL, 7, _review),
    (State.APPROVED, 1, _approve),
)


def _place(state: State) -> int:
    return list(State).index(state)


def _pay(sheet: Sheet) -> None:
    zheng = person("zheng")
    payments.send(sheet.id, version=_row(sheet).version, by=zheng)
    ids = list(
        db.session.scalars(
            db.select(Payment.id).where(Payment.sheet_id == sheet.id, Payment.state == PaymentState.SENT)
        )
    )
    payments.record_success(
        sheet.id, version=_row(sheet).version, payment_ids=ids, on=clock.today(),
        bank_number=f"HD{clock.today():%Y%m%d}{sheet.id:03d}", by=zheng,
    )  # fmt: skip


def _attach(case_id: int, kind: str) -> None:
    case = case_of(case_id)
    name = PAPERS.get(kind, "事故证明")
    paper = FileStorage(BytesIO(sample_paper()), filename=f"{name}.png", content_type="image/png")
    attach(paper, subject="case", subject_id=case_id, household_id=case.household_id, union_id=case.union_id, kind=kind,
           by=person("wang"))  # fmt: skip


def _row(sheet: Sheet) -> Sheet:
    db.session.flush()  # the version that a verb just raised
    return db.session.get_one(Sheet, sheet.id)
