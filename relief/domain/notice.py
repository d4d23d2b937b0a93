"""How long does a public notice stand, what may it show, and what stops it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from relief.domain.calendar import Calendar, Deadline
from relief.domain.errors import RuleBroken
from relief.domain.household import Cause
from relief.domain.identity import ListedName, mask_names
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.publishing import assert_publishable
from relief.domain.sentences import Sentence

__all__ = [
    "LEAST_WORKING_DAYS",
    "ListedAward",
    "PublicRow",
    "assert_publishable",
    "clean_from",
    "end_of_notice",
    "generic_cause",
    "judge_reposting",
    "may_forward",
    "needs_new_notice",
    "public_row",
    "public_rows",
    "stops_notice",
]

LEAST_WORKING_DAYS = 5

_GENERIC_CAUSES: dict[Cause, Sentence] = {
    Cause.NO_CAPACITY: label("Due to hardship"),
    Cause.NOT_EMPLOYED: label("Due to hardship"),
    Cause.LAID_OFF: label("Due to hardship"),
    Cause.UNINSURED: label("Due to hardship"),
    Cause.INSURANCE_UNPAID: label("Due to hardship"),
    Cause.ILLNESS: label("Due to illness"),
    Cause.DISASTER: label("Due to disaster"),
    Cause.ACCIDENT: label("Due to accident"),
    Cause.SCHOOLING: label("Due to schooling"),
    Cause.OTHER: label("Due to hardship"),
}


def end_of_notice(posted_on: date, working_days: int, calendar: Calendar) -> Deadline:
    """The last day of the notice: day 1 is the day after posting. RuleBroken below five working days."""
    if working_days < LEAST_WORKING_DAYS:
        raise RuleBroken(
            "working_days",
            "A public notice stands at least %(least)s working days.",
            least=LEAST_WORKING_DAYS,
        )
    return calendar.add_working_days(posted_on, working_days)


def clean_from(ends_on: date) -> date:
    """The first day on which the notice is over. Its last day counts whole: an objection then is in time."""
    return ends_on + timedelta(days=1)


def may_forward(today: date, ends: Deadline, *, objection_open: bool) -> Sentence | None:
    """None when the case may go on to the bureau; else why not.

    A provisional end does not stop the papers, only the money (see `batching.may_gather`).
    """
    if objection_open:
        return label("An objection is open. Settle it first.")
    if today < clean_from(ends.on):
        return label("The public notice is not over yet.")
    return None


def stops_notice(received_on: date, posted_on: date, ends_on: date) -> bool:
    """Whether an objection came while the notice stood. A later one blocks the decision, not the notice."""
    return posted_on <= received_on <= ends_on


def judge_reposting(*, repost: bool, reason: str) -> None:
    """After a settled objection the notice is posted anew, or it is recorded why not: RuleBroken without."""
    if not repost and not reason.strip():
        raise RuleBroken("reason", "Post the notice anew, or write down why that is not needed.")


def needs_new_notice(posted: Money, now: Money) -> bool:
    """A higher amount than the one shown needs a new notice; a lower one does not."""
    return now > posted


def generic_cause(cause: Cause | int) -> Sentence:
    """The one word of cause that may be shown: 因病, 因灾, 因意外, 因学, else 因困难. Never the disease."""
    return _GENERIC_CAUSES[Cause(cause)]


@dataclass(frozen=True)
class ListedAward:
    """What a case brings to the notice. `tail` ends a staff number, for two who look alike in one unit."""

    name: str
    unit: str
    tail: str
    kind: Sentence
    amount: Money
    cause: Cause


@dataclass(frozen=True)
class PublicRow:
    """What the public sees of a case, and nothing else."""

    name: str
    unit: str
    kind: Sentence
    amount: Money
    cause: Sentence


def public_rows(listed: Sequence[ListedAward]) -> list[PublicRow]:
    """The rows of a notice in their order, names masked over the whole list."""
    names = mask_names([ListedName(row.name, row.unit, row.tail) for row in listed])
    return [
        PublicRow(name, row.unit, row.kind, row.amount, generic_cause(row.cause))
        for name, row in zip(names, listed, strict=True)
    ]


def public_row(award: ListedAward) -> PublicRow:
    """The row of a notice with one case."""
    return public_rows([award])[0]
