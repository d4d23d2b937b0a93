"""Whose opinion is it when a unit with too few hands passed its own on? Named beforehand, for a span of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from relief.domain.errors import RuleBroken
from relief.domain.workflow import Step

Span = tuple[date, date | None]
REVIEW = "case.review"


def judge_span(since: date, until: date | None, today: date, standing: Iterable[Span]) -> None:
    """Named beforehand: RuleBroken on `since` for a day that has passed or that another passing holds, on `until`."""
    if since < today:
        raise RuleBroken("since", "An opinion is passed on beforehand: choose today or a later day.")
    if until is not None and until < since:
        raise RuleBroken("until", "The last day lies before the first.")
    for first, last in standing:
        if (last is None or since <= last) and (until is None or first <= until):
            raise RuleBroken("since", "Another passing on holds on these days. End it first, then begin a day later.")


def last_day(since: date, until: date | None, today: date) -> date:
    """The last day of a passing that is ended today: today, or none at all when it was still to begin.

    RuleBroken for one that is over.
    """
    if until is not None and until < today:
        raise RuleBroken(None, "This is over already.")
    return today if since <= today else date.fromordinal(since.toordinal() - 1)


def is_opinion(step: Step) -> bool:
    """Whether the step is one of those that whoever gives the unit's opinion takes: give it, send back, refuse."""
    return step.hand == "opinion"


def steps_for_reviewer(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The table of a case whose opinion was passed on to the reviewer: his permission opens the unit's steps."""
    return tuple(replace(step, permission=REVIEW) if is_opinion(step) else step for step in steps)
