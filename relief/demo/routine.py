"""Which routine cases does the demo tell? Living aid month by month with its re-check, costs of illness, and study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from relief.cases import service as cases
from relief.cases.given import Application
from relief.demo import road
from relief.demo.life import asked
from relief.demo.people import crew
from relief.demo.steps import case_of, sign_consents, working_before, working_days_on
from relief.demo.units import HOME, OFFICE_OF_TWO
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.households.models import Household

PAPERS = {"living": "income", "medical": "diagnosis", "study": "study"}
FUNDS = {"living": "F4", "medical": "F4", "study": "F6"}


@dataclass(frozen=True)
class RoutineStory:
    """One routine case: opened so many days ago, where, what for, and where it stands (None: as far as money goes)."""

    days_ago: int
    unit: str
    item: str
    text: str
    months: int | None = None
    cost: int | None = None
    stops_at: State | None = None
    rechecked: bool = False


STORIES = (
    RoutineStory(640, "职工医院", "living", "独居退休职工，长期患病。", months=3),
    RoutineStory(500, "前进林场", "medical", "风湿性心脏病，自付药费。", cost=5_600),
    RoutineStory(430, "贮木场", "study", "次子考入职业学院。", cost=4_200),
    RoutineStory(350, "第一中学", "medical", "精神疾病长期服药。", cost=3_800),
    RoutineStory(290, "局机关", "medical", "肝硬化住院两次。", cost=8_400),
    RoutineStory(200, HOME, "living", "单亲家庭，母亲患病无固定收入。", months=6, rechecked=True),
    RoutineStory(190, "木材加工厂", "living", "户主残疾，妻子打零工。", months=6, rechecked=True),
    RoutineStory(165, "红旗林场", "medical", "糖尿病足手术。", cost=7_200),
    RoutineStory(130, HOME, "living", "夫妻双下岗，靠打零工度日。", months=6),
    RoutineStory(125, OFFICE_OF_TWO, "living", "老人独自抚养孙子。", months=6, rechecked=True),
    RoutineStory(110, HOME, "medical", "透析费用，医保后自付。", cost=9_800),
    RoutineStory(90, "双丫山林场", "study", "长子考入林业大学。", cost=5_000),
    RoutineStory(75, HOME, "study", "长女考入省内大学。", cost=6_500),
    RoutineStory(58, "青峰林场", "living", "户主肺结核治疗中。", months=4),
    RoutineStory(45, "汽车运输处", "medical", "腰椎间盘手术自付。", cost=1_900),
    RoutineStory(24, HOME, "medical", "冠心病住院，自付较多。", cost=4_200, stops_at=State.IN_APPROVAL),
    RoutineStory(21, "前进林场", "medical", "孩子过敏性紫癜住院。", cost=1_600, stops_at=State.IN_APPROVAL),
    RoutineStory(8, HOME, "living", "户主车祸后不能上山作业。", months=4, stops_at=State.SUBMITTED),
)


def live(story: RoutineStory, household: Household, today: date) -> Iterator[date]:
    """Take a routine case along its road; the twice-monthly sheets pay it."""
    yield working_before(today - timedelta(days=story.days_ago))
    sign_consents(household)
    road.visit(household, "入户核实，符合日常救助条件。")
    case_id = _open(story, household)
    road.attach_papers(case_id, ("application", "identity", PAPERS[story.item]))
    road.submit(case_id)
    for days, step in ((2, road.give_opinion), (1, road.post_notice), (7, road.review), (1, _approve)):
        if story.stops_at is not None and _place(State(case_of(case_id).state)) >= _place(story.stops_at):
            return
        yield working_days_on(days)
        step(case_id)
    if story.rechecked:
        yield working_days_on(60)
        road.visit(household, "三个月复核：困难状况没有变化。")
        yield working_days_on(40)
    yield from asked(case_id)


def _open(story: RoutineStory, household: Household) -> int:
    said = Application(
        story=story.text, item=story.item, months=story.months, cost=Money.yuan(story.cost) if story.cost else None,
        beneficiary_id=household.head_id if story.item == "study" else None,
    )
    return cases.open_case(household.id, "routine", said, by=crew(household.union_id).caseworker).id


def _approve(case_id: int) -> None:
    road.approve(case_id, FUNDS[case_of(case_id).item or "living"])


def _place(state: State) -> int:
    return list(State).index(state)
