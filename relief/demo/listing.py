"""How does one unit's list live in the demo? Homes are seen, rows proposed, discussed, posted, asked after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from relief import clock
from relief.cases.models import Case
from relief.db import db
from relief.demo import road
from relief.demo.people import Crew, person
from relief.demo.steps import homes_of, sign_consents, working_days_on, working_from
from relief.domain.aid.kind import Window
from relief.domain.visit_codes import VisitKind
from relief.domain.workflow import State
from relief.households.models import Consent, Household
from relief.households.service import review_file
from relief.lists import service as lists
from relief.lists.answers import RowAnswer
from relief.lists.service.stepping import waiting_rows
from relief.visits.models import Visit
from relief.windows.models import AidWindow

FUNDS = {"spring_festival": "F3", "winter": "F4", "seasonal": "F6"}
SEEN_WITHIN = {"spring_festival": 150, "winter": 150, "seasonal": 330}
HOMES_A_DAY = 10
TAKES = timedelta(days=14)  # from the first home to the list handed in
REST = timedelta(days=4)


def unit_list(kind: str, window: Window, of: Crew, place: int, units: int) -> Iterator[date]:
    """Each step on its day; the units begin one after the other, so that an open window shows every state."""
    slack = max(0, (window.apply_by - REST - TAKES - window.opens_on).days - 1)
    yield working_from(window.opens_on + timedelta(days=1 + slack * place // max(1, units - 1)))
    homes = homes_of(of)
    for first in range(0, len(homes), HOMES_A_DAY):
        _prepare(kind, homes[first : first + HOMES_A_DAY])
        yield working_days_on(1)
    list_id = lists.propose(_window_id(kind, window.code), of.union_id, by=of.caseworker).id
    yield working_days_on(2)
    lists.submit(list_id, by=of.caseworker)
    yield working_days_on(1)
    meeting = road.unit_meeting(of)
    lists.give_opinion(list_id, meeting_id=meeting, note="情况属实，同意上报。", by=of.chair)
    yield working_days_on(1)
    lists.post_notice(list_id, place="办公楼公示栏", by=of.caseworker)
    yield working_days_on(7)
    lists.review(list_id, note="材料齐全，程序合规。", by=person("chen"))
    yield working_from(max(window.pay_by, clock.today()) + timedelta(days=3))
    yield from _ask(list_id)


def _prepare(kind: str, homes: Sequence[Household]) -> None:
    """What a list asks of a household: a reviewed file, its consents, and a visit that saw the heating."""
    homes = [one for one in homes if one.status == "active"]  # one may have left since the list was begun
    ids = [one.id for one in homes]
    signed = set(db.session.scalars(sa.select(Consent.household_id).where(Consent.household_id.in_(ids))))
    since = clock.today() - timedelta(days=SEEN_WITHIN[kind])
    seen = set(db.session.scalars(sa.select(Visit.household_id).where(Visit.household_id.in_(ids), Visit.on >= since)))
    for household in homes:
        if household.id not in signed:
            sign_consents(household)
        if kind == "spring_festival":
            review_file(household.id, by=person("chen"))
        if household.id not in seen:
            road.visit(household, "入户核实，情况属实。", kind=VisitKind.CARE)


def _ask(list_id: int) -> Iterator[date]:
    """What was handed over in person is visited, ten homes a day; then the reviewer calls, and the list is closed."""
    paid, chen = _paid_rows(list_id), person("chen")
    for first in range(0, len(paid), HOMES_A_DAY):
        rows = paid[first : first + HOMES_A_DAY]
        for case in rows:
            if case.kind == "spring_festival":
                household = db.session.get_one(Household, case.household_id)
                road.visit(household, "春节慰问品当面送到，户主签收。", kind=VisitKind.CARE)
        yield working_days_on(1)
        lists.follow_up(list_id, {case.id: RowAnswer(None, road.answer_of(case.id)) for case in rows}, by=chen)
    if waiting_rows([list_id], "close"):
        lists.close(list_id, by=chen)


def _paid_rows(list_id: int) -> Sequence[Case]:
    rows = sa.select(Case).where(Case.list_id == list_id, Case.state == State.PAID).order_by(Case.id)
    return db.session.scalars(rows).all()


def _window_id(kind: str, code: str) -> int:
    return db.session.scalars(sa.select(AidWindow.id).where(AidWindow.kind == kind, AidWindow.code == code)).one()
