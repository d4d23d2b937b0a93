"""Which steps does a case of the demo take? Each through its service, by the hand whose step it is."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from relief import clock
from relief.cases import service as cases
from relief.cases.given import Answer
from relief.cases.models import ChainLevel, Meeting
from relief.db import db
from relief.demo.papers import judged_paper
from relief.demo.people import Crew, crew, person
from relief.demo.steps import case_of, fund_id, sum_of
from relief.domain.visit_codes import Aspect, Theme, VisitKind
from relief.domain.workflow import State
from relief.files.service import attach
from relief.households.models import Household
from relief.visits.given import VisitorGiven
from relief.visits.service import log_visit

PAPERS = {"application": "困难申请书", "identity": "身份证复印件", "income": "收入证明", "diagnosis": "住院结算单",
          "study": "学费票据", "event_proof": "事故证明"}  # fmt: skip
SIGNERS = {"vice_chair": "liu", "chair": "sun"}
HEATED = {"central": "集中供热，室温正常", "wood": "烧柴取暖，储柴够用", "coal": "烧煤取暖，存煤两吨"}
WORDS = ("钱收到了，很及时。", "收到了，谢谢组织。", "解了燃眉之急。", "收到，药费有了着落。")
LEFT_OPEN = 23  # one in so many waits to be closed


def visit(
    household: Household, note: str, *, kind: VisitKind = VisitKind.VERIFICATION,
    visitors: Sequence[VisitorGiven] | None = None, needs: Iterable[tuple[Theme, str]] = (),
    promises: Iterable[tuple[str, int, date]] = (), next_on: date | None = None,
) -> None:  # fmt: skip
    """A visit today, by two people where it verifies, else by the caseworker alone."""
    by, heated = crew(household.union_id), HEATED.get(household.heating or "", "电采暖，够用")
    went = visitors or (by.visitors if kind is VisitKind.VERIFICATION else by.visitors[:1])
    log_visit(
        household.id, client_uuid=str(uuid.uuid4()), kind=kind, on=clock.today(), visitors=went, talked_to="户主",
        seen={Aspect.HOUSING: "自有平房，保暖一般", Aspect.HEATING: heated}, note=note, needs=needs,
        promises=promises, next_on=next_on, by=by.caseworker,
    )  # fmt: skip


def attach_papers(case_id: int, kinds: Iterable[str]) -> None:
    """The papers that the case asks for; all of them the same sample."""
    case = case_of(case_id)
    for kind in kinds:
        attach(
            judged_paper(PAPERS[kind]), subject="case", subject_id=case_id, household_id=case.household_id,
            union_id=case.union_id, kind=kind, by=crew(case.union_id).caseworker,
        )  # fmt: skip


def submit(case_id: int) -> None:
    """The caseworker hands it in."""
    case = case_of(case_id)
    cases.submit(case_id, version=case.version, by=crew(case.union_id).caseworker)


def unit_meeting(of: Crew, resolution: str = "逐户讨论，同意上报。") -> int:
    """A meeting of the unit, today."""
    return cases.record_meeting(
        of.union_id, number=minutes_number(of.union_id, f"{of.unit.name}工会会纪"), on=clock.today(),
        attendees=of.names, resolution=resolution, by=of.chair,
    ).id  # fmt: skip


def office_meeting(resolution: str = "会议同意。") -> int:
    """A meeting of the bureau's office, today."""
    sun = person("sun")
    return cases.record_meeting(
        sun.union_id or 0, number=minutes_number(sun.union_id or 0, "兴林工办纪"), on=clock.today(),
        attendees=["孙德福", "刘志强", "陈静", "吴海生"], resolution=resolution, by=sun,
    ).id  # fmt: skip


def minutes_number(union_id: int, series: str) -> str:
    """The next number of a union's minutes in this year."""
    begins = f"{series}〔{clock.today().year}〕"
    of_year = sa.select(sa.func.count()).where(Meeting.union_id == union_id, Meeting.number.startswith(begins))
    return f"{begins}{(db.session.scalar(of_year) or 0) + 1}号"


def give_opinion(case_id: int, by: Crew | None = None) -> None:
    """The unit meets and proposes the amount; `by` another unit where the opinion was passed on."""
    case = case_of(case_id)
    of = by or crew(case.union_id)
    amount, meeting = sum_of(case.approved or case.proposed), unit_meeting(of)
    cases.give_opinion(
        case_id, version=case.version, amount=amount, meeting_id=meeting, note="情况属实，同意上报。", by=of.chair
    )


def post_notice(case_id: int) -> None:
    """The notice goes up at the unit."""
    case = case_of(case_id)
    by = crew(case.union_id).caseworker
    cases.post_notice([case_id], versions=[case.version], place="办公楼公示栏", by=by)


def review(case_id: int) -> None:
    """The bureau passes it with the amount on notice."""
    case = case_of(case_id)
    amount = min(sum_of(case.noticed), sum_of(case.proposed))
    cases.review(case_id, version=case.version, amount=amount, note="材料齐全，程序合规。", by=person("chen"))


def approve(case_id: int, fund: str = "F4") -> None:
    """Whoever is on turn signs, with the office meeting behind it where the amount asks for one."""
    case = case_of(case_id)
    open_level = sa.select(ChainLevel).where(
        ChainLevel.case_id == case_id, ChainLevel.dropped_at.is_(None), ChainLevel.decided_at.is_(None)
    )
    level = db.session.scalars(open_level.order_by(ChainLevel.level)).first()
    meeting = office_meeting() if level is not None and level.needs_meeting else None
    signer = person(SIGNERS[level.role if level is not None else "chair"])
    cases.approve(
        case_id, version=case.version, amount=sum_of(case.proposed), note="同意", fund_id=fund_id(fund),
        meeting_id=meeting, by=signer,
    )  # fmt: skip


def answer_of(case_id: int) -> Answer:
    """What the household of this case says on the telephone today: most are glad, a few less."""
    grade = 5 - (case_id % 7 == 0) - (case_id % 3 == 0)
    return Answer(clock.today(), "phone", True, grade, WORDS[case_id % len(WORDS)])


def ask_and_close(case_id: int) -> bool:
    """The household is asked by somebody who was not there; what arrived is closed. Whether it was paid already."""
    case = case_of(case_id)
    if case.state != State.PAID:
        return False
    chen, said = person("chen"), answer_of(case_id)
    cases.follow_up(
        case_id, version=case.version, on=said.on, way=said.way, received_it=True, satisfaction=said.satisfaction,
        words=said.words, by=chen,
    )  # fmt: skip
    if case_id % LEFT_OPEN:
        cases.close(case_id, version=case_of(case_id).version, by=chen)
    return True


