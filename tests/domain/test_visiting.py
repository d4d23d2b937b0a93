"""Does a visit count, is it late, who may mend it, and when is a promise kept?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from relief.domain.calendar import Calendar
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.visit_codes import PromiseState, VisitKind
from relief.domain.visiting import (
    is_late,
    is_settled,
    judge_answer,
    judge_day,
    judge_next,
    judge_visitors,
    last_day_to_edit,
    months_later,
    require_edit,
    why_not_edit,
    why_not_promised,
)

FESTIVAL = [date(2026, 2, day) for day in range(15, 24)]
CALENDAR = Calendar(dict.fromkeys(FESTIVAL, False) | {date(2026, 2, 14): True}, frozenset({2026}))
TODAY = date(2026, 3, 5)
WANG, LI = 1, 2


def test_a_verification_visit_is_made_by_two() -> None:
    judge_visitors(VisitKind.VERIFICATION, 2)
    with pytest.raises(RuleBroken) as refused:
        judge_visitors(VisitKind.VERIFICATION, 1)
    assert refused.value.field == "visitors"
    assert "two people" in str(refused.value.sentence)


@pytest.mark.parametrize("kind", [VisitKind.CARE, VisitKind.FOLLOW_UP])
def test_one_is_enough_to_care_and_to_come_back_but_not_nobody(kind: VisitKind) -> None:
    judge_visitors(kind, 1)
    with pytest.raises(RuleBroken) as refused:
        judge_visitors(kind, 0)
    assert refused.value.field == "visitors"


def test_a_visit_is_made_today_or_before_never_tomorrow() -> None:
    judge_day(TODAY, TODAY)
    with pytest.raises(RuleBroken) as refused:
        judge_day(TODAY + timedelta(days=1), TODAY)
    assert refused.value.field == "on"


def test_the_next_visit_comes_after_this_one() -> None:
    judge_next(None, TODAY)
    judge_next(TODAY + timedelta(days=1), TODAY)
    with pytest.raises(RuleBroken) as refused:
        judge_next(TODAY, TODAY)
    assert refused.value.field == "next_on"


@pytest.mark.parametrize(
    ("entered_on", "late"),
    [
        (date(2026, 3, 5), False),  # Thursday, the day itself
        (date(2026, 3, 10), False),  # Tuesday, the third working day
        (date(2026, 3, 11), True),  # the fourth
    ],
)
def test_it_is_late_after_three_working_days(entered_on: date, late: bool) -> None:
    assert is_late(date(2026, 3, 5), entered_on, CALENDAR) is late


@pytest.mark.parametrize(("entered_on", "late"), [(date(2026, 2, 22), False), (date(2026, 2, 23), True)])
def test_it_is_late_after_seven_days_even_in_a_long_holiday(entered_on: date, late: bool) -> None:
    assert CALENDAR.working_days_between(date(2026, 2, 15), entered_on) == 0
    assert is_late(date(2026, 2, 15), entered_on, CALENDAR) is late


@pytest.mark.parametrize(
    ("entered_on", "last"),
    [
        (date(2026, 3, 5), date(2026, 4, 5)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2027, 12, 31), date(2028, 1, 31)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_it_can_be_changed_for_a_month(entered_on: date, last: date) -> None:
    assert last_day_to_edit(entered_on) == last
    assert why_not_edit(WANG, WANG, entered_on, last) is None
    assert "for a month" in str(why_not_edit(WANG, WANG, entered_on, last + timedelta(days=1)))


def test_it_is_changed_by_whoever_entered_it_and_nobody_else() -> None:
    require_edit(WANG, WANG, TODAY, TODAY)
    for person, entered_by in ((LI, WANG), (None, WANG), (None, None)):
        with pytest.raises(NotAllowed):
            require_edit(person, entered_by, TODAY, TODAY)


def test_three_months_later_is_the_same_day_or_the_last_of_its_month() -> None:
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 3, 5), 3) == date(2026, 6, 5)


def test_a_promise_is_due_on_the_day_of_the_visit_or_later() -> None:
    assert why_not_promised(TODAY, TODAY) is None
    assert why_not_promised(TODAY - timedelta(days=1), TODAY) is not None


def _answer(state: PromiseState, answer: str = "", told: date | None = None, agrees: bool | None = None) -> str | None:
    try:
        judge_answer(state, answer, told, agrees, made_on=date(2026, 3, 1), today=TODAY)
    except RuleBroken as refused:
        return refused.field
    return None


@pytest.mark.parametrize("state", [PromiseState.DONE, PromiseState.IMPOSSIBLE])
def test_what_is_done_or_cannot_be_done_is_answered_in_words(state: PromiseState) -> None:
    assert _answer(state) == "answer"
    assert _answer(state, "屋顶已修好") is None
    assert _answer(PromiseState.DOING) is None


def test_the_household_is_told_between_the_promise_and_today() -> None:
    for told, field in (
        (date(2026, 2, 28), "told_on"),
        (date(2026, 3, 1), None),
        (TODAY, None),
        (TODAY + timedelta(days=1), "told_on"),
    ):
        assert _answer(PromiseState.DONE, "已办", told) == field


@pytest.mark.parametrize("agrees", [True, False])
def test_a_household_confirms_only_an_answer_that_it_was_told(agrees: bool) -> None:
    assert _answer(PromiseState.DONE, "已办", None, agrees) == "confirmed"
    assert _answer(PromiseState.DOING, "", TODAY, agrees) == "confirmed"
    assert _answer(PromiseState.DONE, "已办", TODAY, agrees) is None


def test_nothing_is_owed_once_the_household_agrees() -> None:
    assert is_settled(PromiseState.DONE, True)
    assert is_settled(PromiseState.IMPOSSIBLE, True)
    assert not is_settled(PromiseState.DONE, None)
    assert not is_settled(PromiseState.DONE, False)
    assert not is_settled(PromiseState.DOING, True)
