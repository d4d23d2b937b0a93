"""Deadlines: a row of a list keeps its window's days, any other case working days; one day is named to all."""

from dataclasses import dataclass
from datetime import date

import pytest

from relief.domain.deadlines import awaits_notice, due_on, next_day_of
from relief.domain.workflow import State


@dataclass(frozen=True)
class Days:
    opens_on = date(2027, 1, 1)
    post_by = date(2027, 1, 18)
    approve_by = date(2027, 1, 28)
    pay_by = date(2027, 2, 1)


@pytest.mark.parametrize(
    ("state", "day"),
    [
        (State.SUBMITTED, date(2027, 1, 18)), (State.IN_APPROVAL, date(2027, 1, 28)),
        (State.IN_PAYMENT, date(2027, 2, 1)),
    ],
)  # fmt: skip
def test_a_row_keeps_the_day_of_its_window(state, day):
    assert due_on(state, date(2027, 1, 5), None, None, Days()) == day


@pytest.mark.parametrize(
    ("states", "decides", "code"),
    [
        ((), False, "apply_by"),
        (("draft", "in_approval"), False, "apply_by"),
        (("draft", "in_approval"), True, "approve_by"),
        (("draft", "forwarded"), True, "apply_by"),
        (("opinion_given", "approved"), True, "post_by"),
        (("approved",), True, "sheet_by"),
        (("paid", "followed_up", "closed"), True, None),
    ],
)
def test_the_rows_furthest_behind_say_which_day_comes_next(states, decides, code):
    assert next_day_of(states, decides=decides) == code


@pytest.mark.parametrize(
    ("states", "waits"), [((), True), (("opinion_given", "paid"), True), (("on_notice", "closed"), False)]
)
def test_the_last_safe_day_matters_while_a_notice_is_to_be_posted(states, waits):
    assert awaits_notice(states) is waits
