"""How is sudden need told in the demo? Decided by telephone the same day, paid the next, and filed after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from relief import clock
from relief.cases import service as cases
from relief.cases.given import Application
from relief.demo import finance, road
from relief.demo.book import Book
from relief.demo.life import asked
from relief.demo.people import crew, person
from relief.demo.steps import case_of, sign_consents, sum_of, working_before, working_days_on
from relief.demo.units import HOME
from relief.domain.money import Money
from relief.households.models import Household
from relief.payments import service as payments
from relief.payments.models import Sheet


@dataclass(frozen=True)
class Urgent:
    """One urgent case: so many days ago, where, what happened; `outcome` of the office's meeting, empty: still open."""

    days_ago: int
    unit: str
    event: str
    text: str
    outcome: str = ""
    key: str = ""


URGENT = (
    Urgent(235, "双丫山林场", "flood", "山洪夜里进屋，一家五口转移。", "lowered"),
    Urgent(64, HOME, "fire", "深夜失火，住房烧毁，暂住亲戚家。", "ratified", key="fire"),
    Urgent(7, HOME, "fire", "电褥子短路失火，烧毁一间。"),
)
PAPERS = ("application", "identity", "event_proof")


def live(urgent: Urgent, household: Household, today: date, book: Book) -> Iterator[date]:
    """急难: asked for, decided and put on a sheet of its own on one day; visit, papers and meeting follow."""
    yield working_before(today - timedelta(days=urgent.days_ago))
    case_id = _ask(urgent, household)
    book.tell(urgent.key, "cases", case_id)
    sheet = payments.pay_at_once(case_id, by=person("zhou"))
    finance.release(sheet)
    yield working_days_on(1)
    finance.send(sheet)
    finance.record(sheet, book)
    yield working_days_on(1)
    road.visit(household, "现场核实：房屋受损，人员无恙。")
    road.attach_papers(case_id, PAPERS)
    if urgent.outcome:
        yield from _complete(urgent, case_id, sheet)


def _ask(urgent: Urgent, household: Household) -> int:
    by = crew(household.union_id).caseworker
    sign_consents(household)
    said = Application(event_kind=urgent.event, event_on=clock.today(), story=urgent.text, grade=2)
    case_id = cases.open_case(household.id, "special", said, by=by).id
    why, version = "夜间受灾，无处可住。", case_of(case_id).version
    cases.ask_urgently(case_id, version=version, why=why, ordered_by="孙德福", by=by)
    road.approve(case_id)
    return case_id


def _complete(urgent: Urgent, case_id: int, sheet: Sheet) -> Iterator[date]:
    """Opinion and notice are made up, the office meeting ratifies; less than was paid is to come back."""
    yield working_days_on(1)
    road.give_opinion(case_id)
    road.post_notice(case_id)
    yield working_days_on(6)
    case = case_of(case_id)
    amount, less = sum_of(case.approved), urgent.outcome == "lowered"
    cases.ratify(
        case_id, version=case.version, amount=amount - Money.yuan(1_000) if less else amount,
        meeting_id=road.office_meeting("同意追认。"), reason="X05" if less else None,
        note="损失按二级下限核定。" if less else "追认", by=person("sun"),
    )  # fmt: skip
    finance.finish(sheet)
    yield from asked(case_id)
