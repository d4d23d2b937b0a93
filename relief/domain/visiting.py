"""What makes a visit count? How many went, which day, when it is late, who may mend it, how a promise is answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from relief.domain.calendar import Calendar
from relief.domain.errors import NotAllowed, RuleBroken
from relief.domain.labels import label
from relief.domain.month import Month
from relief.domain.sentences import Sentence
from relief.domain.visit_codes import PromiseState, VisitKind

WORKING_DAYS_TO_ENTER = 3
DAYS_TO_ENTER = 7
ANSWERED = frozenset({PromiseState.DONE, PromiseState.IMPOSSIBLE})

# 入户调查 is made by two, so that one voice is never taken for the whole.
VISITORS_NEEDED: Mapping[VisitKind, int] = MappingProxyType(
    {VisitKind.VERIFICATION: 2, VisitKind.CARE: 1, VisitKind.FOLLOW_UP: 1}
)


def judge_visitors(kind: VisitKind, persons: int) -> None:
    """RuleBroken on `visitors` when fewer different persons went than this kind of visit needs."""
    if persons >= VISITORS_NEEDED[kind]:
        return
    if kind is VisitKind.VERIFICATION:
        raise RuleBroken("visitors", "A verification visit is made by two people. Name the second one.")
    raise RuleBroken("visitors", "Say who made the visit.")


def judge_day(on: date, today: date) -> None:
    """RuleBroken on `on` for a day that has not come."""
    if on > today:
        raise RuleBroken("on", "This day lies in the future.")


def judge_next(next_on: date | None, on: date) -> None:
    """RuleBroken on `next_on` unless the next visit comes after this one."""
    if next_on is not None and next_on <= on:
        raise RuleBroken("next_on", "The next visit must come after this one.")


def is_late(on: date, entered_on: date, calendar: Calendar) -> bool:
    """Whether the visit was entered more than three working days, or more than seven days, after its day."""
    long_ago = (entered_on - on).days > DAYS_TO_ENTER
    return long_ago or calendar.working_days_between(on, entered_on) > WORKING_DAYS_TO_ENTER


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    month = Month.of(day)
    for _ in range(months):
        month = month.next()
    return month.first_day.replace(day=min(day.day, month.last_day.day))


def last_day_to_edit(entered_on: date) -> date:
    """A month after the entry."""
    return months_later(entered_on, 1)


def why_not_edit(person: int | None, entered_by: int | None, entered_on: date, today: date) -> Sentence | None:
    """None when this person may mend the record of a visit today; else why not."""
    if person is None or person != entered_by:
        return label("Only the person who entered a visit may change it.")
    if today > last_day_to_edit(entered_on):
        return label("A visit can be changed for a month after it was entered. Log what is new as another visit.")
    return None


def require_edit(person: int | None, entered_by: int | None, entered_on: date, today: date) -> None:
    """Raise NotAllowed where `why_not_edit` says why not."""
    why_not = why_not_edit(person, entered_by, entered_on, today)
    if why_not is not None:
        raise NotAllowed(None, why_not.message)


def why_not_promised(due_on: date, on: date) -> Sentence | None:
    """None when a promise made on the visit's day is due then or later; else why not."""
    return label("A promise cannot be due before the visit.") if due_on < on else None


def judge_answer(
    state: PromiseState, answer: str, told_on: date | None, confirmed: bool | None, *, made_on: date, today: date
) -> None:
    """RuleBroken on `answer`, `told_on` or `confirmed`: an answer has words, and a household confirms what it was told.

    办实事: a promise ends with an answer, the day on which the household was told, and what the household says.
    """
    if state in ANSWERED and not answer:
        raise RuleBroken("answer", "Say what was done, or why it cannot be done.")
    if told_on is not None and told_on > today:
        raise RuleBroken("told_on", "This day lies in the future.")
    if told_on is not None and told_on < made_on:
        raise RuleBroken("told_on", "The household cannot be told before the promise was made.")
    if confirmed is not None and (told_on is None or state not in ANSWERED):
        raise RuleBroken("confirmed", "The household can confirm only an answer that it was told.")


def is_settled(state: PromiseState, confirmed: bool | None) -> bool:
    """Whether nothing is owed any more: answered, and the household agrees."""
    return state in ANSWERED and confirmed is True
