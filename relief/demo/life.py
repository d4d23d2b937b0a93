"""How does a story become a case? Step by step through the services, each on its day, by its own hand."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

from werkzeug.datastructures import FileStorage

from relief import clock
from relief.cases import service as cases
from relief.cases.given import Application
from relief.demo.papers import sample_paper
from relief.demo.people import person
from relief.demo.steps import case_of, sign_consents, sum_of, working_before, working_days_on
from relief.demo.stories import Story
from relief.domain.money import Money
from relief.domain.visit_codes import Aspect, Theme
from relief.domain.workflow import State
from relief.files.service import attach
from relief.funds.queries import find_fund
from relief.households.models import Household
from relief.visits.given import VisitorGiven
from relief.visits.service import log_visit

PAPERS = {"application": "困难申请书", "identity": "身份证复印件", "event_proof": "事故证明"}
BIG = Money.yuan(3_000)


def live(story: Story, household: Household, today: date) -> Iterator[date]:
    """Take the story's case along its road; yields the day of each next step, and stops where the story stands."""
    day = today - timedelta(days=story.days_ago)
    yield working_before(day)
    case_id = _open(story, household)
    if story.stops_at is State.DRAFT:
        return
    yield working_days_on(1)
    _visit_and_submit(case_id, household)
    for state, days, step in _ROAD:
        if _stands(story, case_id):
            return
        yield working_days_on(days)
        step(story, case_id)
        if story.turn in ("refused", "withdrawn") and state == _TURNS[story.turn]:
            return


def _open(story: Story, household: Household) -> int:
    wang = person("wang")
    sign_consents(household)
    return cases.open_case(
        household.id, "special",
        Application(event_kind=story.event, event_on=clock.today(), story=story.text, grade=story.grade), by=wang,
    ).id  # fmt: skip


def _visit_and_submit(case_id: int, household: Household) -> None:
    wang, zhang = person("wang"), person("zhang")
    log_visit(
        household.id, client_uuid=str(uuid.uuid4()), kind="verification", on=clock.today(),
        visitors=[VisitorGiven(person_id=wang.person_id), VisitorGiven(person_id=zhang.person_id)],
        talked_to="户主", needs=[(Theme.MEDICAL, "希望帮助报销部分药费")], note="情况与申请一致。", by=wang,
        seen={Aspect.HOUSING: "自有平房两间,保暖一般", Aspect.HEATING: "烧柴取暖,储柴够用", Aspect.FOOD: "够吃"},
    )  # fmt: skip
    case = case_of(case_id)
    for kind, name in PAPERS.items():
        paper = FileStorage(BytesIO(sample_paper()), filename=f"{name}.png", content_type="image/png")
        attach(paper, subject="case", subject_id=case_id, household_id=household.id, union_id=case.union_id, kind=kind,
               by=wang)  # fmt: skip
    cases.submit(case_id, version=case_of(case_id).version, by=wang)


def _opinion(story: Story, case_id: int) -> None:
    case, li = case_of(case_id), person("li")
    meeting = cases.record_meeting(
        case.union_id, number=f"东风工会会纪〔{clock.today().year}〕{case.id:03d}号", on=clock.today(),
        attendees=["李建国", "王秀兰", "张立新"], resolution="同意上报。", by=li,
    )  # fmt: skip
    cases.give_opinion(
        case_id, version=case.version, amount=sum_of(case.proposed), meeting_id=meeting.id, note="情况属实,同意上报。",
        by=li,
    )  # fmt: skip


def _notice(story: Story, case_id: int) -> None:
    version = case_of(case_id).version
    cases.post_notice([case_id], versions=[version], place="林场办公楼公示栏", by=person("wang"))


def _object(story: Story, case_id: int) -> None:
    if story.turn != "objected":
        return
    cases.record_objection(
        case_id, version=case_of(case_id).version, received_on=clock.today(), who="职工来电",
        text="反映该户子女有固定收入。", by=person("wang"),
    )  # fmt: skip
    cases.settle_objection(
        case_id, version=case_of(case_id).version, upheld=False, by=person("li"),
        finding="经入户复核,子女在外务工已失业,情况属实。",
    )


def _review(story: Story, case_id: int) -> None:
    case = case_of(case_id)
    amount, note = sum_of(case.noticed), "材料齐全,程序合规。"
    cases.review(case_id, version=case.version, amount=amount, note=note, by=person("chen"))


def _decide(story: Story, case_id: int) -> None:
    case = case_of(case_id)
    big = sum_of(case.proposed) > BIG
    signer = person("sun")
    if story.turn == "refused":
        note = "同一事故已由交通事故救助基金救助。"
        cases.refuse(case_id, version=case.version, reason="J04", note=note, by=signer)
        return
    fund = find_fund("F4")
    meeting = _office_meeting(case_id) if big else None
    cases.approve(
        case_id, version=case.version, amount=sum_of(case.proposed), note="同意", fund_id=fund.id if fund else None,
        meeting_id=meeting, by=signer,
    )  # fmt: skip


def _office_meeting(case_id: int) -> int:
    sun = person("sun")
    return cases.record_meeting(
        sun.union_id or 0, number=f"兴林工办纪〔{clock.today().year}〕{case_id:03d}号", on=clock.today(),
        attendees=["孙德福", "刘志强", "陈静", "吴海生"], resolution="会议同意。", by=sun,
    ).id  # fmt: skip


def _withdraw(story: Story, case_id: int) -> None:
    if story.turn == "withdrawn":
        case = case_of(case_id)
        cases.withdraw(case_id, version=case.version, reason="W02", note="子女已返家照料。", by=person("wang"))


def _ask(story: Story, case_id: int) -> None:
    case = case_of(case_id)
    if case.state != State.PAID:
        return
    cases.follow_up(
        case_id, version=case.version, on=clock.today(), way="phone", received_it=True, satisfaction=5 - case_id % 2,
        words="钱收到了,很及时。", by=person("chen"),
    )  # fmt: skip
    cases.close(case_id, version=case_of(case_id).version, by=person("chen"))


_ROAD = (
    (State.OPINION_GIVEN, 2, _opinion),
    (State.WITHDRAWN, 1, _withdraw),
    (State.ON_NOTICE, 1, _notice),
    (State.ON_NOTICE, 2, _object),
    (State.FORWARDED, 6, lambda story, case_id: None),
    (State.IN_APPROVAL, 1, _review),
    (State.APPROVED, 1, _decide),
    (State.CLOSED, 12, _ask),
)
_TURNS = {"withdrawn": State.WITHDRAWN, "refused": State.APPROVED}


def _stands(story: Story, case_id: int) -> bool:
    """Whether the case has come as far as its story tells; finance takes it from `approved` on."""
    if story.stops_at is None:
        return False
    road = list(State)
    reached = State(case_of(case_id).state)
    return road.index(reached) >= min(road.index(story.stops_at), road.index(State.APPROVED))
