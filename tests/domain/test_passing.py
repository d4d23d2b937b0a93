"""An opinion is passed on beforehand, for a span of days, one at a time; the reviewer's permission opens it then."""

from datetime import date

import pytest

from relief.domain.errors import RuleBroken
from relief.domain.passing import is_opinion, judge_span, last_day, steps_for_reviewer
from relief.domain.workflow import CASE_STEPS

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(("since", "is_taken"), [(date(2026, 3, 1), False), (TODAY, True), (date(2026, 3, 3), True)])
def test_named_beforehand(since: date, is_taken: bool) -> None:
    if is_taken:
        judge_span(since, None, TODAY, [])
        return
    with pytest.raises(RuleBroken) as refused:
        judge_span(since, None, TODAY, [])
    assert refused.value.field == "since"


@pytest.mark.parametrize(
    ("standing", "is_taken"),
    [
        ((date(2026, 2, 1), date(2026, 3, 4)), True), ((date(2026, 2, 1), date(2026, 3, 5)), False),
        ((date(2026, 2, 1), None), False), ((date(2026, 3, 8), None), False), ((date(2026, 3, 9), None), True),
    ],
)  # fmt: skip
def test_two_never_hold_on_one_day(standing: tuple[date, date | None], is_taken: bool) -> None:
    since, until = date(2026, 3, 5), date(2026, 3, 8)
    if is_taken:
        judge_span(since, until, TODAY, [standing])
        return
    with pytest.raises(RuleBroken):
        judge_span(since, until, TODAY, [standing])


def test_it_ends_today_or_never_began() -> None:
    assert last_day(date(2026, 3, 1), None, TODAY) == TODAY
    assert last_day(date(2026, 3, 5), None, TODAY) == date(2026, 3, 4)
    with pytest.raises(RuleBroken):
        last_day(date(2026, 2, 1), date(2026, 3, 1), TODAY)


def test_only_the_steps_of_the_opinion_change_hands() -> None:
    changed = [new.verb for old, new in zip(CASE_STEPS, steps_for_reviewer(CASE_STEPS), strict=True) if old != new]
    assert set(changed) == {step.verb for step in CASE_STEPS if is_opinion(step)} == {"give_opinion", "send_back", "refuse"}
    assert all(step.permission == "case.review" for step in steps_for_reviewer(CASE_STEPS) if is_opinion(step))
