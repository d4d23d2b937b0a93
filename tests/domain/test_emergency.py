"""Sudden need: what may be urgent, what is owed by when, how late it is, and what a meeting may ratify."""

from datetime import date

import pytest

from relief.domain.aid import kinds
from relief.domain.aid.kind import EmergencyRule
from relief.domain.calendar import Calendar
from relief.domain.emergency import FileFacts, duties, judge_ratified, judge_urgent, next_due
from relief.domain.errors import RuleBroken
from relief.domain.money import ZERO, Money
from relief.domain.workflow import CASE_STEPS, EMERGENCY, ORDINARY, State, find_step

CALENDAR = Calendar({}, frozenset({2026}), {})
RULE = EmergencyRule(Money.yuan(3_000), frozenset({"fire"}))
PAID = Money.yuan(3_000)
# Approved on Monday 2 March 2026; Thursday 5 March and Monday 16 March are the third and the tenth working day.
FILE = FileFacts(decide_by=date(2026, 3, 3), decided_on=date(2026, 3, 2), visit_by=date(2026, 3, 5),
                 complete_by=date(2026, 3, 16))  # fmt: skip


def late(on: date, **done: date) -> dict[str, int]:
    known = FileFacts(**{**vars(FILE), **done})
    return {one.code: one.late_by for one in duties(known, on, CALENDAR) if one.is_late}


@pytest.mark.parametrize(
    ("field", "given"),
    [
        (None, {"rule": None}), ("event", {"event_kind": "other"}), ("why", {"why": " "}),
        ("ordered_by", {"ordered_by": " "}), ("way", {"way": "hearsay"}),
    ],
)  # fmt: skip
def test_what_is_urgent_is_said_and_ordered(field, given):
    told = {"rule": RULE, "event_kind": "fire", "why": "无处居住", "ordered_by": "孙德福", "way": "phone"}
    judge_urgent(**told)
    with pytest.raises(RuleBroken) as refused:
        judge_urgent(**(told | given))
    assert refused.value.field == field


def test_only_special_relief_knows_sudden_need():
    assert [code for code, kind in kinds().items() if kind.emergency(kind.default_policy())] == ["special"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 5), {}),
        (date(2026, 3, 6), {"visit": 1}),
        (date(2026, 3, 7), {"visit": 1}),
        (date(2026, 3, 16), {"visit": 7}),
        (date(2026, 3, 17), {"visit": 8, "papers": 1, "opinion": 1, "notice": 1, "ratify": 1}),
    ],
)
def test_lateness_is_counted_in_working_days_from_the_day_after(on, expected):
    assert late(on) == expected


def test_what_was_done_late_stays_late_and_what_was_in_time_does_not():
    assert late(date(2026, 4, 1), visited_on=date(2026, 3, 9), papers_on=date(2026, 3, 16)) == {
        "visit": 2, "opinion": 12, "notice": 12, "ratify": 12,
    }  # fmt: skip


def test_a_decision_a_day_late_is_told():
    undecided = FileFacts(decide_by=date(2026, 3, 3))
    (one,) = duties(undecided, date(2026, 3, 4), CALENDAR)
    assert (one.code, one.late_by, one.text.message) == ("decide", 1, "%(what)s: late by %(days)s working days.")


def test_the_next_day_is_of_the_decision_the_visit_then_the_whole_file():
    assert next_due(FileFacts(decide_by=date(2026, 3, 3))) == date(2026, 3, 3)
    assert next_due(FILE) == date(2026, 3, 5)
    assert next_due(FileFacts(**{**vars(FILE), "visited_on": date(2026, 3, 4)})) == date(2026, 3, 16)
    assert next_due(FileFacts(**{**vars(FILE), "settled_on": date(2026, 3, 4)})) is None


@pytest.mark.parametrize(
    ("amount", "outcome"), [(PAID, "ratified"), (Money(299_999), "lowered"), (Money(1), "lowered"), (ZERO, "refused")]
)
def test_a_meeting_ratifies_all_less_or_nothing(amount, outcome):
    assert judge_ratified(amount, PAID, is_paid=True, is_upheld=False, reason="X05") == outcome


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("amount", {"amount": Money(300_001)}), ("reason", {"amount": ZERO, "reason": None}),
        ("amount", {"amount": ZERO, "is_paid": False}), ("amount", {"is_upheld": True}),
    ],
)  # fmt: skip
def test_what_a_meeting_may_not(field, given):
    told = {"amount": PAID, "is_paid": True, "is_upheld": False, "reason": "X05"} | given
    with pytest.raises(RuleBroken) as refused:
        judge_ratified(told.pop("amount"), PAID, **told)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("verb", "state", "lane", "leads_to"),
    [
        ("give_opinion", State.SUBMITTED, ORDINARY, State.OPINION_GIVEN),
        ("give_opinion", State.PAID, EMERGENCY, None),
        ("recall", State.APPROVED, ORDINARY, State.FORWARDED),
        ("recall", State.APPROVED, EMERGENCY, State.DRAFT),
        ("reopen", State.REFUSED, ORDINARY, State.SUBMITTED),
        ("reopen", State.REVOKED, ORDINARY, State.FORWARDED),
    ],
)
def test_the_lane_decides_which_row_of_the_table_is_taken(verb, state, lane, leads_to):
    assert find_step(CASE_STEPS, verb, state, lane).leads_to == leads_to


@pytest.mark.parametrize(("verb", "state", "lane"), [
    ("give_opinion", State.PAID, ORDINARY), ("ratify", State.PAID, ORDINARY),
    ("ask_urgently", State.DRAFT, EMERGENCY), ("record_appeal", State.PAID, ORDINARY),
])  # fmt: skip
def test_what_belongs_to_the_other_lane_is_not_there(verb, state, lane):
    with pytest.raises(Exception, match="not possible"):
        find_step(CASE_STEPS, verb, state, lane)
