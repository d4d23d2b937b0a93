"""Who is visited in the demo, and what is promised? Each unit goes round its homes, ten a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa

from relief import clock
from relief.db import db
from relief.demo import road
from relief.demo.people import Crew, crews
from relief.demo.steps import homes_of, working_before, working_days_on
from relief.demo.units import HOME
from relief.domain.visit_codes import PromiseState, Theme, VisitKind
from relief.households.models import Household
from relief.visits.models import Promise
from relief.visits.promises import answer_promise

ROUNDS = (690, 330)
HOME_ROUNDS = (*ROUNDS, 120)
HOMES_A_DAY = 10
NEEDS: tuple[tuple[Theme, str], ...] = (
    (Theme.MEDICAL, "慢性病用药花费大"), (Theme.LIVING, "收入不稳定"), (Theme.HOUSING, "房屋漏雨，窗户透风"),
    (Theme.SCHOOLING, "孩子学费有困难"), (Theme.WORK, "希望介绍季节性用工"), (Theme.MEDICAL, "异地就医报销手续"),
    (Theme.POLICY, "想了解低保和医疗救助政策"), (Theme.WAGES, "临时用工工资被拖欠"), (Theme.MIND, "独居老人情绪低落"),
)  # fmt: skip
NOTES = ("家中情况与上次相比没有变化。", "户主在家，谈话约半小时。", "孩子放假在家，老人身体尚可。", "正在储备柴火。")
PROMISED = ("联系职工医院办理慢病备案。", "帮助联系林场季节性用工。", "协调维修队修缮屋顶。", "送去助学政策材料。")
ANSWER = "已办理，户主确认。"


def rounds(today: date) -> list[Iterator[date]]:
    """The rounds of every unit over two years, and what the newcomer's unit has before it."""
    lives = [
        _round(of, today - timedelta(days=days_ago - 7 * place), number)
        for place, of in enumerate(crews())
        for number, days_ago in enumerate(HOME_ROUNDS if of.unit.name == HOME else ROUNDS)
    ]
    home = next(of for of in crews() if of.unit.name == HOME)
    return [*lives, _lately(home, today)]


def _round(of: Crew, begins: date, number: int) -> Iterator[date]:
    """Every home of the newcomer's unit; elsewhere every other one, the rest the next time."""
    yield working_before(begins)
    homes = homes_of(of) if of.unit.name == HOME else homes_of(of)[number % 2 :: 2]
    for first in range(0, len(homes), HOMES_A_DAY):
        for place, household in enumerate(homes[first : first + HOMES_A_DAY], first):
            _go(household, of, place + number)
        yield working_days_on(1)
    yield working_days_on(20)
    _answer(of)


def _go(household: Household, of: Crew, place: int) -> None:
    """A care visit; every third home asks for something, every fifteenth is promised something."""
    owner = of.caseworker.person_id or 0
    due = clock.today() + timedelta(days=25)
    road.visit(
        household, NOTES[place % len(NOTES)], kind=VisitKind.CARE,
        needs=[NEEDS[place // 3 % len(NEEDS)]] if place % 3 == 0 else (),
        promises=[(PROMISED[place % len(PROMISED)], owner, due)] if place % 15 == 4 else (),
    )  # fmt: skip


def _answer(of: Crew) -> None:
    """Every promise of the unit is answered, and the household agrees."""
    waiting = sa.select(Promise).where(Promise.union_id == of.union_id, Promise.state == PromiseState.OPEN)
    for promise in db.session.scalars(waiting.order_by(Promise.id)).all():
        answer_promise(promise.id, version=promise.version, state=PromiseState.DONE, answer=ANSWER,
                       told_on=clock.today(), confirmed=True, by=of.caseworker)  # fmt: skip


def _lately(of: Crew, today: date) -> Iterator[date]:
    """What waits for the newcomer: visits put down for today and before, a promise that is due, one that is late."""
    yield working_before(today - timedelta(days=16))
    owner, homes = of.caseworker.person_id or 0, homes_of(of)
    for household, days in zip(homes[-8:-4], (0, 0, -1, 3), strict=False):
        road.visit(household, "约定再次走访。", kind=VisitKind.CARE, next_on=today + timedelta(days=days))
    for household, days in zip(homes[-4:-1], (-2, 4, 9), strict=False):
        promised = [(PROMISED[days % len(PROMISED)], owner, today + timedelta(days=days))]
        road.visit(household, "家中有实际困难，答应帮助协调。", kind=VisitKind.CARE, promises=promised)
