"""How does a story become a case? Step by step through the services, each on its day, by its own hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from relief import clock
from relief.cases import service as cases
from relief.cases.given import Application
from relief.demo import road, turns
from relief.demo.book import Book
from relief.demo.people import crew
from relief.demo.steps import case_of, sign_consents, working_before, working_days_on
from relief.demo.stories import Story
from relief.domain.visit_codes import Theme
from relief.domain.workflow import ENDS, State
from relief.households.models import Household

ASKED_AFTER = 12
PAPERS = ("application", "identity", "event_proof")


def live(story: Story, household: Household, today: date, book: Book) -> Iterator[date]:
    """Take the story's case along its road; yields the day of each next step, and stops where the story stands."""
    yield working_before(today - timedelta(days=story.days_ago))
    case_id = _open(story, household)
    book.tell(story.key, "cases", case_id)
    if story.turn == "recovered":
        book.leaves = household.id
    if story.turn in ("bounced", "bouncing"):
        book.bounces.add(case_id)
    if story.turn == "bouncing":
        book.unmended.add(case_id)
    if story.stops_at is State.DRAFT:
        return
    yield working_days_on(1)
    _visit_and_submit(story, case_id, household)
    yield from _walk(story, case_id)


def _walk(story: Story, case_id: int) -> Iterator[date]:
    """From the unit's opinion on, with the turn of the story where it comes; what ended ends here."""
    for place, days, step in _ROAD:
        if _stands(story, case_id):
            return
        yield working_days_on(days)
        stays = turns.take(story.turn, place, case_id)
        if stays is turns.STOPS:
            return
        if stays is turns.ENDED:
            break
        if stays is turns.GOES_ON:
            step(case_id)
    if story.turn == "appealed":
        yield from turns.appeal(case_id, upheld=True)
        yield from _walk(replace(story, turn=""), case_id)
        return
    yield from turns.after(story.turn, case_id)
    if State(case_of(case_id).state) not in ENDS:
        yield from asked(case_id)


def asked(case_id: int) -> Iterator[date]:
    """Ask after it once the money has had its time, and again while it is still on its way."""
    for _ in range(6):
        yield working_days_on(ASKED_AFTER)
        if road.ask_and_close(case_id):
            return


def _open(story: Story, household: Household) -> int:
    sign_consents(household)
    said = Application(event_kind=story.event, event_on=clock.today(), story=story.text, grade=story.grade)
    return cases.open_case(household.id, "special", said, by=crew(household.union_id).caseworker).id


def _visit_and_submit(story: Story, case_id: int, household: Household) -> None:
    went = turns.both_hands(household.union_id) if story.turn == "passed" else None
    road.visit(household, "情况与申请一致。", visitors=went, needs=[(Theme.MEDICAL, "希望帮助报销部分药费")])
    road.attach_papers(case_id, PAPERS)
    if story.turn == "passed":
        turns.pass_on(household.union_id)
    road.submit(case_id)


def _decide(case_id: int) -> None:
    road.approve(case_id)


def _nothing(case_id: int) -> None:
    """The notice hangs out its days by itself."""


_ROAD = (
    ("opinion", 2, road.give_opinion),
    ("notice", 1, road.post_notice),
    ("hanging", 2, _nothing),
    ("over", 4, _nothing),
    ("review", 1, road.review),
    ("decision", 1, _decide),
)


def _stands(story: Story, case_id: int) -> bool:
    """Whether the case has come as far as its story tells; finance takes it from `approved` on."""
    if story.stops_at is None:
        return False
    reached = list(State).index(State(case_of(case_id).state))
    return reached >= min(list(State).index(story.stops_at), list(State).index(State.APPROVED))
